"""What was spent on deals: sums by kind for reports, and the lines behind them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import QuerySet, Sum

from campaigns.enums import COUNTED_COSTS, CostKind
from campaigns.models import CostLine, Deal
from results.models import Credit
from team.models import Brand

_ZERO = Decimal(0)
_ITEMISED = (CostKind.FEE, CostKind.PRODUCT, CostKind.SHIPPING)


@dataclass(frozen=True)
class Costs:
    """Cost lines of a deal, net of reversals, in the brand's currency.

    `other` is what else counts (bonus, uplift). `boost` and `overhead` stand beside and are in no CAC; so does
    `apart`, amounts in other currencies, for which no rate is known.
    """

    fee: Decimal = _ZERO
    product: Decimal = _ZERO
    shipping: Decimal = _ZERO
    other: Decimal = _ZERO
    boost: Decimal = _ZERO
    overhead: Decimal = _ZERO
    apart: dict[str, Decimal] = field(default_factory=dict)

    @property
    def counted(self) -> Decimal:
        """What is in the CAC, but for the commission, which follows from the credited orders."""
        return self.fee + self.product + self.shipping + self.other

    @classmethod
    def total(cls, costs: Iterable["Costs"]) -> "Costs":
        """All of them together."""
        rows = list(costs)
        apart: dict[str, Decimal] = defaultdict(Decimal)
        for currency, amount in (pair for row in rows for pair in row.apart.items()):
            apart[currency] += amount
        sums = {name: sum((getattr(row, name) for row in rows), _ZERO) for name in _COLUMNS}
        return cls(**sums, apart=dict(sorted(apart.items())))


_COLUMNS = ("fee", "product", "shipping", "other", "boost", "overhead")


def costs_by_deal(brand: Brand, lines: QuerySet[CostLine]) -> dict[int, Costs]:
    """The costs of each deal that has one of these lines of the brand."""
    sums: dict[int, list[tuple[str, str, Decimal]]] = defaultdict(list)
    for deal, kind, currency, amount in (
        lines.order_by().values_list("deal", "kind", "currency").annotate(Sum("amount"))
    ):
        sums[deal].append((kind, currency, amount))
    return {deal: _costs(brand, of_deal) for deal, of_deal in sums.items()}


def _costs(brand: Brand, sums: list[tuple[str, str, Decimal]]) -> Costs:
    totals: dict[str, Decimal] = defaultdict(Decimal)
    apart: dict[str, Decimal] = defaultdict(Decimal)
    for kind, currency, amount in sums:
        # A line without currency was written before the brand had one; while it has none, all its deals share one.
        if currency in ("", brand.currency) or not brand.currency:
            totals[_column(kind)] += amount
        else:
            apart[currency] += amount
    return Costs(**totals, apart={currency: amount for currency, amount in sorted(apart.items()) if amount})


def _column(kind: str) -> str:
    return "other" if kind in COUNTED_COSTS and kind not in _ITEMISED else kind


def lines_of(deal: Deal) -> QuerySet[CostLine]:
    """Every cost line of a deal, reversals and who made them included, oldest first."""
    return CostLine.objects.filter(deal=deal).select_related("made_by", "reverses").order_by("made_at", "pk")


def commissions_of(deal: Deal) -> QuerySet[Credit]:
    """The deal's credits that cost a commission, newest order first."""
    credits = Credit.objects.filter(deal=deal, commission__gt=0, order__not_counted="")
    return credits.select_related("order").order_by("-order__ordered_at", "-order")
