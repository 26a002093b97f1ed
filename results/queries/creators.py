"""What came of one creator: their deals in the brands of the open scope, with cost, links and credited orders."""

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Count, Sum

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
    click_rate: ClickRate | None = None
    links: list[TrackingLink] = field(default_factory=list)


def deals_of(creator: Creator) -> list[CreatorDeal]:
    """The creator's deals, newest first, in six queries."""
    deals = list(
        Deal.objects.filter(creator=creator)
        .select_related("campaign", "brand", "profile")
        .order_by("-created_at", "-pk")
    )
    ids = [deal.pk for deal in deals]
    costs = dict(
        CostLine.objects.in_own_money().filter(deal__in=ids, kind__in=COUNTED_COSTS)
        .order_by().values("deal").annotate(total=Sum("amount")).values_list("deal", "total")
    )  # fmt: skip
    credited: dict[int, Any] = {
        row["deal"]: row
        for row in Credit.objects.filter(deal__in=ids).values("deal").annotate(n=Count("pk"), due=Sum("commission"))
    }
    links = defaultdict(list)
    for link in TrackingLink.objects.filter(deal__in=ids).order_by("post", "pk"):
        links[link.deal_id].append(link)
    rates = click_rates(deals)
    nothing: dict[str, Any] = {"due": ZERO, "n": 0}
    return [
        CreatorDeal(
            deal,
            cost=costs.get(deal.pk, ZERO),
            commission=credited.get(deal.pk, nothing)["due"],
            orders=credited.get(deal.pk, nothing)["n"],
            click_rate=rates.get(deal.pk),
            links=links.get(deal.pk, []),
        )
        for deal in deals
    ]


def codes_of(creator: Creator) -> list[Code]:
    """The creator's codes in the brands of the open scope."""
    return list(Code.objects.filter(creator=creator).select_related("brand").order_by("brand__name", "folded"))
