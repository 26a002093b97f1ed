"""SociaVault, its twin ScrapeCreators, and the demo provider: one format, read by the table in `shapes`."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

import httpx

from config.lib.http import shared_client
from creators.enums import Failure, Platform, Source
from creators.providers import shapes
from creators.providers.calls import Calls, Service
from creators.providers.dialects import Dialect, dialect_of
from creators.providers.errors import ProviderError
from creators.providers.readers import comment_in, follower_in, post_in, profile_in
from creators.providers.records import Answer, Balance, CommentRecord, FollowerRecord, PostRecord, ProfileRecord
from creators.providers.refusals import sociavault_refusal
from creators.providers.values import flag_of, text_of, whole

MAX_PAGES = 10
_PER_PAGE = {"posts": 10, "comments": 15, "followers": 20}  # the fewest that were seen on a page
_T = TypeVar("_T")


class SociaVault:
    """`Provider` over SociaVault's format. `address` empty means SociaVault's own; `source` DEMO is our own."""

    platforms = frozenset({Platform.TIKTOK, Platform.INSTAGRAM, Platform.YOUTUBE, Platform.X})

    def __init__(
        self,
        key: str,
        *,
        address: str = "",
        source: Source = Source.SOCIAVAULT,
        client: httpx.Client | None = None,
        seconds: float = 60.0,
    ) -> None:
        self.source = source
        self._dialect: Dialect = dialect_of(address)
        if source == Source.DEMO:
            self._dialect = replace(self._dialect, prices=dict.fromkeys(self._dialect.prices, 1))
        self._service = Service(
            address=address or self._dialect.address,
            client=client or shared_client(),
            headers={self._dialect.header: key},
            secrets=(key,) if len(key) >= 8 else (),
            refusal_in=sociavault_refusal,
            cost_of=cost_of,
            seconds=seconds,
        )

    def offers(self, question: str, platform: Platform) -> bool:
        """Whether the question can be asked about this platform."""
        return question in self._dialect.paths.get(platform, {})

    def price_of(self, question: str, platform: Platform, *, limit: int = 30) -> int:
        """Credits at most: every page that may be needed, and one call a video where a list has no likes."""
        if not self.offers(question, platform):
            return 0
        pages = 1 if question == "profile" else min(MAX_PAGES, -(-limit // _PER_PAGE[question]))
        price = pages * self._dialect.prices[question]
        return price + limit if question == "posts" and platform == Platform.YOUTUBE else price

    def profile(self, platform: Platform, handle: str, *, platform_id: str = "") -> Answer[ProfileRecord]:
        """The account's counters. Only YouTube can be asked by id; elsewhere a changed handle is gone."""
        calls = self._calls("profile", platform)
        payload = calls.get(self._dialect.paths[platform]["profile"], _whose(platform, handle, platform_id))
        record = profile_in(payload, platform, handle)
        return self._answer(calls, record if record else calls.unknown_shape(payload))

    def posts(
        self, platform: Platform, handle: str, *, platform_id: str = "", limit: int = 30
    ) -> Answer[Sequence[PostRecord]]:
        """The newest posts. On YouTube each video is asked for its likes and comments, which the list has not."""
        calls = self._calls("posts", platform)
        params = _whose(platform, handle, platform_id)
        if platform == Platform.YOUTUBE:
            params = {**params, "sort": "latest"}
        found = list(
            self._pages(
                calls, "posts", platform, params, shapes.POSTS[platform],
                lambda item: post_in(item, platform, handle), limit,
            )
        )  # fmt: skip
        found = list({post.platform_id: post for post in found}.values())
        if platform == Platform.YOUTUBE:
            found = [self._with_details(calls, post) for post in found]
        return self._answer(calls, found)

    def comments(self, platform: Platform, post_url: str, *, limit: int = 100) -> Answer[Sequence[CommentRecord]]:
        """A sample of the comments under a post."""
        calls = self._calls("comments", platform)
        params = {"pid": post_url.rstrip("/").rpartition("/")[2]} if platform == Platform.X else {"url": post_url}
        found = self._pages(
            calls, "comments", platform, params, shapes.COMMENTS[platform],
            lambda item: comment_in(item, platform), limit,
        )  # fmt: skip
        return self._answer(calls, list(found))

    def followers(self, platform: Platform, handle: str, *, limit: int = 200) -> Answer[Sequence[FollowerRecord]]:
        """A sample of followers; TikTok's alone are offered."""
        calls = self._calls("followers", platform)
        found = self._pages(
            calls, "followers", platform, {"handle": handle}, shapes.FOLLOWERS, follower_in, limit
        )  # fmt: skip
        return self._answer(calls, list(found))

    def balance(self) -> Balance:
        """The credits that are left; costs nothing."""
        calls = Calls(self._service)
        payload = calls.get(self._dialect.balance, {})
        left = shapes.find(payload, shapes.BALANCE_LEFT, whole)
        of = shapes.find(payload, shapes.BALANCE_OF, whole)
        words = f"{left:,} credits are left." if left is not None else "The key works; credits left are not told."
        return Balance(left, of, words)

    def _calls(self, question: str, platform: Platform) -> Calls:
        if not self.offers(question, platform):
            words = f"{self.source.label} gives no {question} for {platform.label}."
            raise ProviderError(Failure.NOT_OFFERED, words)
        return Calls(self._service)

    def _pages(
        self,
        calls: Calls,
        question: str,
        platform: Platform,
        params: Mapping[str, str],
        shape: shapes.Fields,
        read: Callable[[Any], _T | None],
        limit: int,
    ) -> Iterator[_T]:
        """Up to `limit` items of a list over its pages. A later page that fails ends it: the newest are there."""
        cursor, taken = "", 0
        path, name = self._dialect.paths[platform][question], self._dialect.pages[platform][question]
        for number in range(MAX_PAGES):
            try:
                payload = calls.get(path, {**params, name: cursor} if cursor else params)
                records = list(_records(calls, payload, shape, read))
            except ProviderError:
                if number == 0:
                    raise
                return
            yield from records[: limit - taken]
            taken += len(records)
            following = _cursor(payload, shape)
            if taken >= limit or not records or following in ("", cursor):
                return
            cursor = following

    def _with_details(self, calls: Calls, post: PostRecord) -> PostRecord:
        """Likes and comments from the video's own page. A video that has none to read keeps them unknown."""
        try:
            payload = calls.get(self._dialect.paths[Platform.YOUTUBE]["video"], {"url": post.url})
        except ProviderError as error:
            if error.failure in (Failure.GONE, Failure.PRIVATE, Failure.SHAPE):
                return post
            raise
        names = shapes.POST[Platform.YOUTUBE]
        views = shapes.find(payload, names["views"], whole)
        return replace(
            post,
            likes=shapes.find(payload, names["likes"], whole),
            comments=shapes.find(payload, names["comments"], whole),
            views=views if views is not None else post.views,
        )

    def _answer(self, calls: Calls, value: _T) -> Answer[_T]:
        return Answer(value, self.source, calls.credits, calls.count, tuple(calls.payloads))


