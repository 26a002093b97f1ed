"""The scale on which all rules meet: an excess of 0 is the clean median, 1 the clean 99th percentile.

Each rule alone passes 1 on one clean creator in a hundred. A dozen of them together would pass it on every tenth, so
the levels of the whole set lie higher: `WATCH_FROM` is passed by at most 5 % of clean creators, `FLAGGED_FROM` by at
most 2 %. `benchmarks/signal_bars/composite.py` measures both on clean creators, viral ones among them, that were in
none of the norms.
"""

from creators.enums import Level

WATCH_FROM = 1.25
FLAGGED_FROM = 1.6


def level_of(excess: float | None, *, watch: float = WATCH_FROM, flagged: float = FLAGGED_FROM) -> Level:
    """The level of an excess; insufficient where there is none."""
    if excess is None:
        return Level.INSUFFICIENT
    return Level.FLAGGED if excess > flagged else Level.WATCH if excess > watch else Level.CLEAR
