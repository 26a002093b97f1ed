"""What a piece is worth, and why: a published band, placed by followers, moved by engagement, drawn to what was paid.

1. The band of platform and format, geometric between 1,000 followers (its low end) and 10,000 (its high end).
2. Engagement over its benchmark moves the middle by the same factor, by at most a third. Low and high are the middle
   with engagement a third under and a third over.
3. With at least 3 comparables (paid, same platform, format and tier, one a profile): `w = n / (n + 6)`; each figure
   is `1 - w` of the band's and `w` of theirs, which are the lower quartile, the median and the upper quartile.
4. Usage adds its percentage. Above micro, and where nothing is published, comparables alone speak.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from statistics import median, quantiles

from config.lib.words import count, percent, rough_money
from creators.enums import Platform, RateFormat, Tier
from creators.logic.fees import DOLLARS, Fee, published
from creators.logic.tiers import tier_of
from creators.logic.usage import Usage, uplift_for

VERSION = "fair-rate-1"
LEAST = 3  # comparables
PULL = 6  # with as many comparables, band and median weigh alike
THIRD = 1 / 3
_FROM, _TO = 1_000, 10_000
_BANDED = (Tier.PRE_NANO, Tier.NANO, Tier.MICRO)


@dataclass(frozen=True)
class Paid:
    """What a comparable creator was paid for one piece."""

    amount: Decimal
    currency: str


@dataclass(frozen=True)
class Goal:
    """A target CAC in the wanted currency, the new customers that a deal brings, and what it costs beside the fee.

    `expected` is low, middle and high; None where the brand's history does not say. `why` says where it is from.
    """

    target: Decimal
    expected: tuple[float, float, float] | None
    other_costs: Decimal = Decimal(0)
    why: str = "this brand has no history yet"


@dataclass(frozen=True)
class Question:
    """One format of one profile. `worth` says what a unit of each known currency is worth in `currency`."""

    platform: str
    format: str
    followers: int | None
    engagement: float | None = None
    benchmark: float | None = None
    comparables: Sequence[Paid] = ()
    currency: str = DOLLARS
    worth: Mapping[str, Decimal] = field(default_factory=dict)
    usage: Usage | None = None
    goal: Goal | None = None


@dataclass(frozen=True)
class Range:
    """Three amounts of one currency that stand apart from the fair rate, and what they are."""

    low: Decimal
    mid: Decimal
    high: Decimal
    currency: str
    words: str


@dataclass(frozen=True)
class FairRate:
    """Low, middle and high in `currency`, resting on `n` comparables; None throughout where nothing speaks.

    `apart` are published figures that disagree with it, `at_target` the fee at which the target CAC is met.
    """

    low: Decimal | None
    mid: Decimal | None
    high: Decimal | None
    currency: str
    n: int
    reasons: tuple[str, ...]
    version: str = VERSION
    apart: tuple[Range, ...] = ()
    at_target: Range | None = None

    @property
    def is_known(self) -> bool:
        """Whether anything speaks."""
        return self.mid is not None


Three = tuple[float, float, float]


def fair_rate(asked: Question) -> FairRate:
    """The fair rate of one format of one profile. It never raises: what is not known is said in the reasons."""
    reasons: list[str] = []
    band = _band(asked, reasons)
    currency, worth = _currency(asked, band is not None, reasons)
    spoken = _times(band, worth[DOLLARS]) if band else None
    prices = _prices(asked, currency, worth, reasons)
    figures = _drawn(spoken, prices, currency, reasons)
    figures = _with_usage(figures, asked.usage, reasons)
    low, mid, high = [_money(each) for each in figures] if figures else (None, None, None)
    n = len(prices) if len(prices) >= LEAST else 0
    apart = _apart(asked, spoken, currency, worth, reasons) if band else ()
    at_target = fee_at_target(asked.goal, asked.currency, reasons)
    return FairRate(low, mid, high, currency, n, tuple(reasons), apart=apart, at_target=at_target)


def place(followers: int) -> float:
    """Where between 1,000 (0) and 10,000 (1) followers lie, by ratio; outside, the nearer end."""
    return min(1.0, max(0.0, math.log(max(followers, 1) / _FROM) / math.log(_TO / _FROM)))


def engagement_factor(engagement: float, benchmark: float) -> float:
    """Engagement over benchmark, held between two thirds and four thirds."""
    return min(1 + THIRD, max(1 - THIRD, engagement / benchmark))


def weight_of(n: int) -> float:
    """How much the comparables' median counts: n / (n + 6), and nothing under 3."""
    return n / (n + PULL) if n >= LEAST else 0.0


