from datetime import UTC, datetime, timedelta

import pytest

from creators.enums import Level, Platform
from creators.logic.fraud.facts import Comment, Facts, Post
from creators.logic.fraud.pods import kendall_tau, s8

NOW = datetime(2026, 6, 1, tzinfo=UTC)


def facts(*threads: str) -> Facts:
    """A post a thread; each letter is an author, a quarter of an hour after the one before."""
    posts = tuple(Post(number, NOW - timedelta(days=number)) for number in range(len(threads)))
    comments = tuple(
        Comment(100 * post.id + place, post.id, author, "hello", post.posted_at + place * timedelta(minutes=15))
        for post, thread in zip(posts, threads, strict=True)
        for place, author in enumerate(thread)
    )
    return Facts(Platform.INSTAGRAM, None, NOW, posts=posts, comments=comments)


@pytest.mark.parametrize(
    ("places", "tau"), [([0, 1, 2, 3], 1), ([3, 2, 1, 0], -1), ([1, 0, 2], 1 / 3), ([0], 0), ([], 0)]
)
def test_kendalls_tau(places, tau):
    assert kendall_tau(places) == pytest.approx(tau)


def test_different_readers_are_clear():
    signal = s8(facts("abcde", "fghij", "klmno", "pqrst", "uvwxy"))

    assert (signal.level, signal.value, signal.n) == (Level.CLEAR, 0, 5)
    assert signal.excess == 0


def test_the_same_authors_under_every_post_are_watched_and_no_more():
    signal = s8(facts(*["abcdefg"] * 12))

    assert (signal.level, signal.value, signal.n) == (Level.WATCH, 1, 12)
    assert signal.evidence == {"posts": list(range(12)), "same_order": 1, "regulars_in_first_hour": 1}


def test_a_few_friends_among_many_are_clear():
    assert s8(facts("abcdef", "abuvwx", "klabno", "pqabst", "uabxyz")).level == Level.CLEAR


def test_the_same_order_is_watched_though_most_authors_differ():
    signal = s8(
        facts(*["abcde" + "".join(chr(300 + 50 * number + place) for place in range(9)) for number in range(6)])
    )

    assert signal.value is not None
    assert signal.value < 0.4
    assert (signal.level, signal.evidence["same_order"]) == (Level.WATCH, 1)


@pytest.mark.parametrize("threads", [[], ["abcdef"] * 4, ["abcd"] * 12, ["aaaaaaaa"] * 12])
def test_too_few_posts_or_authors_are_insufficient(threads):
    assert s8(facts(*threads)).level == Level.INSUFFICIENT
