"""The only place where a deal's status changes."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet

from campaigns.enums import DealStatus
from campaigns.logic.deals import sources_of
from campaigns.models import Deal


@dataclass(frozen=True)
class MovedDeals:
    """How many deals moved, had that status already, or may not come to it from where they are."""

    moved: int
    already: int
    refused: int


@transaction.atomic
def move_deals(deals: QuerySet[Deal], to: DealStatus | str) -> MovedDeals:
    """Move all these deals to one status, each only if `campaigns.logic.deals.MOVES` lets it."""
    total = deals.count()
    already = deals.filter(status=to).count()
    moved = deals.filter(status__in=sources_of(to)).order_by().update(status=to)
    return MovedDeals(moved=moved, already=already, refused=total - already - moved)
