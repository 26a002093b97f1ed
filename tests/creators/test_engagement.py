from datetime import UTC, date, datetime, timedelta

import pytest

from creators.enums import ContentKind, RateBasis, Verdict
from creators.logic.benchmarks import benchmark_for
from creators.logic.engagement import Following, Piece, engagement_rate, verdict_of

NOW = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)


def piece(number=1, *, days=10, **fields):
    counts = {"likes": 300, "comments": 50, "shares": 42, "views": 4_000, **fields}
    return Piece(id=number, posted_at=NOW - timedelta(days=days), **{"kind": ContentKind.REEL, **counts})


def rate_over(pieces, *, basis=RateBasis.FOLLOWERS, following=None, platform="tiktok", tier="nano", kind=""):
    return engagement_rate(
        pieces, basis=basis, following=following or Following(newest=5_000),
        benchmark=benchmark_for(platform, tier, kind, basis=basis), source="Demo", now=NOW, kind=kind,
    )  # fmt: skip


def test_the_worked_example_of_the_seed_a_tiktok_nano_creator_of_five_thousand():
    # (likes + comments + shares) / followers, mean over the posts, held against 7.84
    rate = rate_over([piece(n) for n in range(15)])

    assert (round(rate.mean, 2), rate.n, rate.benchmark.rate) == (7.84, 15, 7.84)
    assert rate.verdict == Verdict.BELOW  # the seed asks for more than the benchmark


def test_the_worked_example_on_youtube_divides_by_views():
    counts = {"likes": 300, "comments": 20, "shares": None, "views": 4_000}
    rate = rate_over(
        [piece(n, **counts) for n in range(6)], basis=RateBasis.VIEWS, platform="youtube", following=Following()
    )

    assert (rate.mean, rate.benchmark.rate, rate.verdict) == (8.0, 5.23, Verdict.EXCEPTIONAL)
    assert (
        rate.words
        == "likes and comments (shares are not shown) over 6 posts, each by its own views, as the platform counts them"
    )


@pytest.mark.parametrize(
    ("rate", "verdict"),
    [
        (11.77, Verdict.EXCEPTIONAL), (11.76, Verdict.ABOVE), (7.85, Verdict.ABOVE), (7.84, Verdict.BELOW),
        (3.93, Verdict.BELOW), (3.92, Verdict.LOW), (0.0, Verdict.LOW),
    ],
)  # fmt: skip
def test_the_verdict_of_the_seed(rate, verdict):
    assert verdict_of(rate, 7.84) == verdict


@pytest.mark.parametrize(
    ("days_ago", "found"),
    [
        (30, (900, False)),
        (27, (100, True)),
        (16, (100, True)),
        (14, (200, True)),
        (3, (200, True)),
        (2, (900, False)),
    ],
)
def test_followers_are_those_of_the_nearest_count_within_a_week(days_ago, found):
    counted = Following(900, days=[(NOW - timedelta(days=20), 100), (NOW - timedelta(days=10), 200)])

    assert counted.at(NOW - timedelta(days=days_ago)) == found
    assert Following(900).at(NOW) == (900, False)


def test_the_mean_is_of_posts_and_not_of_sums():
    small = [piece(n, days=n + 3, likes=10, comments=0, shares=0, views=100) for n in range(4)]
    large = [piece(9, days=20, likes=0, comments=0, shares=0, views=100_000)]

    rate = rate_over(small + large, basis=RateBasis.VIEWS)

    assert (rate.mean, rate.median) == (8.0, 10.0)


def test_only_the_newest_fifteen_that_are_older_than_two_days_count():
    old = [piece(n, days=100 + n, likes=10_000) for n in range(10)]
    recent = [piece(100 + n, days=3 + n) for n in range(15)]
    young = [piece(200, days=1, likes=10_000)]

    rate = rate_over(old + young + recent)

    assert (rate.n, round(rate.mean, 2)) == (15, 7.84)
    assert rate.left_out == (("younger than 48 hours", 1),)
    assert (rate.first_on, rate.last_on) == (date(2026, 10, 16), date(2026, 10, 30))


def test_exactly_48_hours_is_old_enough():
    assert rate_over([piece(n, days=2) for n in range(5)]).n == 5


def test_an_unknown_count_is_no_nought():
    whole = [piece(n) for n in range(5)]
    gaps = [
        piece(10, likes=None),
        piece(11, comments=None),
        piece(12, shares=None),
        piece(13, likes=0, comments=0, shares=0),
    ]

    rate = rate_over(whole + gaps)

    assert rate.n == 6
    assert round(rate.mean, 3) == round(7.84 * 5 / 6, 3)
    assert rate.left_out == (("comments unknown", 1), ("likes unknown", 1), ("shares unknown", 1))


def test_removed_posts_and_stories_are_left_out():
    pieces = [piece(n) for n in range(5)] + [piece(6, is_removed=True), piece(7, kind=ContentKind.STORY)]

    rate = rate_over(pieces)

    assert (rate.n, rate.left_out) == (5, (("removed", 1),))


@pytest.mark.parametrize("fields", [{"views": None}, {"views": 0}])
def test_a_post_without_its_denominator_is_not_counted(fields):
    rate = rate_over([piece(n) for n in range(5)] + [piece(9, **fields)], basis=RateBasis.VIEWS)

    assert rate.n == 5
    assert rate.left_out in ((("views unknown", 1),), (("no views", 1),))


def test_too_few_posts_say_so_and_give_no_figure():
    rate = rate_over([piece(n) for n in range(3)])

    assert (rate.mean, rate.median, rate.saves, rate.verdict) == (None, None, None, None)
    assert rate.words == rate.verdict_words == "3 posts, 5 needed"


def test_followers_are_those_of_the_day_where_a_snapshot_is_near():
    days = [(NOW - timedelta(days=50), 1_000), (NOW - timedelta(days=11), 2_000)]
    pieces = [piece(n, days=10) for n in range(5)] + [piece(9, days=30)]

    rate = rate_over(pieces, following=Following(newest=5_000, days=days))

    assert round(rate.mean, 3) == round((5 * 392 / 2_000 + 392 / 5_000) / 6 * 100, 3)
    assert rate.denominator == "5 by the followers of their day, 1 by the newest count"


def test_saves_stand_beside_where_enough_posts_give_them():
    rate = rate_over([piece(n, saves=25) for n in range(5)])

    assert rate.saves == 0.5
    assert rate_over([piece(n) for n in range(5)]).saves is None


def test_a_kind_has_a_rate_of_its_own():
    pieces = [piece(n, kind=ContentKind.SHORT, views=1_000, likes=60, comments=0, shares=None) for n in range(5)]
    pieces += [piece(n + 10, kind=ContentKind.VIDEO) for n in range(5)]

    rate = rate_over(pieces, basis=RateBasis.VIEWS, platform="youtube", kind=ContentKind.SHORT)

    assert (rate.mean, rate.n, rate.benchmark.rate) == (6.0, 5, 4.5)


def test_no_benchmark_no_verdict():
    rate = rate_over([piece(n) for n in range(5)], platform="instagram", tier="micro")

    assert (rate.verdict, rate.benchmark) == (None, None)
    assert rate.verdict_words.startswith("No benchmark is published")
