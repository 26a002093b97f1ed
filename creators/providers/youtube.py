"""YouTube Data API v3. Every call, even a refused one, costs a unit of the day's quota (10,000 by default).

Fields: https://developers.google.com/youtube/v3/docs/channels, /videos, /playlistItems, /commentThreads. Counts are
texts in its JSON. The key goes in a header, so it stands in no address and no log.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeVar
from urllib.parse import parse_qs, urlsplit

import httpx

from config.lib.http import shared_client
from creators.enums import ContentKind, Failure, Platform, Source
from creators.providers.calls import Calls, Service
from creators.providers.errors import ProviderError
from creators.providers.records import Answer, Balance, CommentRecord, FollowerRecord, PostRecord, ProfileRecord
from creators.providers.refusals import youtube_refusal
from creators.providers.shapes import children, walk
from creators.providers.values import handle_of, id_of, moment_of, rounded_to_three, text_of, whole

ADDRESS = "https://www.googleapis.com/youtube/v3"
DAILY_UNITS = 10_000
BATCH = 50  # ids in one call, and items on a page of a playlist
COMMENTS_PER_PAGE = 100
MAX_PAGES = 10
# Shorts are not told apart by the API. Up to a minute every upright video is one; longer ones only where they say so.
SHORT_SECONDS, LONGEST_SHORT = 60, 180
_T = TypeVar("_T")


class YouTube:
    """`Provider` over the YouTube Data API."""

    source = Source.YOUTUBE
    platforms = frozenset({Platform.YOUTUBE})

    def __init__(
        self, key: str, *, address: str = "", client: httpx.Client | None = None, seconds: float = 60.0
    ) -> None:
        self._service = Service(
            address=address or ADDRESS, client=client or shared_client(), headers={"X-Goog-Api-Key": key},
            secrets=(key,) if len(key) >= 8 else (), refusal_in=youtube_refusal, cost_of=lambda status, payload: 1,
            seconds=seconds,
        )  # fmt: skip

    def offers(self, question: str, platform: Platform) -> bool:
        """Whether the question can be asked about this platform."""
        return platform in self.platforms and question in ("profile", "posts", "comments")

    def price_of(self, question: str, platform: Platform, *, limit: int = 30) -> int:
        """Units at most: the channel, then a page of its uploads and a batch of videos for each 50 posts."""
        if not self.offers(question, platform):
            return 0
        batches = min(MAX_PAGES, -(-limit // BATCH))
        comments = min(MAX_PAGES, -(-limit // COMMENTS_PER_PAGE))
        return {"profile": 1, "posts": 1 + 2 * batches, "comments": comments}[question]

    def profile(self, platform: Platform, handle: str, *, platform_id: str = "") -> Answer[ProfileRecord]:
        """The channel's counters, by its id where one is known. Subscribers are rounded to three figures."""
        calls = self._calls("profile", platform)
        return self._answer(calls, _profile_in(calls, self._channel(calls, handle, platform_id), handle))

    def posts(
        self, platform: Platform, handle: str, *, platform_id: str = "", limit: int = 30
    ) -> Answer[Sequence[PostRecord]]:
        """The newest uploads with their counts, 50 videos a call."""
        calls = self._calls("posts", platform)
        uploads = id_of(walk(self._channel(calls, handle, platform_id), "contentDetails.relatedPlaylists.uploads"))
        ids = self._upload_ids(calls, uploads, limit) if uploads else []
        batches = [ids[start : start + BATCH] for start in range(0, len(ids), BATCH)]
        return self._answer(calls, [post for batch in batches for post in self._videos(calls, batch)])

    def comments(self, platform: Platform, post_url: str, *, limit: int = 100) -> Answer[Sequence[CommentRecord]]:
        """The newest threads under a video, each with the replies that come along; none where comments are off."""
        calls = self._calls("comments", platform)
        video = video_id_in(post_url)
        if not video:
            raise ProviderError(Failure.REFUSED, "This is not the address of a YouTube video.")
        params = {
            "part": "snippet,replies", "videoId": video, "order": "time", "textFormat": "plainText",
            "maxResults": str(min(limit, COMMENTS_PER_PAGE)),
        }  # fmt: skip
        try:
            threads = self._items(calls, "commentThreads", params, limit)
        except ProviderError as error:
            if error.failure is not Failure.NOT_OFFERED:
                raise
            return self._answer(calls, [])
        return self._answer(calls, [comment for thread in threads for comment in _comments_in(thread)])

    def followers(self, platform: Platform, handle: str, *, limit: int = 200) -> Answer[Sequence[FollowerRecord]]:
        """Never offered."""
        raise ProviderError(Failure.NOT_OFFERED, "YouTube does not say who subscribes.")

    def balance(self) -> Balance:
        """A question for one unit, as the test of the key: Google tells nobody how many units are left."""
        Calls(self._service).get("channels", {"part": "id", "forHandle": "@youtube"})
        return Balance(
            None, DAILY_UNITS, f"The key works. Google does not say what is left of {DAILY_UNITS:,} units a day."
        )

    def _calls(self, question: str, platform: Platform) -> Calls:
        if not self.offers(question, platform):
            raise ProviderError(Failure.NOT_OFFERED, f"YouTube gives no {question} for {platform.label}.")
        return Calls(self._service)

    def _channel(self, calls: Calls, handle: str, platform_id: str) -> Any:
        whose = {"id": platform_id} if platform_id else {"forHandle": f"@{handle}"}
        payload = calls.get("channels", {"part": "snippet,statistics,contentDetails", **whose})
        found = _items_in(calls, payload)
        if not found:
            body = calls.payloads[-1]
            raise ProviderError(Failure.GONE, "YouTube knows no such channel.", payload=body, credits=calls.credits)
        return found[0]

    def _upload_ids(self, calls: Calls, playlist: str, limit: int) -> list[str]:
        params = {"part": "contentDetails", "playlistId": playlist, "maxResults": str(min(limit, BATCH))}
        try:
            found = self._items(calls, "playlistItems", params, limit)
        except ProviderError as error:
            if error.failure is not Failure.GONE:  # a channel that has never put up anything has no playlist
                raise
            return []
        ids = [id_of(walk(item, "contentDetails.videoId")) for item in found]
        return list(dict.fromkeys(filter(None, ids)))

    def _videos(self, calls: Calls, ids: list[str]) -> list[PostRecord]:
        payload = calls.get("videos", {"part": "snippet,statistics,contentDetails", "id": ",".join(ids)})
        items = _items_in(calls, payload)
        posts = [post for post in map(_post_in, items) if post]
        if items and not posts:
            calls.unknown_shape(payload)
        return posts

    def _items(self, calls: Calls, path: str, params: Mapping[str, str], limit: int) -> list[Any]:
        """Items over pages. A later page that fails ends the list: the newest are there."""
        found: list[Any] = []
        token = ""
        for number in range(MAX_PAGES):
            try:
                payload = calls.get(path, {**params, **({"pageToken": token} if token else {})})
                items = _items_in(calls, payload)
            except ProviderError:
                if number == 0:
                    raise
                break
            found += items
            token = text_of(payload.get("nextPageToken")) or ""
            if not token or not items or len(found) >= limit:
                break
        return found[:limit]

    def _answer(self, calls: Calls, value: _T) -> Answer[_T]:
        return Answer(value, self.source, calls.credits, calls.count, tuple(calls.payloads))


