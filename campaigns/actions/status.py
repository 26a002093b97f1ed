"""The only place where a deal's status changes."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from campaigns.actions.fees import keep_fees
from campaigns.actions.lifecycle import follow
from campaigns.enums import DealStatus
from campaigns.logic.deals import sources_of
from campaigns.models import Deal
from team.models import User


@dataclass(frozen=True)
class MovedDeals:
    """How many deals moved, had that status already, or may not come to it from where they are."""

    moved: int
    already: int
    refused: int


@transaction.atomic
def move_deals(deals: QuerySet[Deal], to: DealStatus | str, *, now: datetime, by: User | None = None) -> MovedDeals:
    """Move all these deals to one status, each only if `campaigns.logic.deals.MOVES` lets it.

    The fee of a deal that completes becomes a paid rate of its creator. The creators' stages follow.
    """
    total = deals.count()
    already = deals.filter(status=to).count()
    movable = list(deals.filter(status__in=sources_of(to)).order_by().values_list("pk", flat=True))
    moved = Deal.objects.filter(pk__in=movable, status__in=sources_of(to)).update(status=to, status_at=now)
    if to == DealStatus.COMPLETED:
        keep_fees(Deal.objects.filter(pk__in=movable), by=by, now=now)
    if moved:
        follow(movable, to, now=now)
    return MovedDeals(moved=moved, already=already, refused=total - already - moved)
