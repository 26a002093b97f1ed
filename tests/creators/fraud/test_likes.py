"""Even likes, comments per like, engagement and views for the size, expected followers."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from creators.enums import Level, Platform, Tier
from creators.logic.fraud.expected import expected_from, own_expectations, s15
from creators.logic.fraud.facts import Day, Facts, Norm, Post
from creators.logic.fraud.likes import s9, s10, s11, s12
from creators.logic.fraud.norms import beyond, norm_of, norms_from, own_norms, shipped, standing

NOW = datetime(2026, 5, 31, 12, tzinfo=UTC)
LIVELY = [300, 180, 420, 260, 510, 240, 330, 150, 380, 290, 220, 460]
EVEN = [300 + 20 * (number % 3) for number in range(12)]


def account(likes=LIVELY, *, comments=6, views=None, followers=4_000, platform=Platform.INSTAGRAM, hours=72):
    views = views if isinstance(views, list) else [views] * len(likes)
    posts = tuple(
        Post(number, NOW - timedelta(hours=hours + 24 * number), likes=count, comments=comments, views=seen)
        for number, (count, seen) in enumerate(zip(likes, views, strict=True))
    )
    return Facts(platform, Tier.NANO, NOW, days=(Day(NOW.date(), followers),), posts=posts)


@pytest.mark.parametrize(
    ("likes", "level"),
    [
        pytest.param(LIVELY, Level.CLEAR, id="as people like"),
        pytest.param([300, 250, 350] * 4, Level.CLEAR, id="rather even"),
        pytest.param([300, 265, 335] * 4, Level.WATCH, id="too even"),
        pytest.param(EVEN, Level.FLAGGED, id="by order"),
        pytest.param(EVEN[:11], Level.INSUFFICIENT, id="eleven posts"),
        pytest.param([15] * 12, Level.INSUFFICIENT, id="a handful of likes"),
        pytest.param([None] * 12, Level.INSUFFICIENT, id="likes hidden"),
    ],
)
def test_even_likes(likes, level):
    assert s9(account(likes)).level == level


def test_unknown_comments_are_not_taken_for_none():
    assert s11(account(comments=None)).level == Level.INSUFFICIENT


def test_posts_of_the_last_two_days_do_not_count():
    assert s9(account(EVEN, hours=24)).level == Level.INSUFFICIENT


@pytest.mark.parametrize(
    ("comments", "level"),
    [
        (6, Level.CLEAR),
        (0, Level.CLEAR),
        (1, Level.CLEAR),
        (40, Level.WATCH),
        (90, Level.FLAGGED),
        (None, Level.INSUFFICIENT),
    ],
)
def test_comments_per_like(comments, level):
    assert s10(account(comments=comments)).level == level


@pytest.mark.parametrize(
    ("followers", "level"),
    [
        (4_000, Level.CLEAR),
        (120, Level.WATCH),
        (50, Level.FLAGGED),
        (40_000, Level.WATCH),
        (None, Level.INSUFFICIENT),
    ],
)
def test_engagement_against_the_tier(followers, level):
    assert s11(account(followers=followers)).level == level


def test_where_no_norm_is_known_a_rule_says_so():
    signal = s11(account(platform=Platform.LINKEDIN))

    assert (signal.level, signal.excess) == (Level.INSUFFICIENT, None)
    assert signal.reason == "No norm is known for this platform and size yet."


@pytest.mark.parametrize(
    ("views", "likes", "level"),
    [
        pytest.param([2_000, 3_000, 5_000] * 4, LIVELY, Level.CLEAR, id="as usual"),
        pytest.param([20, 40, 60] * 4, LIVELY, Level.FLAGGED, id="nobody watches"),
        pytest.param([200_000, 90_000, 400_000] * 4, [9_000] * 12, Level.CLEAR, id="a hit"),
        pytest.param([200_000, 90_000, 400_000] * 4, LIVELY, Level.FLAGGED, id="views that nobody likes"),
        pytest.param([5_000, 5_050, 4_990] * 4, LIVELY, Level.WATCH, id="equal views"),
        pytest.param(None, LIVELY, Level.INSUFFICIENT, id="no views known"),
    ],
)
def test_views_against_the_tier(views, likes, level):
    assert s12(account(likes, views=views, platform=Platform.YOUTUBE)).level == level


def clean_rows(count):
    """Creators of 500 to 20,000 followers, of whom a tenth like a post, give or take."""
    return [
        {
            "followers": size,
            "likes": size * 0.1 * (0.6 + (number % 9) / 10),
            "comments": size * 0.02 * (0.5 + number % 3),
        }
        for number, size in enumerate(500 + 97 * step for step in range(count))
    ]


@pytest.mark.parametrize(
    ("likes", "followers", "bought_likes", "bought_followers"),
    [
        ([400] * 12, 4_000, Level.CLEAR, Level.CLEAR),
        ([1_600] * 12, 4_000, Level.FLAGGED, Level.CLEAR),
        ([400] * 12, 40_000, Level.CLEAR, Level.FLAGGED),
        ([400] * 3, 4_000, Level.INSUFFICIENT, Level.INSUFFICIENT),
    ],
)
def test_own_creators_say_what_to_expect(likes, followers, bought_likes, bought_followers):
    facts = replace(account(likes, followers=followers), expectations=own_expectations(clean_rows(200)))

    assert (s11(facts).level, s15(facts).level) == (bought_likes, bought_followers)


def test_fewer_than_200_creators_lead_to_expect_nothing():
    assert own_expectations(clean_rows(199)) == {}
    assert s15(account()).reason == "It takes 200 creators of our own on this platform to know what to expect."


def test_own_norms_take_over_at_200_creators():
    norms = own_norms({"like_cv": [0.3] * 199, "engagement_rate": [0.01 + number / 1000 for number in range(200)]})
    facts = replace(account(), norms=norms)

    assert list(norms) == ["engagement_rate"]
    assert norm_of(facts, "engagement_rate") == norms["engagement_rate"]
    assert norms["engagement_rate"].basis == "200 of our own creators"


def test_a_norm_is_filled_along_a_lognormal_through_what_its_source_gives():
    norm = shipped()["tiktok", "*", "likes_per_view"]

    assert (norm.p50, norm.n) == (0.05, 223)
    assert norm.p01 < 0.019 < norm.p05 < norm.p50 < norm.p95 < 0.10 < norm.p99


def test_every_shipped_norm_rises():
    for norm in shipped().values():
        assert 0 < norm.p01 <= norm.p05 < norm.p50 < norm.p95 <= norm.p99


NORM = Norm(0.01, 0.02, 0.1, 0.5, 1.0, n=300, basis="an example")


@pytest.mark.parametrize(("value", "far"), [(0.1, 0), (1.0, 1), (0.01, -1), (10, 2)])
def test_excess_is_counted_from_the_middle_to_the_outer_percentile(value, far):
    assert beyond(value, NORM) == pytest.approx(far)


def test_below_a_norm_that_begins_at_nothing_nothing_is_unusual():
    assert beyond(0, replace(NORM, p01=0.0, p05=0.0)) == 0
    assert standing(0.1, replace(NORM, p01=0.0, p05=0.0)) == 0


def test_norms_need_a_value_and_leave_out_what_is_not_a_number():
    assert norms_from([1.0, float("nan"), 3.0]).n == 2
    with pytest.raises(ValueError, match="at least one"):
        norms_from([])


def test_each_creator_is_left_out_of_its_own_residual():
    rows = clean_rows(40)
    odd = {**rows[20], "likes": rows[20]["likes"] * 50}

    learnt = expected_from([*rows, odd], "likes")

    assert learnt.residuals.n == 41
    assert learnt.residuals.p99 > 3.5