def fee_at_target(goal: Goal | None, currency: str, reasons: list[str]) -> Range | None:
    """Target CAC times the expected new customers, less what the deal costs beside the fee; never under nought."""
    if goal is None:
        return None
    if goal.expected is None:
        reasons.append(
            f"The fee that meets the target CAC is not known: {goal.why or 'no history of this brand yet'}."
        )
        return None
    low, mid, high = [max(Decimal(0), _money(float(goal.target) * each) - goal.other_costs) for each in goal.expected]
    words = f"before commission meets the target of {rough_money(goal.target, currency)} a new customer: {goal.why}"
    return Range(low, mid, high, currency, words)


def _band(asked: Question, reasons: list[str]) -> Three | None:
    """Low, middle and high in dollars by what is published, or None where comparables alone speak."""
    tier = tier_of(asked.followers)
    if asked.followers is None or tier is None:
        reasons.append("Nobody knows how many followers there are, so no band can be placed.")
        return None
    if tier not in _BANDED:
        reasons.append(f"{tier.label} is above micro: published bands end there, so comparables alone speak.")
        return None
    found = _serving(asked)
    if found is None:
        what = f"{RateFormat(asked.format).label} on {Platform(asked.platform).label}"
        reasons.append(f"No fee is published for this: {what}. Comparables alone speak.")
        return None
    placed = _placed(found, asked.followers, reasons)
    return _moved(placed, asked, reasons)


def _serving(asked: Question) -> Fee | None:
    """The band by piece, else the rule of thumb by 1,000 followers."""
    said = [fee for fee in published(asked.platform, asked.format) if fee.serves]
    return min(said, key=lambda fee: fee.per == "thousand", default=None)


def _placed(fee: Fee, followers: int, reasons: list[str]) -> float:
    if fee.per == "thousand":
        reasons.append(f"{fee.figure} ({fee.source}, {fee.year}), at {count(followers)} followers; no band by piece.")
        return math.sqrt(fee.low * fee.high) * followers / 1_000
    placed: float = fee.low * (fee.high / fee.low) ** place(followers)
    said = f"The band is {fee.figure} from 1,000 to 10,000 followers ({fee.source}, {fee.year}); "
    if followers < _FROM:
        said += f"{count(followers)} lie below, so its low end is taken."
    elif followers > _TO:
        said += f"{count(followers)} lie above, so its high end is taken."
    else:
        said += f"{count(followers)} followers make {rough_money(placed, DOLLARS)}."
    reasons.append(said)
    return placed


def _moved(placed: float, asked: Question, reasons: list[str]) -> Three:
    factor = 1.0
    if asked.engagement is None or not asked.benchmark:
        reasons.append("Engagement against its benchmark is not known, so it moves nothing.")
    else:
        factor = engagement_factor(asked.engagement, asked.benchmark)
        ratio = asked.engagement / asked.benchmark
        held = "" if abs(ratio - factor) < 1e-9 else f", held at {'a third over' if factor > 1 else 'a third under'}"
        against = f"{percent(asked.engagement, 2)} against {percent(asked.benchmark, 2)}"
        reasons.append(f"Engagement is {against}, {ratio:.2f} times{held}: the middle goes with it.")
    return placed * (1 - THIRD), placed * factor, placed * (1 + THIRD)


