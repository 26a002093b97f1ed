"""How far a group of creators is from the mix of sizes that a programme of many small creators wants.

70 % nano, 25 % micro and 5 % mid and above, by the main profile (the seeds' advice for an always-on programme).
Pre-nano and unknown sizes are in no share, so they are counted apart.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from creators.enums import Tier

MID_AND_ABOVE = (Tier.MID, Tier.MACRO, Tier.MEGA)
WANTED = {"nano": 70, "micro": 25, "mid": 5}
"""Percent of each group."""
_LABELS = {"nano": "Nano", "micro": "Micro", "mid": "Mid and above"}
_NAMES = {"nano": "nano creator", "micro": "micro creator", "mid": "creator from mid up"}


@dataclass(frozen=True)
class Share:
    """One of the three groups, of a total."""

    key: str
    count: int
    total: int

    @property
    def label(self) -> str:
        """The group in words."""
        return _LABELS[self.key]

    @property
    def wanted(self) -> int:
        """Percent that it should have."""
        return WANTED[self.key]

    @property
    def percent(self) -> float | None:
        """Percent that it has; None of nobody."""
        return 100 * self.count / self.total if self.total else None

    @property
    def short(self) -> int:
        """How many are missing, rounded half up; below 0: how many are too many."""
        return (self.wanted * self.total + 50) // 100 - self.count

    @property
    def words(self) -> str:
        """`11 micro creators short of 25%`."""
        if not self.total:
            return "nobody to count"
        if self.short == 0:
            return f"as wished, {self.wanted}%"
        n = abs(self.short)
        name = _NAMES[self.key] if n == 1 else _NAMES[self.key].replace("creator", "creators")
        return f"{n} {name} {'short of' if self.short > 0 else 'over'} {self.wanted}%"


@dataclass(frozen=True)
class Mix:
    """The shares, and those who are in none of them."""

    shares: tuple[Share, ...]
    pre_nano: int
    unknown: int

    @property
    def total(self) -> int:
        """How many the shares are of."""
        return sum(share.count for share in self.shares)


def mix_of(counts: Mapping[Tier, int], *, unknown: int) -> Mix:
    """The mix of so many creators by tier, `unknown` more having no follower count."""
    found = {
        "nano": counts.get(Tier.NANO, 0),
        "micro": counts.get(Tier.MICRO, 0),
        "mid": sum(counts.get(tier, 0) for tier in MID_AND_ABOVE),
    }
    total = sum(found.values())
    return Mix(
        shares=tuple(Share(key, count, total) for key, count in found.items()),
        pre_nano=counts.get(Tier.PRE_NANO, 0),
        unknown=unknown,
    )
