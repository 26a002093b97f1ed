"""Jumps, what explains them, who leaves after, and follow-unfollow."""

from datetime import UTC, datetime, timedelta

import pytest

from creators.enums import CauseKind, Level, Platform, Tier
from creators.logic.fraud.facts import Cause, Day, Facts, Post
from creators.logic.fraud.growth import s1, s2, s3, s4

NOW = datetime(2026, 5, 31, 12, tzinfo=UTC)
FEW_VIEWS = (Post(1, NOW - timedelta(days=20), views=2_000),)
MANY_VIEWS = (Post(1, NOW - timedelta(days=20), views=900_000),)


def counted(*followers, following=None, views=None):
    """Days that end today, one a count; None is a day without a count."""
    start = NOW.date() - timedelta(days=len(followers) - 1)
    return tuple(
        Day(
            start + timedelta(days=place),
            count,
            following=following and following[place],
            views=views and views[place],
        )
        for place, count in enumerate(followers)
    )


def steady(days, *, start=8_000, gain=10):
    return [start + gain * day + day % 3 for day in range(days)]


def facts(days=(), **more):
    return Facts(**{"platform": Platform.TIKTOK, "tier": Tier.NANO, "now": NOW, "days": days} | more)


QUIET = steady(30)
JUMP = [*steady(28), 9_300, 9_310]
SLOW_JUMP = [*steady(25), 8_600, 8_900, 9_200, 9_210, 9_220]
DRIP = steady(30, gain=70)


@pytest.mark.parametrize(
    ("followers", "posts", "level"),
    [
        pytest.param(QUIET, FEW_VIEWS, Level.CLEAR, id="quiet"),
        pytest.param(JUMP, FEW_VIEWS, Level.FLAGGED, id="a jump that views do not explain"),
        pytest.param(SLOW_JUMP, FEW_VIEWS, Level.FLAGGED, id="spread over three days"),
        pytest.param(JUMP, MANY_VIEWS, Level.CLEAR, id="a viral video"),
        pytest.param(JUMP, (), Level.WATCH, id="no views known"),
        pytest.param(JUMP, (Post(1, NOW - timedelta(days=20)),), Level.WATCH, id="a post without a count of views"),
        pytest.param(DRIP, FEW_VIEWS, Level.CLEAR, id="slower than a percent a day"),
        pytest.param(QUIET[:8], FEW_VIEWS, Level.INSUFFICIENT, id="eight days"),
        pytest.param([], FEW_VIEWS, Level.INSUFFICIENT, id="no days"),
        pytest.param([None] * 30, FEW_VIEWS, Level.INSUFFICIENT, id="days without counts"),
        pytest.param([0] * 30, FEW_VIEWS, Level.CLEAR, id="nobody follows"),
        pytest.param(
            [*steady(26), None, None, 8_800, 8_800], FEW_VIEWS, Level.FLAGGED, id="across a gap of three days"
        ),
        pytest.param([*steady(20), *[None] * 8, 8_800, 8_800], FEW_VIEWS, Level.CLEAR, id="a longer gap hides it"),
    ],
)
def test_a_jump_is_a_flag_only_where_views_are_known_and_do_not_explain_it(followers, posts, level):
    assert s1(facts(counted(*followers), posts=posts)).level == level


def test_a_flag_says_what_was_seen_in_plain_words():
    signal = s1(facts(counted(*JUMP), posts=FEW_VIEWS))

    assert signal.reason == (
        "1,030 followers more (12%) in a day up to 30 May; usual are 11, and 2,000 views do not explain it"
        " (51.5% of viewers would have followed)."
    )
    assert signal.value and signal.threshold and signal.value > signal.threshold
    assert signal.n == 22
    assert signal.evidence["days"] == ["2026-05-30", "2026-05-31"]


def test_views_of_the_account_count_for_the_window_alone():
    viral = [1_000_000 + 3_000 * day for day in range(28)] + [1_200_000, 1_210_000]
    flat = [1_000_000 + 3_000 * day for day in range(30)]

    assert s1(facts(counted(*JUMP, views=viral))).level == Level.CLEAR
    assert s1(facts(counted(*JUMP, views=flat))).level == Level.FLAGGED


