"""Limits that reviews have moved: where people dismiss what is flagged in a tier, it takes more to be flagged."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from creators.logic.fraud.scale import FLAGGED_FROM, WATCH_FROM

VERSION = "verdicts-1"
LEAST = 20
"""Verdicts in a cell from which its limits may move."""
LEAST_OF_EACH = 3
"""And as many of each kind; where all agree, there is no line between them to find."""
PRIOR = 20
"""As many verdicts does the shipped limit count for."""
LOWEST, HIGHEST = 0.8, 1.6
"""How far a limit may move, in times of the shipped one."""


@dataclass(frozen=True)
class Limits:
    """From which score a creator of one platform and tier is watched and flagged, by `n` verdicts."""

    watch: float
    flagged: float
    n: int
    version: str = VERSION


@dataclass(frozen=True)
class Verdict:
    """What a person said of an assessment with this score."""

    score: float
    confirmed: bool


def calibrated(verdicts: Sequence[Verdict]) -> Limits | None:
    """The limits of one platform and tier by what people said there, or None while that is too little.

    The line with the fewest verdicts on its wrong side (dismissed above, confirmed below; of equal ones the nearest
    to the shipped limit), shrunk towards the shipped limit: (n line + PRIOR shipped) / (n + PRIOR). Watch keeps its
    proportion to flagged. Only what was watched or flagged gets reviewed, so a limit never moves far (`LOWEST`,
    `HIGHEST`).
    """
    confirmed = sum(verdict.confirmed for verdict in verdicts)
    n = len(verdicts)
    if n < LEAST or min(confirmed, n - confirmed) < LEAST_OF_EACH:
        return None
    line = min(_lines(verdicts), key=lambda each: (_wrong(each, verdicts), abs(each - FLAGGED_FROM)))
    flagged = round((n * line + PRIOR * FLAGGED_FROM) / (n + PRIOR), 3)
    return Limits(watch=round(flagged * WATCH_FROM / FLAGGED_FROM, 3), flagged=flagged, n=n)


def _lines(verdicts: Sequence[Verdict]) -> list[float]:
    """The shipped limit and the middles between neighbouring scores, within bounds."""
    scores = sorted({verdict.score for verdict in verdicts})
    middles = ((low + high) / 2 for low, high in pairwise(scores))
    low, high = FLAGGED_FROM * LOWEST, FLAGGED_FROM * HIGHEST
    return [FLAGGED_FROM, *(min(max(middle, low), high) for middle in middles)]


def _wrong(line: float, verdicts: Sequence[Verdict]) -> int:
    return sum((verdict.score > line) != verdict.confirmed for verdict in verdicts)
