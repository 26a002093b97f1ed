"""How each creator does now: the whole table in one statement, held against the rules that the pages go by."""

from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import connection
from django_scopes import scope

from creators.actions.pulses import take_pulses
from creators.enums import ContentKind, RateBasis, Tier
from creators.logic.benchmarks import benchmark_for
from creators.logic.engagement import verdict_of
from creators.models import Post, ProfileSnapshot, Pulse
from creators.queries.rates import headline_of, rate_facts
from tests.creators.test_benchmark_cells import make_posts
from tests.factories import NOW, make_creator

pytestmark = pytest.mark.django_db


def pulse_of(creator):
    take_pulses(now=NOW)
    return Pulse.objects.filter(creator=creator).first()


@contextmanager
def held_elsewhere(lock):
    """The lock is held by a connection of its own for a block."""
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("select pg_advisory_lock(hashtext(%s))", [lock])
        yield
    finally:
        other.close()


def assert_as_the_page_says(creator):
    """The night's figure is the one that the Numbers page computes from the same rows."""
    pulse = pulse_of(creator)
    with scope(brand=[]):
        headline = headline_of(rate_facts(creator.profiles.get(is_main=True), now=NOW), now=NOW)
    mean = None if headline.mean is None else pytest.approx(headline.mean)
    assert (pulse.rate, pulse.n if pulse.rate is not None else headline.n) == (mean, headline.n)
    assert pulse.verdict == (headline.verdict or "")


@pytest.mark.parametrize(
    ("platform", "followers", "counts"),
    [
        ("tiktok", 5_000, {"likes": 400}),
        ("tiktok", 5_000, {"likes": 3}),
        ("instagram", 20_000, {"likes": 300, "shares": None}),
        ("youtube", 900_000, {"likes": 30, "views": 1_000}),
        ("newsletter", 5_000, {"likes": 30}),
        ("tiktok", None, {"likes": 30}),
        ("tiktok", 5_000, {"likes": None}),
    ],
)
def test_a_pulse_is_what_the_page_says_of_the_same_posts(platform, followers, counts):
    creator = make_creator("anna", platform=platform, followers=followers)
    profile = creator.profiles.get()
    make_posts(profile, 12, **counts)
    make_posts(profile, 4, days=3, kind=ContentKind.STORY, likes=9_999)
    make_posts(profile, 3, days=-2, likes=9_999)
    ProfileSnapshot.objects.create(profile=profile, seen_at=NOW - timedelta(days=12), source="demo", followers=4_000)
    Post.objects.filter(platform_id__startswith="reel-10-1").update(removed_at=NOW)

    assert_as_the_page_says(creator)


@pytest.mark.parametrize("times", [0.5, 0.500001, 1, 1.000001, 1.5, 1.500001])
def test_a_verdict_turns_where_the_rule_says(times):
    found = benchmark_for("tiktok", Tier.NANO, basis=RateBasis.FOLLOWERS, cells=[])
    assert found
    creator = make_creator("anna", followers=5_000)
    rate = found.rate * times
    # So many followers on the day of each post that a like is a ten millionth of a percent.
    ProfileSnapshot.objects.create(
        profile=creator.profiles.get(), seen_at=NOW - timedelta(days=12), source="demo", followers=1_000_000_000
    )
    make_posts(creator.profiles.get(), likes=round(rate * 10_000_000))

    pulse = pulse_of(creator)

    assert pulse.verdict == verdict_of(pulse.rate, found.rate)


def test_the_last_post_of_any_profile_counts_and_one_that_is_gone_or_to_come_does_not():
    creator = make_creator("anna")
    other = creator.profiles.create(platform="x", handle="anna")
    make_posts(creator.profiles.get(is_main=True), 1, days=9)
    make_posts(other, 1, days=4)
    make_posts(other, 1, days=2, removed_at=NOW)
    make_posts(other, 1, days=-1)

    pulse = pulse_of(creator)

    assert (pulse.posted_at, pulse.rate, pulse.verdict) == (NOW - timedelta(days=4), None, "")


def test_every_night_says_all_anew():
    creator, silent = make_creator("anna"), make_creator("bo")
    posts = make_posts(creator.profiles.get())
    take_pulses(now=NOW)
    Post.objects.filter(pk__in=[post.pk for post in posts]).delete()
    make_posts(silent.profiles.get())

    assert take_pulses(now=NOW) == 1
    assert [pulse.creator for pulse in Pulse.objects.all()] == [silent]


def test_while_another_process_takes_them_nothing_is_done():
    make_posts(make_creator("anna").profiles.get())

    with held_elsewhere("troupe: pulses"):
        assert take_pulses(now=NOW) is None
    assert not Pulse.objects.exists()
