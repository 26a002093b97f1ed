"""Daily counters as dense arrays, so that rules can look at every day of a quarter at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from operator import attrgetter

import numpy as np

from creators.logic.fraud.facts import Day

BRIDGE = 3
"""The longest gap in days that is bridged by a straight line; differences over a longer one are unknown."""


@dataclass(frozen=True)
class Series:
    """One value a day from `start`; NaN where unknown. `seen` marks the days that were really counted."""

    start: int
    values: np.ndarray
    seen: np.ndarray

    def day(self, index: int) -> date:
        """The day at a place of the arrays."""
        return date.fromordinal(self.start + index)


def series_of(days: Sequence[Day], name: str) -> Series:
    """A counter of the days, by name; short gaps are bridged (a difference is then divided by the real days)."""
    values = np.array(list(map(attrgetter(name), days)), dtype=float)  # None becomes NaN
    known = ~np.isnan(values)
    if not known.any():
        return Series(0, np.empty(0), np.empty(0, dtype=bool))
    places = np.array([day.on.toordinal() for day in days])[known]
    start = int(places.min())
    dense = np.full(int(places.max()) - start + 1, np.nan)
    dense[places - start] = values[known]
    seen = ~np.isnan(dense)
    return Series(start, dense if seen.all() else _bridged(dense, np.flatnonzero(seen)), seen)


def _bridged(dense: np.ndarray, places: np.ndarray) -> np.ndarray:
    filled: np.ndarray = np.interp(np.arange(len(dense)), places, dense[places])
    for left, right in pairwise(places):
        if right - left > BRIDGE:
            filled[left + 1 : right] = np.nan
    return filled


def gains(values: np.ndarray, over: int) -> np.ndarray:
    """values[t] - values[t - over] at place t, NaN for the first ones: as long as `values`."""
    result = np.full(len(values), np.nan)
    if len(values) > over:
        result[over:] = values[over:] - values[:-over]
    return result


def robust_spread(values: np.ndarray) -> tuple[float, float]:
    """Median and 1.4826 times the median distance from it (Iglewicz and Hoaglin 1993)."""
    middle = _median(values)
    return middle, 1.4826 * _median(np.abs(values - middle))


def _median(values: np.ndarray) -> float:
    """As `numpy.median`, without its checks: a tenth of the time on 28 values."""
    ordered = np.sort(values)
    half = len(ordered) // 2
    return float(ordered[half]) if len(ordered) % 2 else float(ordered[half - 1] + ordered[half]) / 2