def cost_of(status: int, payload: Any) -> int:
    """What the answer says it cost; where it does not say, 1 for an answer and nothing for a refusal."""
    said = shapes.find(payload, shapes.CREDITS_USED, whole)
    if said is not None and said <= 100_000:
        return said
    return 1 if status < 300 else 0


def _whose(platform: Platform, handle: str, platform_id: str) -> dict[str, str]:
    if platform == Platform.YOUTUBE and platform_id:
        return {"channelId": platform_id}
    if platform == Platform.TIKTOK and platform_id:
        return {"handle": handle, "user_id": platform_id}
    return {"handle": handle}


def _records(calls: Calls, payload: Any, shape: shapes.Fields, read: Callable[[Any], _T | None]) -> Iterable[_T]:
    """The items that can be read. No list at all, or a list of nothing that we know, is another shape."""
    items = shapes.find(payload, shape["items"], shapes.children)
    if items is None:
        calls.unknown_shape(payload)
    records = [record for record in map(read, items) if record is not None]
    if items and not records:
        calls.unknown_shape(payload)
    return records


def _cursor(payload: Any, shape: shapes.Fields) -> str:
    more = shapes.find(
        payload, shape.get("more", ()), lambda value: flag_of(value) if value not in (0, 1) else bool(value)
    )
    return "" if more is False else shapes.find(payload, shape["cursor"], text_of) or ""
