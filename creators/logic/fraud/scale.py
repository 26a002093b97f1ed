"""The scale on which all rules meet: an excess of 0 is the clean median, 1 the clean 99th percentile.

Each rule alone passes 1 on one clean creator in a hundred. A dozen of them together would pass it on every tenth, so
the levels of the whole set lie higher. The budget is 5 % of clean creators watched or worse and 2 % flagged; both
numbers were read off 2,400 clean creators put together from real parts, viral ones among them and none in its own
norms, with something to spare for creators of another kind: the largest excess of 97 to 98 in 100 of them is below
`WATCH_FROM`, of 99 `FLAGGED_FROM`. `benchmarks/signal_bars/composite.py` measures both rates.
"""

from creators.enums import Level

WATCH_FROM = 1.6
FLAGGED_FROM = 1.9


def level_of(excess: float | None, *, watch: float = WATCH_FROM, flagged: float = FLAGGED_FROM) -> Level:
    """The level of an excess; insufficient where there is none."""
    if excess is None:
        return Level.INSUFFICIENT
    return Level.FLAGGED if excess > flagged else Level.WATCH if excess > watch else Level.CLEAR
