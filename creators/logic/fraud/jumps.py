"""Jumps in a follower series: where they are, how strong, and whether views explain them (S1 and S2)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from math import sqrt
from typing import NamedTuple

import numpy as np

from creators.logic.fraud.facts import Facts
from creators.logic.fraud.series import Series, gains, robust_spread, series_of

WINDOWS = (1, 3, 7)
BASELINE = 28
BASELINE_LEAST = 7
SPREADS = 6.0
"""How many robust spreads a gain must stand above the usual one."""
SHARE = 0.02
"""And which share of the followers it must be, times the root of the days."""
CONVERSION = 0.02
"""Followers per view above which views explain nothing: the median of honest accounts is .0008, p98 is .031."""
OWN_CONVERSION = 3.0
"""Times the creator's own usual followers per view, below which views explain the gain whatever the share."""
VIEWS_ROSE = 1.5
"""Times the usual views from which views rose with the followers."""
SILENCE = timedelta(days=7)
"""How long a cause silences growth."""


@dataclass(frozen=True)
class Jump:
    """A gain over `over` days ending on `on`, `strength` times what S1 asks for.

    `unexplained` is None where no views are known; `views` are those of the window, or of the posts out by then.
    """

    on: date
    over: int
    gain: float
    usual: float
    before: float
    strength: float
    unexplained: bool | None
    views: float | None
    cause: str = ""

    @property
    def since(self) -> date:
        """The first day of the gain."""
        return self.on - timedelta(days=self.over - 1)


class Found(NamedTuple):
    """A place whose gain over some days is strong enough, before anybody looked at views."""

    place: int
    over: int
    strength: float
    usual: float


@dataclass(frozen=True)
class Growth:
    """The jumps of a series and how many of its days could be judged."""

    jumps: tuple[Jump, ...]
    evaluable: int
    days: int


@lru_cache(maxsize=1)
def growth_of(facts: Facts) -> Growth:
    """All jumps of the days given, the most telling window of each day. The last answer is kept: three rules ask."""
    followers = series_of(facts.days, "followers")
    found = list(_candidates(followers, facts.followers_step))
    jumps = _jumps(facts, followers, found) if found else ()
    return Growth(jumps, evaluable=_evaluable(followers), days=int(followers.seen.sum()))


def _jumps(facts: Facts, followers: Series, found: list[Found]) -> tuple[Jump, ...]:
    """With their views and causes, one a day."""
    views, causes = series_of(facts.days, "views"), tuple(_causes(facts))
    strongest: dict[date, Jump] = {}
    for one in found:
        jump = _jump(facts, followers, views, one, causes)
        if jump.on not in strongest or _rank(jump) > _rank(strongest[jump.on]):
            strongest[jump.on] = jump
    return tuple(strongest[on] for on in sorted(strongest))


def _rank(jump: Jump) -> tuple[bool, bool, float]:
    """Unexplained before unknown before explained, then by strength."""
    return (not jump.cause, jump.unexplained is not False, jump.strength)


def _evaluable(followers: Series) -> int:
    """Days with at least seven one-day differences before them."""
    known = ~np.isnan(gains(followers.values, 1))
    before = np.cumsum(known) - known
    return int((known & followers.seen & (before >= BASELINE_LEAST)).sum())


def _candidates(followers: Series, declared_step: int) -> Iterator[Found]:
    steps: np.ndarray | None = None
    for over in WINDOWS:
        gained = gains(followers.values, over)
        for place in _worth_a_look(followers, gained, over):
            steps = _steps(followers.values, declared_step) if steps is None else steps
            found = _strength(followers.values, gained, int(place), over=over, step=float(steps[place]))
            if found and found[0] > 1:
                yield Found(int(place), over, *found)


def _worth_a_look(followers: Series, gained: np.ndarray, over: int) -> np.ndarray:
    """Places whose gain may be large enough, as no usual gain is below the smallest: spares the medians elsewhere."""
    smallest = np.fmin.reduce(gained) if len(gained) > over else np.nan
    enough = smallest + SHARE * sqrt(over) * (followers.values - gained)
    return np.flatnonzero(followers.seen & (gained > enough))


