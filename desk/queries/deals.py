"""Deals that nobody did anything with yet."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from campaigns.enums import DealStatus
from campaigns.models import CostLine, Deal
from desk.queries.person import children_of

_BY_HAND = Q(from_terms=False)


def only_planned(deals: QuerySet[Deal], *, work: Q = _BY_HAND) -> QuerySet[Deal]:
    """Those that are planned, without links, briefs, parcels, orders, or cost lines that are `work` of somebody.

    What a deal's terms cost stands there from the start, so such lines are no work.
    """
    found = deals.filter(status=DealStatus.PLANNED)
    for child in children_of(Deal):
        hung = child.model._base_manager.filter(**{child.name: OuterRef("pk")})
        found = found.exclude(Exists(hung.filter(work) if child.model is CostLine else hung))
    return found
