"""SociaVault's documented answers, over real HTTP, become records."""

from datetime import UTC, datetime

import pytest

from creators.enums import ContentKind, Failure, Platform, Source
from creators.providers.errors import ProviderError
from creators.providers.readers import comment_in
from creators.providers.records import Balance, CommentRecord, FollowerRecord, PostRecord, ProfileRecord
from creators.providers.sociavault import SociaVault
from tests.creators.providers.conftest import always, by_path

KEY = "sk_live_not_a_real_one"


@pytest.fixture
def vault(stub, client) -> SociaVault:
    return SociaVault(KEY, address=f"{stub.address}/v1", client=client)


def test_a_tiktok_profile(stub, vault):
    user = {"id": "6784", "uniqueId": "Ana.Cooks", "nickname": "Ana", "signature": "food", "verified": False}
    stats = {"followerCount": 5321, "followingCount": 210, "heartCount": 90_001, "videoCount": 88}
    stub.answer = always({"success": True, "data": {"user": user, "stats": stats}, "credits_used": 1})

    answer = vault.profile(Platform.TIKTOK, "ana.cooks")

    assert answer.value == ProfileRecord(
        platform_id="6784", handle="ana.cooks", name="Ana", bio="food", followers=5321, following=210, posts=88,
        likes=90_001, is_verified=False,
    )  # fmt: skip
    assert (answer.source, answer.credits, answer.calls) == (Source.SOCIAVAULT, 1, 1)
    assert (stub.asked[0].path, stub.asked[0].params) == ("v1/scrape/tiktok/profile", {"handle": "ana.cooks"})
    assert stub.asked[0].headers["x-api-key"] == KEY


def test_the_older_envelope_of_tiktok_is_read_too(stub, vault):
    info = {"user": {"id": "6784", "uniqueId": "ana"}, "stats": {"followerCount": 12, "heartCount": -2_147_483_648}}
    stub.answer = always({"success": True, "data": {"userInfo": info, "statsV2": {"heartCount": "4300000000"}}})

    record = vault.profile(Platform.TIKTOK, "ana").value

    assert (record.followers, record.likes, record.following) == (12, 4_300_000_000, None)


def test_an_instagram_profile_below_two_envelopes(stub, vault):
    user = {
        "id": "17", "username": "ana", "full_name": "Ana", "biography": "x", "is_private": True, "is_verified": False,
        "edge_followed_by": {"count": 1200}, "edge_follow": {"count": 3},
        "edge_owner_to_timeline_media": {"count": 0},
    }  # fmt: skip
    stub.answer = always({"success": True, "data": {"data": {"user": user}}})

    record = vault.profile(Platform.INSTAGRAM, "ana").value

    assert record == ProfileRecord("17", "ana", "Ana", "x", 1200, 1, 3, 0, is_private=True, is_verified=False)


def test_youtube_subscribers_are_rounded(stub, vault):
    stub.answer = always({"data": {"channelId": "UC1", "handle": "@Ana", "subscriberCountText": "12.3K subscribers"}})

    record = vault.profile(Platform.YOUTUBE, "ana", platform_id="UC1").value

    assert (record.followers, record.followers_step, record.handle) == (12_300, 100, "ana")
    assert stub.asked[0].params == {"channelId": "UC1"}


def test_an_x_profile(stub, vault):
    legacy = {"screen_name": "Ana", "followers_count": "1,204", "statuses_count": 7, "description": "hi"}
    stub.answer = always({"data": {"rest_id": "99", "legacy": legacy}})

    record = vault.profile(Platform.X, "ana").value

    assert (record.platform_id, record.handle, record.followers, record.posts) == ("99", "ana", 1204, 7)


def tiktok_post(number: int, **more) -> dict:
    statistics = {"play_count": 900, "digg_count": 50, "comment_count": 4, "share_count": 2}
    return {"aweme_id": str(number), "desc": "hi", "create_time": 1_700_000_000, "statistics": statistics, **more}