def video_id_in(address: str) -> str:
    """The id of a video from its address (watch, shorts, live, embed, youtu.be); empty where there is none."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    last = parts.path.rstrip("/").rpartition("/")[2]
    found = parse_qs(parts.query).get("v", [""])[0] or ("" if last == "watch" else last)
    return found if re.fullmatch(r"[A-Za-z0-9_-]{6,20}", found) else ""


def _items_in(calls: Calls, payload: Mapping[str, Any]) -> list[Any]:
    """The items; an answer that says it is a list and holds none leaves the field out."""
    items = children(payload.get("items"))
    if items is not None:
        return items
    if "items" not in payload and str(payload.get("kind", "")).startswith("youtube#"):
        return []
    calls.unknown_shape(payload)


def _profile_in(calls: Calls, item: Any, asked: str) -> ProfileRecord:
    channel_id, handle = id_of(walk(item, "id")), handle_of(walk(item, "snippet.customUrl"))
    hidden = walk(item, "statistics.hiddenSubscriberCount") is True
    followers = None if hidden else whole(walk(item, "statistics.subscriberCount"))
    posts, views = whole(walk(item, "statistics.videoCount")), whole(walk(item, "statistics.viewCount"))
    if not (channel_id or handle) and followers is None and posts is None and views is None:
        calls.unknown_shape({"items": item, **(item if isinstance(item, Mapping) else {})})
    return ProfileRecord(
        platform_id=channel_id or "",
        handle=handle or asked.lower(),
        name=(text_of(walk(item, "snippet.title")) or "")[:200],
        bio=text_of(walk(item, "snippet.description")) or "",
        followers=followers,
        followers_step=rounded_to_three(followers) if followers else 1,
        posts=posts,
        views=views,
    )


def _post_in(item: Any) -> PostRecord | None:
    video = id_of(walk(item, "id"))
    if video is None:
        return None
    return PostRecord(
        platform_id=video,
        kind=_kind(item),
        posted_at=moment_of(walk(item, "snippet.publishedAt")),
        url=f"https://www.youtube.com/watch?v={video}",
        caption=text_of(walk(item, "snippet.title")) or "",
        likes=whole(walk(item, "statistics.likeCount")),
        comments=whole(walk(item, "statistics.commentCount")),
        views=whole(walk(item, "statistics.viewCount")),
    )


def _kind(item: Any) -> ContentKind:
    seconds = seconds_of(walk(item, "contentDetails.duration"))
    if seconds is None:
        return ContentKind.VIDEO
    says_so = "#short" in f"{walk(item, 'snippet.title')} {walk(item, 'snippet.description')}".lower()
    is_short = 0 < seconds <= (LONGEST_SHORT if says_so else SHORT_SECONDS)
    return ContentKind.SHORT if is_short else ContentKind.VIDEO


def seconds_of(value: Any) -> int | None:
    """The length in an ISO 8601 duration such as PT1M30S; None for anything else."""
    found = re.fullmatch(r"P(?:(\d{1,4})D)?T(?:(\d{1,5})H)?(?:(\d{1,5})M)?(?:(\d{1,6})S)?", str(value))
    if not found:
        return None
    days, hours, minutes, seconds = (int(part or 0) for part in found.groups())
    return ((days * 24 + hours) * 60 + minutes) * 60 + seconds


def _comments_in(thread: Any) -> Iterator[CommentRecord]:
    """The comment that opens a thread, and the replies that came with it."""
    channel = text_of(walk(thread, "snippet.channelId"))
    top = _comment_in(walk(thread, "snippet.topLevelComment"), channel)
    if top:
        yield top
    for reply in children(walk(thread, "replies.comments")) or []:
        found = _comment_in(reply, channel)
        if found:
            yield found


def _comment_in(item: Any, channel: str | None) -> CommentRecord | None:
    comment_id = id_of(walk(item, "id"))
    text = text_of(walk(item, "snippet.textOriginal")) or text_of(walk(item, "snippet.textDisplay"))
    if comment_id is None or text is None:
        return None
    channel = channel or text_of(walk(item, "snippet.channelId"))
    writer = text_of(walk(item, "snippet.authorChannelId.value"))
    return CommentRecord(
        platform_id=comment_id,
        author=(text_of(walk(item, "snippet.authorDisplayName")) or writer or "").lstrip("@")[:200],
        text=text,
        posted_at=moment_of(walk(item, "snippet.publishedAt")),
        likes=whole(walk(item, "snippet.likeCount")),
        reply_to=id_of(walk(item, "snippet.parentId")) or "",
        is_by_creator=writer is not None and writer == channel,
    )
