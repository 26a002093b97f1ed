"""What many fair rates come to together. Amounts of two currencies are never one sum."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from creators.logic.fair_rate import FairRate


@dataclass(frozen=True)
class Total:
    """The sums of `n` low, middle and high rates in one currency."""

    low: Decimal
    mid: Decimal
    high: Decimal
    currency: str
    n: int


@dataclass(frozen=True)
class Totals:
    """A total for each currency, and how many rates are `unknown` and in none."""

    totals: tuple[Total, ...]
    unknown: int


def totals_of(rates: Iterable[FairRate]) -> Totals:
    """Add up the rates by currency, in the order in which the currencies come."""
    by_currency: dict[str, Total] = {}
    unknown = 0
    for rate in rates:
        if rate.low is None or rate.mid is None or rate.high is None:
            unknown += 1
            continue
        held = by_currency.get(rate.currency, Total(Decimal(0), Decimal(0), Decimal(0), rate.currency, 0))
        by_currency[rate.currency] = Total(
            held.low + rate.low, held.mid + rate.mid, held.high + rate.high, rate.currency, held.n + 1
        )
    return Totals(tuple(by_currency.values()), unknown)