def _strength(
    values: np.ndarray, gained: np.ndarray, place: int, *, over: int, step: float
) -> tuple[float, float] | None:
    """How many times what S1 asks for, and the usual gain; None with fewer than seven gains before.

    s = sqrt(spread^2 + max(sqrt(max(usual, 1)), .002 F, q)^2) with q the display step; asked for is
    (gain - usual) / s > 6 and (gain - usual) >= .02 sqrt(k) F (robust z after Iglewicz and Hoaglin 1993).
    """
    past = gained[max(0, place - over - BASELINE + 1) : place - over + 1]
    past = past[~np.isnan(past)]
    if len(past) < BASELINE_LEAST:
        return None
    usual, spread = robust_spread(past)
    before = values[place - over]
    floor = max(np.sqrt(max(usual, 1.0)), 0.002 * before, step)
    above = gained[place] - usual
    share = above / (SHARE * np.sqrt(over) * max(before, 1.0))
    return float(min(above / float(np.hypot(spread, floor)) / SPREADS, share)), usual


def _steps(values: np.ndarray, declared: int) -> np.ndarray:
    """The display step at each place: as declared, or three significant figures where all counts look like that."""
    known = values[~np.isnan(values)]
    three = 10.0 ** (np.floor(np.log10(np.maximum(known, 1.0))) - 2)
    if len(known) and known.max() >= 1000 and np.all((known < 1000) | (known % three == 0)):
        return np.full(len(values), np.maximum(10.0 ** (np.floor(np.log10(np.fmax(values, 1.0))) - 2), declared))
    return np.full(len(values), float(declared))


def _jump(facts: Facts, followers: Series, views: Series, found: Found, causes: tuple[tuple[date, str], ...]) -> Jump:
    on, before = followers.day(found.place), float(followers.values[found.place - found.over])
    gain = float(followers.values[found.place]) - before
    unexplained, seen = _checked(facts, followers, views, on=on, over=found.over, gain=gain)
    cause = _silenced(causes, on, found.over)
    return Jump(on, found.over, gain, found.usual, before, found.strength, unexplained, seen, cause)


def _checked(
    facts: Facts, followers: Series, views: Series, *, on: date, over: int, gain: float
) -> tuple[bool | None, float | None]:
    """S2: whether the gain stays unexplained by views, and the views. Those of the account, else of the posts out."""
    end = on.toordinal() - views.start
    gained = gains(views.values, over)
    if over <= end < len(gained) and gained[end] >= 0:
        usual = _usual_views(gained, end, over)
        own = _own_conversion(followers, views, on.toordinal() - over)
        seen = max(float(gained[end]), 1.0)
        still = usual is not None and seen < VIEWS_ROSE * usual
        return gain / seen > OWN_CONVERSION * own and (still or gain / seen > CONVERSION), seen
    known = [post.views for post in facts.posts if post.views is not None and post.posted_at.date() <= on]
    total = float(max(sum(known), 1))
    return (gain / total > CONVERSION, total) if known else (None, None)


def _usual_views(gained: np.ndarray, end: int, over: int) -> float | None:
    past = gained[max(0, end - over - BASELINE + 1) : end - over + 1]
    past = past[~np.isnan(past)]
    return float(np.median(past)) if len(past) >= BASELINE_LEAST else None


def _own_conversion(followers: Series, views: Series, until: int) -> float:
    """Followers per view over the baseline before a window; 0 where it cannot be known."""
    people, seen = _between(followers, until), _between(views, until)
    return max(people, 0.0) / seen if people is not None and seen is not None and seen > 0 else 0.0


def _between(series: Series, until: int) -> float | None:
    last = until - series.start
    part = series.values[max(0, last - BASELINE) : last + 1] if last >= 0 else series.values[:0]
    part = part[~np.isnan(part)]
    return float(part[-1] - part[0]) if len(part) > BASELINE_LEAST else None


def _causes(facts: Facts) -> Iterator[tuple[date, str]]:
    """What silences growth: causes that somebody logged, and campaign posts."""
    yield from ((cause.on, cause.note or cause.kind.label.lower()) for cause in facts.causes)
    yield from ((post.posted_at.date(), "a campaign post") for post in facts.posts if post.is_campaign)


def _silenced(causes: Iterable[tuple[date, str]], on: date, over: int) -> str:
    """The cause whose week touches the window, else nothing."""
    first = on - timedelta(days=over - 1)
    return next((what for since, what in causes if since <= on and first < since + SILENCE), "")