def test_tiktok_posts_come_in_pages_of_objects_keyed_by_index(stub, vault):
    pages = [
        {"aweme_list": {"0": tiktok_post(1), "1": tiktok_post(2), "10": tiktok_post(11), "2": tiktok_post(3)},
         "max_cursor": 77, "has_more": 1},
        {"aweme_list": {"0": tiktok_post(4), "1": tiktok_post(1)}, "max_cursor": 99, "has_more": 0},
    ]  # fmt: skip
    stub.answer = by_path({"tiktok/videos": [{"success": True, "data": page, "credits_used": 5} for page in pages]})

    answer = vault.posts(Platform.TIKTOK, "ana", limit=30)

    assert [post.platform_id for post in answer.value] == ["1", "2", "3", "11", "4"]
    assert answer.value[0] == PostRecord(
        "1", ContentKind.REEL, datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC), "https://www.tiktok.com/@ana/video/1",
        "hi", likes=50, comments=4, shares=2, views=900,
    )  # fmt: skip
    assert (answer.calls, answer.credits, len(answer.payloads)) == (2, 10, 2)
    assert stub.asked[1].params == {"handle": "ana", "max_cursor": "77"}


def test_a_later_page_that_fails_leaves_the_newest_posts(stub, vault):
    first = {"data": {"aweme_list": [tiktok_post(1)], "max_cursor": 77, "has_more": True}}
    stub.answer = by_path({"tiktok/videos": [first, {"data": {"something": "else"}}]})

    answer = vault.posts(Platform.TIKTOK, "ana")

    assert [post.platform_id for post in answer.value] == ["1"]


def test_paging_ends_where_the_cursor_goes_in_circles(stub, vault):
    stub.answer = always({"data": {"aweme_list": [tiktok_post(1)], "max_cursor": 77, "has_more": True}})

    answer = vault.posts(Platform.TIKTOK, "ana")

    assert (len(answer.value), answer.calls) == (1, 2)


def test_no_posts_is_an_answer(stub, vault):
    stub.answer = always({"success": True, "data": {"aweme_list": {}, "has_more": 0}})

    assert vault.posts(Platform.TIKTOK, "ana").value == []


def test_instagram_posts_by_kind(stub, vault):
    items = [
        {"id": "1_9", "code": "Aa", "caption": {"text": "a"}, "taken_at": 1_700_000_000, "like_count": 5,
         "comment_count": 1, "play_count": 99, "media_type": 2, "product_type": "clips", "is_paid_partnership": True},
        {"code": "Bb", "caption": "plain", "like_count": 3, "like_and_view_counts_disabled": True, "media_type": 8},
        {"code": "Cc", "caption": None, "like_count": -1, "media_type": 2},
    ]  # fmt: skip
    stub.answer = always({"data": {"items": items, "more_available": False}})

    posts = vault.posts(Platform.INSTAGRAM, "ana").value

    assert [(each.platform_id, each.kind, each.likes, each.comments, each.views) for each in posts] == [
        ("Aa", ContentKind.REEL, 5, 1, 99),
        ("Bb", ContentKind.POST, None, None, None),
        ("Cc", ContentKind.VIDEO, None, None, None),
    ]
    assert [each.caption for each in posts] == ["a", "plain", ""]
    assert [each.is_paid_partnership for each in posts] == [True, None, None]
    assert posts[0].url == "https://www.instagram.com/p/Aa/"


def test_youtube_videos_are_asked_one_by_one_for_their_likes(stub, vault):
    videos = {"0": {"id": "v1", "title": "One", "viewCountInt": 10, "publishDate": "2026-10-01T10:00:00Z"},
              "1": {"id": "v2", "title": "Two", "viewCountInt": 20, "publishedTime": "2 days ago", "type": "short"}}  # fmt: skip
    stub.answer = by_path({
        "youtube/channel-videos": {"data": {"videos": videos}, "credits_used": 1},
        "youtube/video": [{"data": {"likeCountInt": 7, "commentCountInt": 2, "viewCountInt": 11}, "credits_used": 1},
                          {"data": {"nothing": "known"}, "credits_used": 1}],
    })  # fmt: skip

    answer = vault.posts(Platform.YOUTUBE, "ana", limit=2)

    assert [(each.views, each.likes, each.comments, each.kind) for each in answer.value] == [
        (11, 7, 2, ContentKind.VIDEO),
        (20, None, None, ContentKind.SHORT),
    ]
    assert [each.posted_at for each in answer.value] == [datetime(2026, 10, 1, 10, tzinfo=UTC), None]
    assert (answer.credits, answer.calls) == (3, 3)
    assert vault.price_of("posts", Platform.YOUTUBE, limit=2) >= answer.credits


