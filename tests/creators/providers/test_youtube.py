"""The YouTube Data API's documented answers, over real HTTP."""

from datetime import UTC, datetime, timedelta

import pytest

from creators.enums import ContentKind, Failure, Platform
from creators.providers.demo_server import Said
from creators.providers.errors import ProviderError
from creators.providers.records import CommentRecord, PostRecord, ProfileRecord
from creators.providers.youtube import YouTube, seconds_of, video_id_in
from tests.creators.providers.conftest import always, by_path

KEY = "AIza_not_a_real_one"
CHANNEL = {
    "id": "UCx", "snippet": {"title": "Ana", "description": "food", "customUrl": "@AnaCooks"},
    "statistics": {"viewCount": "120345", "subscriberCount": "12300", "hiddenSubscriberCount": False, "videoCount": "41"},
    "contentDetails": {"relatedPlaylists": {"uploads": "UUx"}},
}  # fmt: skip


@pytest.fixture
def youtube(stub, client) -> YouTube:
    return YouTube(KEY, address=f"{stub.address}/youtube/v3", client=client)


def listed(*items, **more) -> dict:
    return {"kind": "youtube#listResponse", "items": list(items), **more}


def refused(status: int, reason: str, message: str = "No.") -> Said:
    return Said({"error": {"code": status, "message": message, "errors": [{"reason": reason}]}}, status)


def test_a_channel_by_its_handle(stub, youtube):
    stub.answer = always(listed(CHANNEL))

    answer = youtube.profile(Platform.YOUTUBE, "anacooks")

    assert answer.value == ProfileRecord(
        "UCx", "anacooks", "Ana", "food", followers=12_300, followers_step=100, posts=41, views=120_345
    )
    assert (answer.credits, answer.calls) == (1, 1)
    assert stub.asked[0].params["forHandle"] == "@anacooks"
    assert stub.asked[0].headers["x-goog-api-key"] == KEY
    assert KEY not in str(stub.asked[0].params)


def test_a_channel_by_its_id_when_its_handle_changed(stub, youtube):
    stub.answer = always(listed(CHANNEL))

    assert youtube.profile(Platform.YOUTUBE, "old", platform_id="UCx").value.handle == "anacooks"
    assert stub.asked[0].params["id"] == "UCx"


def test_hidden_subscribers_are_unknown(stub, youtube):
    hidden = {"viewCount": "5", "subscriberCount": "0", "hiddenSubscriberCount": True, "videoCount": "1"}
    stub.answer = always(listed({**CHANNEL, "statistics": hidden}))

    assert youtube.profile(Platform.YOUTUBE, "ana").value.followers is None


@pytest.mark.parametrize("nothing", [{"kind": "youtube#channelListResponse", "pageInfo": {}}, listed()])
def test_no_such_channel(stub, youtube, nothing):
    stub.answer = always(nothing)

    with pytest.raises(ProviderError) as caught:
        youtube.profile(Platform.YOUTUBE, "ana")

    assert caught.value.failure is Failure.GONE
    assert caught.value.credits == 1


def test_uploads_come_in_batches_of_fifty(stub, youtube):
    ids = [f"video{number:03d}" for number in range(70)]
    uploads = [{"contentDetails": {"videoId": each}} for each in ids]
    videos = [
        {"id": each, "snippet": {"title": each, "publishedAt": "2026-10-01T10:00:00Z"},
         "statistics": {"viewCount": "100", "likeCount": "5"}, "contentDetails": {"duration": "PT12M"}}
        for each in ids
    ]  # fmt: skip
    stub.answer = by_path({
        "channels": listed(CHANNEL),
        "playlistItems": [listed(*uploads[:50], nextPageToken="two"), listed(*uploads[50:])],
        "videos": [listed(*videos[:50]), listed(*videos[50:60])],
    })  # fmt: skip

    answer = youtube.posts(Platform.YOUTUBE, "ana", limit=60)

    assert [post.platform_id for post in answer.value] == ids[:60]
    assert answer.value[0] == PostRecord(
        "video000", ContentKind.VIDEO, datetime(2026, 10, 1, 10, tzinfo=UTC), "https://www.youtube.com/watch?v=video000",
        "video000", likes=5, comments=None, views=100,
    )  # fmt: skip
    assert (answer.credits, answer.calls) == (5, 5)
    assert youtube.price_of("posts", Platform.YOUTUBE, limit=60) == 5
    assert [each.params.get("pageToken") for each in stub.asked if each.path.endswith("Items")] == [None, "two"]
    assert stub.asked[-1].params["id"].count(",") == 9


