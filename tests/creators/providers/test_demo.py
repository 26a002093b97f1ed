"""The demo provider: the same handle and day always give the same numbers, and the providers can read them."""

from datetime import date, timedelta

import pytest

from config.lib.http import make_client
from creators.enums import Failure, Platform, Source
from creators.logic.demo import BUYS_FOLLOWERS, followers_on, habit_of, posts_on
from creators.providers.errors import ProviderError
from creators.providers.registry import Key, provider_with
from creators.providers.sociavault import SociaVault

DAY = date(2026, 11, 2)
FOUR = [Platform.TIKTOK, Platform.INSTAGRAM, Platform.YOUTUBE, Platform.X]


@pytest.fixture
def provider(demo):
    with make_client(private_hosts=[demo.host]) as client:
        yield SociaVault("demo", address=f"{demo.address}/on/{DAY}/v1", source=Source.DEMO, client=client)


@pytest.mark.parametrize("platform", FOUR)
def test_a_profile_with_posts_and_comments_on_every_platform(provider, platform):
    profile = provider.profile(platform, "ana.cooks")
    posts = provider.posts(platform, "ana.cooks", limit=15)
    comments = [provider.comments(platform, post.url, limit=40).value for post in posts.value[5:]]

    assert profile.value.handle == "ana.cooks"
    assert profile.value.followers == pytest.approx(followers_on("ana.cooks", DAY), rel=0.01)
    assert len(posts.value) == 15
    assert all(post.likes is not None and post.comments is not None for post in posts.value)
    assert [post.posted_at for post in posts.value] == sorted((post.posted_at for post in posts.value), reverse=True)
    assert any(comments)
    assert (profile.source, profile.credits) == (Source.DEMO, 1)


def test_followers_over_pages(provider):
    answer = provider.followers(Platform.TIKTOK, "ana.cooks", limit=200)

    assert len(answer.value) == 200
    assert answer.calls == 4


def test_the_same_question_has_the_same_answer(provider):
    assert provider.posts(Platform.TIKTOK, "ana") == provider.posts(Platform.TIKTOK, "ana")


def test_an_account_that_is_gone(provider):
    with pytest.raises(ProviderError) as caught:
        provider.profile(Platform.TIKTOK, "gone_girl")

    assert caught.value.failure is Failure.GONE


def test_the_balance(provider):
    assert provider.balance().left == 100_000


def test_the_present_day_is_served_without_a_day_in_the_address(demo, settings):
    settings.PROVIDER_PRIVATE_HOSTS = [demo.host]

    provider = provider_with(Key(Source.DEMO, "demo", address=f"{demo.address}/v1"))

    assert provider.profile(Platform.TIKTOK, "ana").value.followers


def test_counts_of_a_post_only_grow():
    for handle in ("ana", "bo", "cleo"):
        before = {post.id: post for post in posts_on(handle, DAY, limit=30)}
        after = {post.id: post for post in posts_on(handle, DAY + timedelta(days=1), limit=30)}
        both = before.keys() & after.keys()
        assert both
        assert all(after[each].likes >= before[each].likes for each in both)


def test_who_buys_followers_jumps():
    buyer = next(name for name in (f"creator{number}" for number in range(200)) if habit_of(name) == BUYS_FOLLOWERS)
    days = [followers_on(buyer, DAY - timedelta(days=back)) for back in range(60, -1, -1)]

    assert max(after / before for before, after in zip(days, days[3:], strict=False)) > 1.05
