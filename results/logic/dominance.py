"""Codes that bring a suspicious share of the new customers: the numbers that a person needs to judge by.

A code dominates where its creator brings at least a fifth of the new customers and so large a largest share would be
rare among honest creators. Honest rates are taken as exponential (cv 1, wider than the .8 usual among creators); then
the chance that the largest of k shares exceeds g is Fisher's, the sum over j of (-1)^(j-1) C(k,j) (1-jg)^(k-1) while
jg < 1 (R. A. Fisher, Proc. R. Soc. A 125, 1929). Under 8 uses there is nothing to judge.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import comb

from scipy.special import pdtrc

SHARE = 0.2
RARE = 0.01
USES = 8
BURST_WINDOW = timedelta(hours=24)
BURST_RARE = 0.001


@dataclass(frozen=True)
class Burst:
    """The most uses of a code in any 24 hours, and how likely that many are by chance. `told` False: too few days."""

    uses: int
    p: float
    told: bool = True

    @property
    def is_burst(self) -> bool:
        """Whether chance does not explain it."""
        return self.told and self.p < BURST_RARE


@dataclass(frozen=True)
class Shares:
    """One creator's part, beside that of all others: new customers, code orders, and those with the own link."""

    new_customers: int
    all_new_customers: int
    orders: int
    linked: int
    others_orders: int
    others_linked: int

    @property
    def linked_share(self) -> float | None:
        """Share of the code's orders that also carry its creator's link; None where there are none."""
        return self.linked / self.orders if self.orders else None

    @property
    def others_linked_share(self) -> float | None:
        """The same over all other creators' codes."""
        return self.others_linked / self.others_orders if self.others_orders else None


def is_dominant(shares: Shares, *, creators: int) -> bool:
    """Whether one of `creators` creators brings so many new customers that a person should look at the code."""
    if shares.orders < USES or not shares.all_new_customers:
        return False
    share = shares.new_customers / shares.all_new_customers
    return share >= SHARE and chance_of_largest_share(share, creators) < RARE


def chance_of_largest_share(share: float, creators: int) -> float:
    """The chance that the largest of `creators` shares exceeds `share` where rates are exponential.

    For a share of a fifth or more at most five terms are left, so the alternating sum is exact enough.
    """
    if creators < 2 or share <= 1 / creators:
        return 1.0
    terms: Iterator[float] = (
        (-1) ** (j - 1) * comb(creators, j) * (1 - j * share) ** (creators - 1)
        for j in range(1, min(creators, int(1 / share)) + 1)
    )
    return min(1.0, max(0.0, sum(terms)))


def burst(moments: Sequence[datetime]) -> Burst:
    """Scan every 24 hours that begin with a use, against the code's own mean rate; p counts all these windows.

    The windows are whole days, so night and day cancel. Without a rate of its own (uses over less than two days, or
    fewer than `USES`) nothing can be told.
    """
    times = sorted(moments)
    most = _most_in_window(times)
    days = (times[-1] - times[0]) / timedelta(days=1) if times else 0.0
    if len(times) < USES or days < 2:
        return Burst(uses=most, p=1.0, told=False)
    chance = float(pdtrc(most - 2, len(times) / days))
    return Burst(uses=most, p=min(1.0, len(times) * chance))


def _most_in_window(times: Sequence[datetime]) -> int:
    most = first = 0
    for last, moment in enumerate(times):
        while moment - times[first] >= BURST_WINDOW:
            first += 1
        most = max(most, last - first + 1)
    return most


def sentence(shares: Shares, found: Burst | None) -> str:
    """`139 of 475 new customers; 25% of its orders carry the creator's link, others 27%; no burst`."""
    parts = [f"{shares.new_customers:,} of {shares.all_new_customers:,} new customers", _links(shares)]
    return "; ".join([*parts, _burst(found)])


def _links(shares: Shares) -> str:
    own = f"{_percent(shares.linked_share)} of its orders carry the creator's link"
    others = _percent(shares.others_linked_share)
    return f"{own}, others {others}" if others else own


def _percent(share: float | None) -> str:
    return "" if share is None else f"{share:.0%}"


def _burst(found: Burst | None) -> str:
    if found is None or not found.told:
        return "too early to tell of a burst"
    return f"a burst of {found.uses} in 24 hours" if found.is_burst else "no burst"
