"""S1 to S4: jumps of the follower count, the view check on them, what leaves after them, and follow-unfollow.

A jump alone proves nothing: of honest small accounts on short-video platforms more than half grow by 5 % in eleven
days. So a jump is a flag only where views are known and do not explain it.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from operator import itemgetter

import numpy as np

from creators.enums import Level
from creators.logic.fraud.facts import Facts
from creators.logic.fraud.jumps import BASELINE_LEAST, CONVERSION, WINDOWS, Growth, Jump, growth_of
from creators.logic.fraud.scale import FLAGGED_FROM, WATCH_FROM
from creators.logic.fraud.series import Series, series_of
from creators.logic.fraud.signal import Signal

REMEMBERED = timedelta(days=90)
"""A jump counts for this long: bought followers stay where they are."""

TAPER = 0.25
"""S3: the share of a jump that leaves within `TAPER_DAYS`, with `following` unchanged (Stringhini, IMC 2013)."""
TAPER_DAYS = 30
TAPER_LEAST = 7
UNCHANGED = 0.05

CYCLES = 3
SWING = 0.05
CYCLE_DAYS = 60
CYCLE_LEAST = 14


def s1(facts: Facts) -> Signal:
    """A gain far above the usual one within 1, 3 or 7 days; a flag only if views are known and do not explain it.

    Formula: `jumps._strength` for the size (value = times what it takes, so the threshold is 1), `jumps._checked` for
    the views. A logged cause or a campaign post within a week before the gain silences it. Slower than about 1 % a
    day it cannot be seen.
    """
    growth = growth_of(facts)
    recent = _recent(facts, growth)
    jump = _worst(recent)
    if not growth.evaluable:
        return _growth_signal(Level.INSUFFICIENT, _too_short(growth), growth)
    if jump is None:
        calm = f"No jump in {growth.evaluable} days of follower counts."
        return _growth_signal(Level.CLEAR, calm, growth, excess=0.0)
    level = _level(jump)
    excess = {Level.FLAGGED: FLAGGED_FROM * jump.strength, Level.CLEAR: 0.0}.get(level)
    days = [near.on.isoformat() for near in recent if _level(near) == level]
    evidence = {"days": days, "since": jump.since.isoformat(), "gain": round(jump.gain), "views": jump.views}
    reason = f"{_gain_words(jump)}; {_why(jump)}"
    return _growth_signal(level, reason, growth, value=jump.strength, excess=excess, evidence=evidence)


def s2(facts: Facts) -> Signal:
    """Followers gained per view in the strongest jump, against `CONVERSION`; part of S1's verdict, so without excess.

    Views are what the account gained in the window where days know it, else the lifetime views of the posts out.
    """
    growth = growth_of(facts)
    jump = _worst(_recent(facts, growth))
    name = "Followers per view"
    if jump is None:
        return Signal("S2", name, Level.INSUFFICIENT, "There is no jump whose views could be looked at.")
    if jump.unexplained is None or jump.views is None:
        return Signal("S2", name, Level.INSUFFICIENT, f"{_gain_words(jump)}, but no views are known.", n=1)
    rate = jump.gain / jump.views
    reason = f"{_gain_words(jump)} on {jump.views:,.0f} views: {rate:.2%} of them followed."
    return Signal("S2", name, _level(jump), reason, rate, CONVERSION, _days(jump.over), n=round(jump.views),
                  evidence={"days": [jump.on.isoformat()]})  # fmt: skip


def s3(facts: Facts) -> Signal:
    """The share of an unexplained jump that left again within 30 days, while the account itself unfollowed nobody."""
    growth = growth_of(facts)
    jumps = [jump for jump in _first_days(growth.jumps) if not jump.cause and jump.unexplained is not False]
    losses = [(*found, jump) for jump in jumps if (found := _loss(facts, jump))]
    if not growth.evaluable:
        return _taper(Level.INSUFFICIENT, _too_short(growth))
    if not jumps:
        return _taper(Level.CLEAR, "There is no unexplained jump to look after.", excess=0.0)
    if not losses:
        return _taper(Level.INSUFFICIENT, "Who stays after a jump cannot be told yet, or the account unfollowed too.")
    loss, gain, jump = max(losses, key=itemgetter(0))
    top, high = (FLAGGED_FROM, Level.FLAGGED) if jump.unexplained else (WATCH_FROM, Level.WATCH)
    came = f"{gain:,.0f} followers came with the jump of {_day(jump.on)}"
    reason = f"{came}; {loss:.0%} of them had left within {TAPER_DAYS} days."
    level, excess = high if loss > TAPER else Level.CLEAR, top * min(loss / TAPER, 1.2)
    return _taper(level, reason, value=loss, n=len(losses), days=[jump.on.isoformat()], excess=excess)


def s4(facts: Facts) -> Signal:
    """How often in 60 days the account followed at least 5 % more and dropped at least 5 % again; three are a habit.

    A way of growing, not a purchase: never above watch.
    """
    since = facts.now.date() - timedelta(days=CYCLE_DAYS)
    following = series_of([day for day in facts.days if day.on > since], "following")
    name, window, n = "Follow and unfollow", f"{CYCLE_DAYS} days", int(following.seen.sum())
    if n < CYCLE_LEAST:
        reason = f"Only {n} days with a count of accounts followed; {CYCLE_LEAST} are needed."
        return Signal("S4", name, Level.INSUFFICIENT, reason, threshold=CYCLES, window=window, n=n)
    falls = _cycles(following)
    level = Level.WATCH if len(falls) >= CYCLES else Level.CLEAR
    reason = (
        f"In {window} it followed many and dropped them again {len(falls)} times; from {CYCLES} on it is a habit."
    )
    return Signal("S4", name, level, reason, float(len(falls)), float(CYCLES), window, n=n,
                  excess=min(len(falls) / CYCLES, 1.1) * WATCH_FROM, evidence={"days": falls})  # fmt: skip


def _taper(
    level: Level, reason: str, *, value: float | None = None, n: int = 0, days: list[str] | None = None,
    excess: float | None = None,
) -> Signal:  # fmt: skip
    window = f"{TAPER_DAYS} days after a jump"
    name, evidence = "Followers leaving after a jump", {"days": days} if days else {}
    return Signal("S3", name, level, reason, value, TAPER, window, n=n, excess=excess, evidence=evidence)


def _recent(facts: Facts, growth: Growth) -> list[Jump]:
    return [jump for jump in growth.jumps if jump.on > facts.now.date() - REMEMBERED]


def _worst(jumps: Iterable[Jump]) -> Jump | None:
    order = {Level.CLEAR: 0, Level.WATCH: 1, Level.FLAGGED: 2}
    return max(jumps, key=lambda jump: (order[_level(jump)], jump.strength), default=None)


def _level(jump: Jump) -> Level:
    if jump.cause or jump.unexplained is False:
        return Level.CLEAR
    return Level.FLAGGED if jump.unexplained else Level.WATCH


def _growth_signal(
    level: Level, reason: str, growth: Growth, *, value: float | None = None, excess: float | None = None,
    evidence: dict[str, object] | None = None,
) -> Signal:  # fmt: skip
    return Signal("S1", "Follower jump", level, reason, value, 1.0, "1, 3 and 7 days against the 28 before",
                  n=growth.evaluable, excess=excess, evidence=evidence or {})  # fmt: skip


def _too_short(growth: Growth) -> str:
    return f"Only {growth.days} days of follower counts; a jump can be told after {BASELINE_LEAST + 2} in a row."


def _gain_words(jump: Jump) -> str:
    share = jump.gain / max(jump.before, 1.0)
    return f"{jump.gain:,.0f} followers more ({share:.0%}) in {_days(jump.over)} up to {_day(jump.on)}"


def _why(jump: Jump) -> str:
    usual = f"usual are {jump.usual:,.0f}"
    if jump.cause:
        return f"{usual}, but {jump.cause} came with it."
    if jump.unexplained is None:
        return f"{usual}, and no views are known: unexplained, but nobody can say."
    rate = jump.gain / max(jump.views or 0.0, 1.0)
    if jump.unexplained:
        return f"{usual}, and {jump.views:,.0f} views do not explain it ({rate:.1%} of viewers would have followed)."
    return f"{usual}, but {jump.views:,.0f} views explain it."


def _days(count: int) -> str:
    return "a day" if count == 1 else f"{count} days"


def _day(on: date) -> str:
    return f"{on.day} {on:%B}"


def _first_days(jumps: Iterable[Jump]) -> list[Jump]:
    """The first day of each jump: the window of seven sees it for a week."""
    first: list[Jump] = []
    last = date.min
    for jump in jumps:
        if jump.on - last > timedelta(days=max(WINDOWS)):
            first.append(jump)
        last = jump.on
    return first


def _loss(facts: Facts, jump: Jump) -> tuple[float, float] | None:
    """The share of a jump that left within 30 days, and the whole jump: from the count before it to its peak.

    None when it is too early to tell, or if the account unfollowed people too.
    """
    after = [day for day in facts.days if jump.on <= day.on <= jump.on + timedelta(days=TAPER_DAYS)]
    counts = [day.followers for day in after if day.followers is not None]
    if len(counts) < TAPER_LEAST or (after[-1].on - jump.on).days < TAPER_LEAST:
        return None
    following = [day.following for day in after if day.following is not None]
    if following and max(following) - min(following) > UNCHANGED * max(following):
        return None
    peak = max(counts)
    gain = max(peak - jump.before, 1.0)
    return min((peak - min(counts[counts.index(peak) :])) / gain, 1.0), gain


def _cycles(following: Series) -> list[str]:
    """The days on which a rise of at least 5 % had fallen by at least 5 % again."""
    found, low, high, rising = [], np.inf, 0.0, False
    for place in np.flatnonzero(following.seen):
        value = float(following.values[place])
        low, high = min(low, value), max(high, value)
        if not rising and value >= low * (1 + SWING):
            rising, high = True, value
        elif rising and value <= high * (1 - SWING):
            found.append(following.day(int(place)).isoformat())
            rising, low = False, value
    return found
