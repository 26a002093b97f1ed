"""Instagram's business discovery: public numbers of business and creator accounts, asked through one's own account.

`GET /{own id}?fields=business_discovery.username(name){...}`, Graph API v25.0. Personal and age-gated accounts are
not shown. It can only be asked by name, and its ids are of no use elsewhere, so a profile carries none, and a post
the short code of its permalink.
"""

import re
from collections.abc import Sequence
from typing import Any, TypeVar

import httpx

from config.lib.http import shared_client
from creators.enums import ContentKind, Failure, Platform, Source
from creators.providers.calls import Calls, Service
from creators.providers.errors import ProviderError
from creators.providers.records import Answer, Balance, CommentRecord, FollowerRecord, PostRecord, ProfileRecord
from creators.providers.refusals import instagram_refusal
from creators.providers.shapes import children, walk
from creators.providers.values import handle_of, id_of, moment_of, text_of, url_of, whole

ADDRESS = "https://graph.facebook.com/v25.0"
PROFILE_FIELDS = "followers_count,follows_count,media_count,name,biography,username"
MEDIA_FIELDS = "id,like_count,comments_count,caption,permalink,timestamp,media_type,media_product_type"
PER_PAGE = 50
MAX_PAGES = 5
_T = TypeVar("_T")
_BY_PRODUCT = {"REELS": ContentKind.REEL, "STORY": ContentKind.STORY}
_BY_MEDIA = {
    "IMAGE": ContentKind.POST, "CAROUSEL_ALBUM": ContentKind.POST, "VIDEO": ContentKind.VIDEO,
}  # fmt: skip


