"""How often to ask, and when again."""

from datetime import UTC, date, datetime, timedelta

import pytest

from creators.enums import Question, Source, Stage, Track
from creators.logic.refresh import (
    DAY,
    MONTH,
    PACE,
    Planned,
    Standing,
    comments_due_at,
    days_left,
    forecast,
    next_comments_at,
    period_of,
    rest_of,
    standing_of,
    try_again_at,
)  # fmt: skip

NOW = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("spans", "standing"),
    [
        ([], Standing.RESTING),
        ([(Track.STAGE, Stage.INACTIVE)], Standing.RESTING),
        ([(Track.STAGE, Stage.PROSPECT)], Standing.KNOWN),
        ([(Track.STAGE, Stage.SEEDED), (Track.WHITELISTED, "")], Standing.KNOWN),
        ([(Track.STAGE, Stage.INACTIVE), (Track.STAGE, Stage.LIVE)], Standing.WORKING),
        ([(Track.STAGE, Stage.CONTRACTED)], Standing.WORKING),
        ([(Track.STAGE, Stage.LIVE), (Track.TOP_PERFORMER, "")], Standing.WATCHED),
    ],
)
def test_the_closest_watch_of_all_brands_counts(spans, standing):
    assert standing_of(spans) == standing


def test_who_is_vetted_is_watched():
    assert standing_of([], is_vetted=True) == Standing.WATCHED


@pytest.mark.parametrize(
    ("standing", "profile", "posts"),
    [
        (Standing.RESTING, 30, 30),
        (Standing.KNOWN, 1, 7),
        (Standing.WORKING, 1, 2),
        (Standing.WATCHED, 1, 1),
    ],
)
def test_the_pace_in_days(standing, profile, posts):
    assert (PACE[standing][Question.PROFILE], PACE[standing][Question.POSTS]) == (profile * DAY, posts * DAY)


def test_comments_are_sampled_when_settled_and_then_monthly():
    posted = NOW - timedelta(hours=10)

    assert comments_due_at(posted, None, now=NOW) == posted + timedelta(hours=48)
    assert comments_due_at(posted, NOW, now=NOW) == NOW + MONTH
    assert next_comments_at([(posted, None), (posted, NOW)], now=NOW) == posted + timedelta(hours=48)
    assert next_comments_at([], now=NOW) == NOW + MONTH


@pytest.mark.parametrize(("failures", "minutes"), [(1, 10), (2, 40), (3, 160), (4, 640), (5, 1440), (50, 1440)])
def test_pauses_grow_up_to_a_day(failures, minutes):
    assert try_again_at(failures, now=NOW) == NOW + timedelta(minutes=minutes)


def test_the_providers_own_moment_counts():
    assert try_again_at(1, now=NOW, retry_after=timedelta(hours=3)) == NOW + timedelta(hours=3)
    assert try_again_at(3, now=NOW, retry_after=timedelta(seconds=3)) == NOW + timedelta(minutes=160)


@pytest.mark.parametrize(("failures", "minutes"), [(5, 5), (6, 10), (9, 80), (10, 120), (99, 120)])
def test_a_provider_rests_longer_each_time(failures, minutes):
    assert rest_of(failures) == timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("source", "now", "period"),
    [
        (Source.SOCIAVAULT, NOW, (date(2026, 11, 1), date(2026, 12, 1))),
        (Source.SOCIAVAULT, datetime(2026, 12, 31, 23, 59, tzinfo=UTC), (date(2026, 12, 1), date(2027, 1, 1))),
        (Source.YOUTUBE, datetime(2026, 11, 2, 7, 59, tzinfo=UTC), (date(2026, 11, 1), date(2026, 11, 2))),
        (Source.YOUTUBE, datetime(2026, 11, 2, 8, 0, tzinfo=UTC), (date(2026, 11, 2), date(2026, 11, 3))),
    ],
)
def test_periods_begin_where_the_provider_counts_from(source, now, period):
    assert period_of(source, now) == period


def test_a_forecast_adds_up_by_provider():
    plan = [
        Planned(Source.SOCIAVAULT, 100, DAY, 1),
        Planned(Source.SOCIAVAULT, 30, 2 * DAY, 3),
        Planned(Source.YOUTUBE, 10, MONTH, 3),
    ]

    assert forecast(plan, days=30) == {Source.SOCIAVAULT: 3000 + 1350, Source.YOUTUBE: 30}


def test_today_is_among_the_days_left():
    assert days_left((date(2026, 11, 1), date(2026, 12, 1)), today=date(2026, 11, 30)) == 1
