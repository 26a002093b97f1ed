"""What a new customer through one creator cost a brand, over all deals of that brand together."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from campaigns.enums import DealStatus
from campaigns.models import Deal
from creators.enums import RateFormat
from creators.models import Creator
from results.queries.reports import Figures, Lens, figures_of, first_order_day, totalled
from team.models import Brand


@dataclass(frozen=True)
class FormatResult:
    """What the deals for one format brought together."""

    format: RateFormat
    deals: int
    new_customers: int | Decimal


@dataclass(frozen=True)
class CreatorCac:
    """The figures of all time under code-first-1. `deals` are those not cancelled, but what was spent on the others
    and what came of them is in the figures. `others` are further brands of the scope with deals.

    `formats` are those that deals name, the one with the most new customers a deal first.
    """

    brand: Brand
    deals: Sequence[Deal]
    figures: Figures
    since: date | None
    others: Sequence[Brand]
    formats: Sequence[FormatResult] = field(default_factory=list)


def creator_cac(creator: Creator, *, brand: Brand | None) -> CreatorCac | None:
    """For the brand, or where the creator has no deal there, for another of the open scope; None without a deal.

    The estimate learns from nobody (`poisson-jeffreys-1`), as that of any total.
    """
    found = Deal.objects.filter(creator=creator).select_related("campaign", "brand").order_by("-created_at")
    deals = list(found)
    brands = list(dict.fromkeys(deal.brand for deal in deals))
    chosen = brand if brand in brands else next(iter(brands), None)
    if chosen is None:
        return None
    own = [deal for deal in deals if deal.brand == chosen]
    rows = figures_of(Lens(brand=chosen), own)
    others = [each for each in brands if each != chosen]
    total = totalled(rows, target=None)
    active = [(deal, row) for deal, row in zip(own, rows, strict=True) if deal.status != DealStatus.CANCELLED]
    deals_told = [deal for deal, _ in active]
    return CreatorCac(chosen, deals_told, total, first_order_day(chosen), others, _by_format(active))


def _by_format(deals: Iterable[tuple[Deal, Figures]]) -> list[FormatResult]:
    brought: dict[str, list[int | Decimal]] = defaultdict(list)
    for deal, figures in deals:
        if deal.format:
            brought[deal.format].append(figures.credit.new_customers)
    found = [FormatResult(RateFormat(each), len(customers), sum(customers)) for each, customers in brought.items()]
    return sorted(found, key=lambda each: (-each.new_customers / each.deals, each.format))
