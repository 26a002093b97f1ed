"""The tier of a profile, by its followers. A creator's tier is that of the main profile."""

from creators.enums import Tier

# Lower bounds, inclusive.
FLOORS = {Tier.PRE_NANO: 0, Tier.NANO: 1_000, Tier.MICRO: 10_000, Tier.MID: 50_000, Tier.MACRO: 100_000,
          Tier.MEGA: 500_000}  # fmt: skip


def tier_of(followers: int | None) -> Tier | None:
    """The tier that many followers make; None where nobody knows how many there are."""
    if followers is None:
        return None
    return max((tier for tier, floor in FLOORS.items() if followers >= floor), key=FLOORS.__getitem__)


def bounds_of(tier: Tier) -> tuple[int, int | None]:
    """Followers from (inclusive) and to (exclusive, None for no end)."""
    floor = FLOORS[tier]
    return floor, min((other for other in FLOORS.values() if other > floor), default=None)