def test_tweets(stub, vault):
    tweet = {
        "rest_id": "5", "views": {"count": "1200"},
        "legacy": {"full_text": "hello", "created_at": "Wed Oct 10 20:19:24 +0000 2018", "favorite_count": 3,
                   "retweet_count": 0, "reply_count": 1},
    }  # fmt: skip
    stub.answer = always({"data": {"tweets": {"0": tweet}}})

    (post,) = vault.posts(Platform.X, "ana").value

    assert post == PostRecord(
        "5", ContentKind.TEXT, datetime(2018, 10, 10, 20, 19, 24, tzinfo=UTC), "https://x.com/ana/status/5", "hello",
        likes=3, comments=1, shares=0, views=1200,
    )  # fmt: skip


def test_comments_of_instagram(stub, vault):
    comment = {"id": "8", "text": "so\x00 nice \ud83d", "created_at": 1_700_000_000, "user": {"username": "bob"}}
    stub.answer = always({"data": {"comments": {"0": comment, "1": {"id": "9"}}, "cursor": None}})

    answer = vault.comments(Platform.INSTAGRAM, "https://www.instagram.com/p/Aa/")

    assert answer.value == [
        CommentRecord("8", "bob", "so nice", datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC))
    ]  # fmt: skip


def test_comments_of_tiktok_at_the_top_of_the_answer(stub, vault):
    comment = {"cid": "8", "text": "hi", "create_time": 1_700_000_000, "digg_count": 2, "user": {"unique_id": "bob"},
               "reply_id": "0"}  # fmt: skip
    stub.answer = always({"success": True, "comments": [comment], "cursor": 20, "has_more": 0, "total": 1})

    (found,) = vault.comments(Platform.TIKTOK, "https://www.tiktok.com/@ana/video/1").value

    assert (found.platform_id, found.author, found.likes, found.reply_to) == ("8", "bob", 2, "")


def test_followers_keep_no_name(stub, vault):
    follower = {"unique_id": "user12345678", "signature": "", "follower_count": 3, "following_count": 900,
                "aweme_count": 0, "avatar_thumb": {"uri": ""}, "secret": False}  # fmt: skip
    stub.answer = always({"data": {"followers": {"0": follower}, "has_more": False}})

    answer = vault.followers(Platform.TIKTOK, "ana")

    assert answer.value == [FollowerRecord(3, 900, 0, False, False, 0.6667, 12, 0)]


def test_what_is_not_offered_is_not_asked(stub, vault):
    with pytest.raises(ProviderError) as caught:
        vault.followers(Platform.INSTAGRAM, "ana")

    assert caught.value.failure is Failure.NOT_OFFERED
    assert not vault.offers("profile", Platform.PINTEREST)
    assert not vault.offers("posts", Platform.LINKEDIN)
    assert stub.asked == []


def test_the_twin_has_its_own_addresses(stub, client):
    twin = SociaVault(KEY, address=f"{stub.address}/scrapecreators", client=client)
    stub.answer = always(
        {"success": True, "user": {"id": "1", "uniqueId": "ana"}, "statsV2": {"followerCount": "55"}}
    )

    record = twin.profile(Platform.TIKTOK, "ana").value

    assert record.followers == 55
    assert stub.asked[0].path == "scrapecreators/v1/tiktok/profile"


@pytest.mark.parametrize(
    ("payload", "balance"),
    [
        ({"success": True, "data": {"credits": 4200}}, Balance(4200, None, "4,200 credits are left.")),
        ({"credits": {"remaining": 5, "total": 10}}, Balance(5, 10, "5 credits are left.")),
        ({"creditCount": "77"}, Balance(77, None, "77 credits are left.")),
        ({"success": True}, Balance(None, None, "The key works; credits left are not told.")),
    ],
)
def test_the_balance(stub, vault, payload, balance):
    stub.answer = always(payload)

    assert vault.balance() == balance
    assert stub.asked[0].path == "v1/credits"


def test_a_comment_that_the_creator_pinned_is_not_the_creators_own():
    item = {"cid": "1", "text": "Nice", "user": {"unique_id": "bob"}, "author_pin": True}

    comment = comment_in(item, Platform.TIKTOK)

    assert comment is not None and not comment.is_by_creator