def test_a_channel_without_uploads(stub, youtube):
    stub.answer = by_path({"channels": listed(CHANNEL), "playlistItems": refused(404, "playlistNotFound")})

    answer = youtube.posts(Platform.YOUTUBE, "ana")

    assert (answer.value, answer.credits) == ([], 2)


def test_comments_with_the_replies_of_the_creator(stub, youtube):
    def comment(number: str, writer: str, **more) -> dict:
        snippet = {"textOriginal": f"text {number}", "authorDisplayName": f"@{writer}", "likeCount": 2,
                   "publishedAt": "2026-10-01T10:00:00Z", "authorChannelId": {"value": f"UC{writer}"}, **more}  # fmt: skip
        return {"id": number, "snippet": snippet}

    thread = {
        "snippet": {"channelId": "UCx", "topLevelComment": comment("a", "bob")},
        "replies": {"comments": [comment("a.1", "x", parentId="a")]},
    }
    stub.answer = always(listed(thread))

    answer = youtube.comments(Platform.YOUTUBE, "https://youtu.be/abcdefghijk")

    at = datetime(2026, 10, 1, 10, tzinfo=UTC)
    assert answer.value == [
        CommentRecord("a", "bob", "text a", at, 2),
        CommentRecord("a.1", "x", "text a.1", at, 2, reply_to="a", is_by_creator=True),
    ]
    assert stub.asked[0].params["videoId"] == "abcdefghijk"


def test_a_video_with_comments_switched_off_has_none(stub, youtube):
    stub.answer = lambda asked: refused(403, "commentsDisabled")

    answer = youtube.comments(Platform.YOUTUBE, "https://youtu.be/abcdefghijk")

    assert (answer.value, answer.credits) == ([], 1)


@pytest.mark.parametrize(
    ("said", "failure"),
    [
        (refused(403, "quotaExceeded", "You have <a href='/x'>exceeded</a> it."), Failure.NO_CREDITS),
        (refused(400, "badRequest", "API key not valid. Please pass a valid API key."), Failure.BAD_KEY),
        (refused(403, "accessNotConfigured"), Failure.BAD_KEY),
        (refused(403, "rateLimitExceeded"), Failure.RATE_LIMITED),
        (refused(403, "forbidden"), Failure.REFUSED),
        (refused(400, "invalidParameter"), Failure.REFUSED),
        (refused(503, "backendError"), Failure.SERVER),
    ],
)
def test_what_google_says_has_a_cause(stub, youtube, said, failure):
    stub.answer = lambda asked: said

    with pytest.raises(ProviderError) as caught:
        youtube.profile(Platform.YOUTUBE, "ana")

    assert caught.value.failure is failure
    assert "<" not in caught.value.words
    assert caught.value.credits == 1


def test_a_used_up_quota_comes_back_at_midnight_pacific(stub, youtube):
    stub.answer = lambda asked: refused(403, "quotaExceeded")

    with pytest.raises(ProviderError) as caught:
        youtube.balance()

    wait = caught.value.retry_after
    assert wait and timedelta(0) < wait <= timedelta(hours=25)


@pytest.mark.parametrize(
    ("address", "video"),
    [
        ("https://www.youtube.com/watch?v=abcdefghijk&t=3", "abcdefghijk"),
        ("https://youtu.be/abcdefghijk", "abcdefghijk"),
        ("https://www.youtube.com/shorts/abcdefghijk/", "abcdefghijk"),
        ("https://www.youtube.com/watch", ""),
        ("https://[", ""),
        ("", ""),
    ],
)
def test_the_id_of_a_video(address, video):
    assert video_id_in(address) == video


@pytest.mark.parametrize(
    ("duration", "seconds"), [("PT59S", 59), ("PT1M30S", 90), ("P1DT1H", 90_000), ("P0D", None), (5, None)]
)
def test_durations(duration, seconds):
    assert seconds_of(duration) == seconds
