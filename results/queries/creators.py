"""What came of one creator: their deals in the brands of the open scope, with cost, links and credited orders."""

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Aggregate, Count, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from campaigns.enums import COUNTED_COSTS
from campaigns.models import Code, CostLine, Deal, TrackingLink
from creators.logic.reported import ClickRate
from creators.models import Creator
from results.models import Credit
from results.queries.click_rates import click_rates

ZERO = Decimal(0)


@dataclass(frozen=True)
class CreatorDeal:
    """One deal as the creator's page shows it. `cost` holds no boost, overhead or commission."""

    deal: Deal
    cost: Decimal = ZERO
    commission: Decimal = ZERO
    orders: int = 0
    new_customers: int = 0
    click_rate: ClickRate | None = None
    links: list[TrackingLink] = field(default_factory=list)


def deals_of(creator: Creator) -> list[CreatorDeal]:
    """The creator's deals, newest first, in four queries."""
    deals = list(_with_sums(Deal.objects.filter(creator=creator)).order_by("-created_at", "-pk"))
    links = defaultdict(list)
    for link in TrackingLink.objects.filter(deal__in=[deal.pk for deal in deals]).order_by("post", "pk"):
        links[link.deal_id].append(link)
    rates = click_rates(deals)
    return [
        CreatorDeal(
            deal=deal,
            cost=deal.spent,
            commission=deal.due,
            orders=deal.n,
            new_customers=deal.fresh,
            click_rate=rates.get(deal.pk),
            links=links.get(deal.pk, []),
        )
        for deal in deals
    ]


def _with_sums(deals: QuerySet[Deal]) -> QuerySet[Any]:
    """With `spent` (cost that counts), `due` (commission), `n` (credited orders) and `fresh` (new customers)."""
    lines = CostLine.objects.in_own_money().filter(deal=OuterRef("pk"), kind__in=COUNTED_COSTS)
    credits = Credit.objects.filter(deal=OuterRef("pk"))
    return deals.select_related("campaign", "brand", "profile").annotate(
        spent=_summed(lines, Sum("amount"), ZERO),
        due=_summed(credits, Sum("commission"), ZERO),
        n=_summed(credits, Count("pk"), 0),
        fresh=_summed(credits, Count("pk", filter=Q(order__is_first=True)), 0),
    )


def _summed(rows: QuerySet[Any], total: Aggregate, nothing: Decimal | int) -> Coalesce:
    return Coalesce(Subquery(rows.order_by().values("deal").annotate(total=total).values("total")), Value(nothing))


def codes_of(creator: Creator) -> list[Code]:
    """The creator's codes in the brands of the open scope."""
    return list(Code.objects.filter(creator=creator).select_related("brand").order_by("brand__name", "folded"))
