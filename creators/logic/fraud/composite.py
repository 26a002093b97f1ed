"""The assessment over all signals: the largest excess among clean peers, with the next two named.

Adding weights up, or training one score, finds only the frauds it was shown; the largest excess needs to know what is
clean and nothing else. Levels are budgeted over the whole set of rules, so that a dozen of them, each wrong once in a
hundred, do not accuse every tenth honest creator.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil

from creators.enums import Level
from creators.logic.fraud.facts import Facts
from creators.logic.fraud.rules import RULES
from creators.logic.fraud.scale import FLAGGED_FROM, WATCH_FROM, level_of
from creators.logic.fraud.signal import VERSION, Signal

NEVER_ALONE = frozenset({"S6", "S14"})
"""Generic comments and leading digits: seen with honest creators too often to flag anybody on their own."""

WATCH_BUDGET, FLAGGED_BUDGET = 0.05, 0.02
"""The share of clean creators that may be watched or worse, and flagged."""

NAMED = 3


@dataclass(frozen=True)
class Thresholds:
    """The scores above which a creator is watched and flagged, and where they are from."""

    watch: float = WATCH_FROM
    flagged: float = FLAGGED_FROM
    basis: str = "shipped"


@dataclass(frozen=True)
class Assessment:
    """The verdict over all rules; `signals` holds every one of them, the most unusual first.

    `score` is the largest excess, None where no rule could be applied; `thresholds` are those it was held against.
    """

    level: Level
    score: float | None
    signals: tuple[Signal, ...]
    thresholds: Thresholds = Thresholds()
    version: str = VERSION

    @property
    def named(self) -> tuple[Signal, ...]:
        """The signal that decided, and the next two that are above the clean median."""
        return tuple(signal for signal in self.signals[:NAMED] if (signal.excess or 0) > 0)


def assess(facts: Facts, thresholds: Thresholds | None = None) -> Assessment:
    """Every rule on one profile, and the verdict. Pure: the same facts, the same assessment."""
    return verdict((rule(facts) for rule in RULES), thresholds)


def verdict(signals: Iterable[Signal], thresholds: Thresholds | None = None) -> Assessment:
    """The assessment over signals already at hand; insufficient where no rule could be applied."""
    held = thresholds or Thresholds()
    ordered = tuple(sorted(signals, key=lambda signal: -_counted(signal, held)))
    if all(signal.level == Level.INSUFFICIENT for signal in ordered):
        return Assessment(Level.INSUFFICIENT, None, ordered, held)
    score = max(_counted(ordered[0], held), 0.0)
    backed = max((_counted(signal, held) for signal in ordered if signal.code not in NEVER_ALONE), default=0.0)
    level = level_of(score, watch=held.watch, flagged=held.flagged)
    if level is Level.FLAGGED and backed <= held.flagged:
        level = Level.WATCH
    return Assessment(level, score, ordered, held)


def _counted(signal: Signal, held: Thresholds) -> float:
    """The excess as it counts: what its own rule finds clear makes nobody watched, however rare it is among peers."""
    if signal.excess is None:
        return float("-inf")
    return min(signal.excess, held.watch) if signal.level is Level.CLEAR else signal.excess


def threshold_for(scores: Sequence[float], budget: float) -> float:
    """The threshold that at most the budgeted share of clean creators passes.

    It is the (n + 1)(1 - budget)-th smallest score: of creators to come that many pass it too, on average (split
    conformal prediction, Vovk 2005). With so few scores that none may pass, the largest of them.
    """
    if not scores:
        raise ValueError("A threshold needs at least one clean creator")
    place = ceil((len(scores) + 1) * (1 - budget) - 1e-9)
    return sorted(scores)[min(place, len(scores)) - 1]
