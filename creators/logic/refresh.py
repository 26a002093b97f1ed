"""How often to ask what about a profile, when to ask again after a failure, and what a month of it will cost."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import IntEnum
from zoneinfo import ZoneInfo

from creators.enums import Question, Source, Stage, Track

DAY = timedelta(days=1)
MONTH = timedelta(days=30)
QUARTER = timedelta(days=91)
WINDOW = 15
"""How many of the newest posts the engagement rate and the comment samples look at."""
SETTLED = timedelta(hours=48)
"""A post's comments are sampled once it is this old: by then most of them are there."""


class Standing(IntEnum):
    """How closely a creator is watched; over several brands the highest counts."""

    RESTING = 0  # inactive, or in no brand's stages at all
    KNOWN = 1  # prospect, contacted, seeded
    WORKING = 2  # contracted, live
    WATCHED = 3  # top performer, or being vetted


STANDING_OF_STAGE = {
    Stage.PROSPECT: Standing.KNOWN,
    Stage.CONTACTED: Standing.KNOWN,
    Stage.SEEDED: Standing.KNOWN,
    Stage.CONTRACTED: Standing.WORKING,
    Stage.LIVE: Standing.WORKING,
    Stage.INACTIVE: Standing.RESTING,
}

PACE: Mapping[Standing, Mapping[Question, timedelta]] = {
    Standing.RESTING: {Question.PROFILE: MONTH, Question.POSTS: MONTH},
    Standing.KNOWN: {
        Question.PROFILE: DAY, Question.POSTS: 7 * DAY, Question.COMMENTS: MONTH, Question.FOLLOWERS: QUARTER,
    },
    Standing.WORKING: {
        Question.PROFILE: DAY, Question.POSTS: 2 * DAY, Question.COMMENTS: MONTH, Question.FOLLOWERS: QUARTER,
    },
    Standing.WATCHED: {
        Question.PROFILE: DAY, Question.POSTS: DAY, Question.COMMENTS: MONTH, Question.FOLLOWERS: QUARTER,
    },
}  # fmt: skip
"""How long an answer stays fresh. A question that is not named is not asked: samples of those at rest buy nothing."""


def standing_of(spans: Sequence[tuple[str, str]], *, is_vetted: bool = False) -> Standing:
    """The closest watch that any of a creator's open spans, as (track, stage), asks for."""
    found = [Standing.WATCHED if is_vetted else Standing.RESTING]
    for track, stage in spans:
        if track == Track.TOP_PERFORMER:
            found.append(Standing.WATCHED)
        elif track == Track.STAGE:
            found.append(STANDING_OF_STAGE[Stage(stage)])
    return max(found)


def next_comments_at(posts: Sequence[tuple[datetime | None, datetime | None]], *, now: datetime) -> datetime:
    """When comments are due next, for posts as (posted, last sampled); at most a month away."""
    return min((comments_due_at(posted, sampled, now=now) for posted, sampled in posts), default=now + MONTH)


def comments_due_at(posted_at: datetime | None, sampled_at: datetime | None, *, now: datetime) -> datetime:
    """When a post's comments are due: once when it has settled, then monthly. One without a date counts as old."""
    if sampled_at:
        return sampled_at + MONTH
    return posted_at + SETTLED if posted_at else now


_FIRST_PAUSE = timedelta(minutes=10)
_PAUSE_GROWS = 4


def try_again_at(failures: int, *, now: datetime, retry_after: timedelta | None = None) -> datetime:
    """When to ask again after so many failures in a row: 10 and 40 minutes, 2 h 40, 10 h 40, then daily.

    Never before the moment that the provider itself named.
    """
    pause = min(_FIRST_PAUSE * int(_PAUSE_GROWS ** min(failures - 1, 8)), DAY)
    return now + max(pause, retry_after or timedelta(0))


OPENS_AFTER = 5
"""This many errors of a provider in a row, from any profiles, and it is left alone for a while."""
_FIRST_REST = timedelta(minutes=5)
_LONGEST_REST = timedelta(hours=2)


def rest_of(failures: int) -> timedelta:
    """How long to leave a provider alone: 5 minutes at first, twice as long after each probe that fails too."""
    return min(_FIRST_REST * int(2 ** min(max(failures - OPENS_AFTER, 0), 8)), _LONGEST_REST)


_PACIFIC = ZoneInfo("America/Los_Angeles")


def period_of(source: Source | str, now: datetime) -> tuple[date, date]:
    """First day and day after the last of the budget that `now` falls in.

    YouTube counts units by the day and begins anew at midnight Pacific time
    (https://developers.google.com/youtube/v3/determine_quota_cost); credits are budgeted by the calendar month, UTC.
    """
    if source == Source.YOUTUBE:
        today = now.astimezone(_PACIFIC).date()
        return today, today + DAY
    first = now.astimezone(UTC).date().replace(day=1)
    return first, (first + timedelta(days=32)).replace(day=1)


def days_left(period: tuple[date, date], *, today: date) -> int:
    """Days of a budget period that are still to come, today among them."""
    return max((period[1] - max(today, period[0])).days, 0)


@dataclass(frozen=True)
class Planned:
    """So many profiles that are asked one question, at one price, every `pace`."""

    source: str
    profiles: int
    pace: timedelta
    price: int


def forecast(plan: Sequence[Planned], *, days: float) -> dict[str, int]:
    """Credits or units that `days` of the plan will take, by provider: an expectation, rounded to whole ones."""
    sums: dict[str, float] = {}
    for line in plan:
        times = timedelta(days=days) / line.pace
        sums[line.source] = sums.get(line.source, 0.0) + line.profiles * line.price * times
    return {source: round(credits) for source, credits in sums.items()}
