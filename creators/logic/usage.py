"""What the right to run a piece as an ad adds to its fee."""

from dataclasses import dataclass

from config.lib.words import percent
from creators.logic.fees import uplift


@dataclass(frozen=True)
class Usage:
    """What is wanted: for how many days (None: for ever), on one platform or all, with whitelisting or without."""

    days: int | None = 30
    everywhere: bool = False
    whitelisting: bool = False


@dataclass(frozen=True)
class Added:
    """Percent of the fee; None where it is the creator's to name. `reason` says how it came about."""

    percent: float | None
    reason: str


def uplift_for(usage: Usage) -> Added:
    """Straight from 20 % (30 days, one platform) to 100 % (90 days, all platforms with whitelisting).

    Half of the way is the time, a quarter all platforms, a quarter whitelisting. Under 30 days counts as 30. Beyond
    90 days, and for ever, no figure is published and none is computed.
    """
    told = uplift()
    if usage.days is None:
        return Added(None, "Perpetual usage has no published figure: ask the creator, nothing is computed.")
    if usage.days > told.longest:
        return Added(None, f"More than {told.longest} days has no published figure: ask, nothing is computed.")
    time = (max(usage.days, told.shortest) - told.shortest) / (told.longest - told.shortest)
    way = time / 2 + usage.everywhere / 4 + usage.whitelisting / 4
    added = told.low + (told.high - told.low) * way
    return Added(added, f"Usage adds {percent(added)} of the fee: {_words(usage)} ({told.source}, {told.year}).")


def _words(usage: Usage) -> str:
    place = "all platforms" if usage.everywhere else "one platform"
    return f"{usage.days} days, {place}, {'with' if usage.whitelisting else 'without'} whitelisting"