def test_views_that_do_not_rise_with_the_followers_explain_nothing_however_many_they_are():
    plenty = [1_000_000 + 200_000 * day for day in range(30)]

    assert s1(facts(counted(*JUMP, views=plenty))).level == Level.FLAGGED


@pytest.mark.parametrize(
    ("days_before", "level"),
    [(-1, Level.FLAGGED), (0, Level.FLAGGED), (1, Level.CLEAR), (7, Level.CLEAR), (8, Level.FLAGGED)],
)
def test_a_cause_silences_the_week_that_begins_with_it(days_before, level):
    jump_on = NOW.date() - timedelta(days=1)
    cause = Cause(jump_on - timedelta(days=days_before - 1), CauseKind.GIVEAWAY)
    only_the_jump = counted(*JUMP)[:-1]

    assert s1(facts(only_the_jump, posts=FEW_VIEWS, causes=(cause,))).level == level


def test_a_campaign_post_silences_growth():
    post = Post(2, NOW - timedelta(days=2), views=500, is_campaign=True)

    signal = s1(facts(counted(*JUMP), posts=(*FEW_VIEWS, post)))

    assert (signal.level, "a campaign post" in signal.reason) == (Level.CLEAR, True)


def test_counts_of_three_figures_do_not_jump_by_their_rounding():
    rounded = [99_900] * 10 + [100_000] * 10 + [101_000] * 10

    assert s1(facts(counted(*rounded), platform=Platform.YOUTUBE, posts=FEW_VIEWS)).level == Level.CLEAR


def test_the_view_check_shows_its_rate():
    signal = s2(facts(counted(*JUMP), posts=FEW_VIEWS))

    assert (signal.level, signal.value, signal.excess) == (Level.FLAGGED, pytest.approx(0.515), None)
    assert s2(facts(counted(*QUIET), posts=FEW_VIEWS)).level == Level.INSUFFICIENT


BOUGHT = [*steady(15), *(9_500 for _ in range(3))]


@pytest.mark.parametrize(
    ("after", "following", "posts", "level"),
    [
        pytest.param([9_490] * 12, 300, FEW_VIEWS, Level.CLEAR, id="they stay"),
        pytest.param([9_300, 9_100, 9_000, *[8_950] * 9], 300, FEW_VIEWS, Level.FLAGGED, id="they leave"),
        pytest.param([9_300, 9_100, 9_000, *[8_950] * 9], 300, (), Level.WATCH, id="they leave, no views known"),
        pytest.param(
            [9_300, 9_100, 9_000, *[8_950] * 9], 300, MANY_VIEWS, Level.CLEAR, id="a viral hit's guests leave"
        ),
        pytest.param([9_300, 9_100], 300, FEW_VIEWS, Level.INSUFFICIENT, id="too early"),
        pytest.param(
            [9_300, 9_100, 9_000, *[8_950] * 9], 3_000, FEW_VIEWS, Level.INSUFFICIENT, id="it unfollowed too"
        ),
    ],
)
def test_followers_that_leave_after_a_jump(after, following, posts, level):
    series = [*BOUGHT, *after]
    followed = [following] * 20 + [300] * (len(series) - 20)

    assert s3(facts(counted(*series, following=followed[: len(series)]), posts=posts)).level == level


def test_what_left_is_held_against_the_whole_jump_and_not_its_first_day():
    three_days = [*steady(15), 8_700, 9_300, 9_900, *[9_000] * 12]

    signal = s3(facts(counted(*three_days), posts=FEW_VIEWS))

    assert signal.value == pytest.approx(900 / 1_760, rel=0.01)
    assert signal.reason == "1,758 followers came with the jump of 17 May; 51% of them had left within 30 days."


@pytest.mark.parametrize(
    ("following", "level"),
    [
        ([500] * 40, Level.CLEAR),
        ([500, 600, 500, 600, 500] + [500] * 30, Level.CLEAR),
        ([500, 600, 500, 600, 500, 600, 500] + [500] * 30, Level.WATCH),
        ([500, 600, 500, 600, 500, 600, 500], Level.INSUFFICIENT),
        ([500 + 5 * (day % 4) for day in range(40)], Level.CLEAR),
    ],
)
def test_three_rounds_of_follow_and_unfollow_are_a_habit(following, level):
    assert s4(facts(counted(*following, following=following))).level == level