class Instagram:
    """`Provider` over business discovery. `account` is the id of one's own Instagram account."""

    source = Source.INSTAGRAM
    platforms = frozenset({Platform.INSTAGRAM})

    def __init__(
        self,
        token: str,
        *,
        account: str,
        address: str = "",
        client: httpx.Client | None = None,
        seconds: float = 60.0,
    ) -> None:
        self._account = account
        self._service = Service(
            address=address or ADDRESS, client=client or shared_client(), headers={}, params={"access_token": token},
            secrets=(token,) if len(token) >= 8 else (), refusal_in=instagram_refusal,
            cost_of=lambda status, payload: 1, seconds=seconds,
        )  # fmt: skip

    def offers(self, question: str, platform: Platform) -> bool:
        """Whether the question can be asked about this platform."""
        return platform in self.platforms and question in ("profile", "posts")

    def price_of(self, question: str, platform: Platform, *, limit: int = 30) -> int:
        """Calls at most; Instagram has no credits, but counts calls by the hour."""
        if not self.offers(question, platform):
            return 0
        return 1 if question == "profile" else min(MAX_PAGES, -(-limit // PER_PAGE))

    def profile(self, platform: Platform, handle: str, *, platform_id: str = "") -> Answer[ProfileRecord]:
        """The account's counters."""
        calls = self._calls("profile", platform)
        payload = self._discover(calls, handle, PROFILE_FIELDS)
        found = walk(payload, "business_discovery")
        counts = [whole(walk(found, name)) for name in ("followers_count", "follows_count", "media_count")]
        told = handle_of(walk(found, "username"))
        if told is None and all(count is None for count in counts):
            calls.unknown_shape(payload)
        record = ProfileRecord(
            platform_id="",
            handle=told or handle,
            name=(text_of(walk(found, "name")) or "")[:200],
            bio=text_of(walk(found, "biography")) or "",
            followers=counts[0],
            following=counts[1],
            posts=counts[2],
            is_private=False if told else None,  # only public professional accounts are shown
        )
        return self._answer(calls, record)

    def posts(
        self, platform: Platform, handle: str, *, platform_id: str = "", limit: int = 30
    ) -> Answer[Sequence[PostRecord]]:
        """The newest media. Hidden likes are left out by Instagram, so they stay unknown."""
        calls = self._calls("posts", platform)
        found: list[PostRecord] = []
        after = ""
        for number in range(MAX_PAGES):
            try:
                posts, following = self._page(calls, handle, after, min(limit, PER_PAGE))
            except ProviderError:
                if number == 0:
                    raise
                break
            found += posts
            if not posts or len(found) >= limit or following in ("", after):
                break
            after = following
        return self._answer(calls, found[:limit])

    def comments(self, platform: Platform, post_url: str, *, limit: int = 100) -> Answer[Sequence[CommentRecord]]:
        """Never offered: comments can only be read under one's own posts."""
        raise ProviderError(Failure.NOT_OFFERED, "Business discovery gives no comments.")

    def followers(self, platform: Platform, handle: str, *, limit: int = 200) -> Answer[Sequence[FollowerRecord]]:
        """Never offered."""
        raise ProviderError(Failure.NOT_OFFERED, "Business discovery does not say who follows.")

    def balance(self) -> Balance:
        """Reads one's own account, as the test of the token; there are no credits."""
        payload = Calls(self._service).get(self._own(), {"fields": "username"})
        name = handle_of(payload.get("username"))
        return Balance(None, None, f"The token works and reads as @{name}." if name else "The token works.")

    def _calls(self, question: str, platform: Platform) -> Calls:
        if not self.offers(question, platform):
            raise ProviderError(Failure.NOT_OFFERED, f"Business discovery gives no {question} for {platform.label}.")
        return Calls(self._service)

    def _own(self) -> str:
        if not re.fullmatch(r"\d{1,30}", self._account):
            raise ProviderError(Failure.BAD_KEY, "The id of your own Instagram account is missing or no number.")
        return self._account

    def _discover(self, calls: Calls, handle: str, fields: str) -> dict[str, Any]:
        # The name becomes part of an expression, so nothing but a name may get in.
        if not re.fullmatch(r"[A-Za-z0-9._]{1,60}", handle):
            raise ProviderError(Failure.GONE, "No Instagram account can have this name.")
        return calls.get(self._own(), {"fields": f"business_discovery.username({handle}){{{fields}}}"})

    def _page(self, calls: Calls, handle: str, after: str, size: int) -> tuple[list[PostRecord], str]:
        paging = f".after({after})" if after else ""
        payload = self._discover(calls, handle, f"username,media{paging}.limit({size}){{{MEDIA_FIELDS}}}")
        media = walk(payload, "business_discovery.media")
        items = children(walk(media, "data"))
        if items is None and media is None and handle_of(walk(payload, "business_discovery.username")):
            return [], ""  # an account without media has no such field
        posts = [post for post in map(_post_in, items or []) if post]
        if items is None or (items and not posts):
            calls.unknown_shape(payload)
        cursor = text_of(walk(media, "paging.cursors.after")) or ""
        return posts, cursor if re.fullmatch(r"[A-Za-z0-9_=+/-]{1,500}", cursor) else ""

    def _answer(self, calls: Calls, value: _T) -> Answer[_T]:
        return Answer(value, self.source, calls.credits, calls.count, tuple(calls.payloads))


def _post_in(item: Any) -> PostRecord | None:
    permalink = url_of(walk(item, "permalink")) or ""
    code = re.search(r"/(?:p|reel|reels|tv)/([A-Za-z0-9_-]+)", permalink)
    post_id = code[1] if code else id_of(walk(item, "id"))
    if post_id is None:
        return None
    product = text_of(walk(item, "media_product_type")) or ""
    kind = _BY_PRODUCT.get(product) or _BY_MEDIA.get(text_of(walk(item, "media_type")) or "", ContentKind.OTHER)
    return PostRecord(
        platform_id=post_id,
        kind=kind,
        posted_at=moment_of(walk(item, "timestamp")),
        url=permalink,
        caption=text_of(walk(item, "caption")) or "",
        likes=whole(walk(item, "like_count")),
        comments=whole(walk(item, "comments_count")),
    )