def _currency(asked: Question, has_band: bool, reasons: list[str]) -> tuple[str, dict[str, Decimal]]:
    """The wanted currency, or dollars where a band cannot be converted."""
    worth = {**asked.worth, asked.currency: Decimal(1)}
    if not has_band or asked.currency == DOLLARS:
        return asked.currency, worth
    if DOLLARS not in worth:
        reasons.append(f"In dollars, as published: no exchange rate from USD to {asked.currency} is known.")
        return DOLLARS, {DOLLARS: Decimal(1)}
    reasons.append(f"Converted at {worth[DOLLARS].normalize():f} {asked.currency} a dollar.")
    return asked.currency, worth


def _prices(asked: Question, currency: str, worth: Mapping[str, Decimal], reasons: list[str]) -> list[float]:
    """What comparables were paid, in `currency`; those that cannot be converted are left out aloud."""
    known = [float(each.amount * worth[each.currency]) for each in asked.comparables if each.currency in worth]
    left = sorted({each.currency for each in asked.comparables if each.currency not in worth})
    if left:
        lost = len(asked.comparables) - len(known)
        reasons.append(f"{count(lost)} paid in {', '.join(left)} left out: no exchange rate to {currency} is known.")
    return known


def _drawn(band: Three | None, prices: list[float], currency: str, reasons: list[str]) -> Three | None:
    """Band and comparables together, by weight."""
    n = len(prices)
    if n < LEAST:
        fewer = f"{count(n)} comparable{'' if n == 1 else 's'} paid (same platform, format and tier)"
        reasons.append(
            f"{fewer}: at least {LEAST} are needed, so {'the band stands alone' if band else 'nothing is said'}."
        )
        return band
    first, _, third = quantiles(prices, n=4, method="inclusive")
    paid = (first, median(prices), third)
    said = f"{count(n)} comparables were paid {rough_money(paid[1], currency)} at the median"
    if band is None:
        reasons.append(f"{said}; low and high are their quartiles.")
        return paid
    weight = weight_of(n)
    reasons.append(f"{said}; it counts {percent(100 * weight, 0)} = n / (n + {PULL}), the band the rest.")
    low, mid, high = [(1 - weight) * ours + weight * theirs for ours, theirs in zip(band, paid, strict=True)]
    return low, mid, high


def _with_usage(figures: Three | None, usage: Usage | None, reasons: list[str]) -> Three | None:
    if usage is None:
        return figures
    added = uplift_for(usage)
    reasons.append(added.reason)
    return figures if figures is None or added.percent is None else _times(figures, 1 + added.percent / 100)


def _apart(
    asked: Question, band: Three | None, currency: str, worth: Mapping[str, Decimal], reasons: list[str]
) -> tuple[Range, ...]:
    """Published figures by 1,000 followers and from examples, where the band's middle is not among them."""
    found = []
    followers = asked.followers or 0
    for fee in published(asked.platform, asked.format):
        if fee is _serving(asked) or band is None or (fee.followers and not _alike(fee.followers, followers)):
            continue
        times = followers / 1_000 if fee.per == "thousand" else 1.0
        low, high = [each * times * float(worth[DOLLARS]) for each in (fee.low, fee.high)]
        words = f"{fee.figure} ({fee.source}, {fee.year})"
        if low <= band[1] <= high:
            reasons.append(f"Another way to reckon agrees: {words}.")
        else:
            found.append(Range(_money(low), _money(math.sqrt(low * high)), _money(high), currency, words))
    return tuple(found)


def _alike(one: int, other: int) -> bool:
    """Within half as much again, so that an example still speaks."""
    return one <= 1.5 * other and other <= 1.5 * one


def _times(figures: Three, by: float | Decimal) -> Three:
    low, mid, high = [each * float(by) for each in figures]
    return low, mid, high


def _money(amount: float) -> Decimal:
    return Decimal(str(round(amount, 2)))
