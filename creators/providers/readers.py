"""From one item of SociaVault's JSON to a record, by the table in `shapes`. None where nothing is recognised."""

import re
from typing import Any

from creators.enums import ContentKind, Platform
from creators.providers import shapes
from creators.providers.records import CommentRecord, FollowerRecord, PostRecord, ProfileRecord
from creators.providers.shapes import field, find, walk
from creators.providers.values import (
    count_of,
    flag_of,
    handle_of,
    id_of,
    moment_of,
    rounded_to_three,
    text_of,
    url_of,
    whole,
)

_POST_URL = {
    Platform.TIKTOK: "https://www.tiktok.com/@{handle}/video/{id}",
    Platform.INSTAGRAM: "https://www.instagram.com/p/{code}/",
    Platform.YOUTUBE: "https://www.youtube.com/watch?v={id}",
    Platform.X: "https://x.com/{handle}/status/{id}",
}


def profile_in(payload: Any, platform: Platform, asked: str) -> ProfileRecord | None:
    """The account; `asked` is the handle where the answer does not repeat it.

    None where there is neither an id nor a handle nor any count.
    """
    paths = shapes.PROFILE[platform]
    count = {name: find(payload, paths.get(name, ()), whole) for name in ("following", "posts", "likes", "views")}
    followers = find(payload, paths["followers"], count_of)
    platform_id, handle = find(payload, paths["id"], id_of), find(payload, paths["handle"], handle_of)
    if not (platform_id or handle or followers) and not any(value is not None for value in count.values()):
        return None
    step = followers.step if followers else 1
    if followers and platform == Platform.YOUTUBE:
        step = max(step, rounded_to_three(followers.value))
    return ProfileRecord(
        platform_id=platform_id or "",
        handle=handle or asked.lower(),
        name=(find(payload, paths["name"], text_of) or "")[:200],
        bio=find(payload, paths["bio"], text_of) or "",
        followers=followers.value if followers else None,
        followers_step=step,
        is_private=find(payload, paths.get("is_private", ()), flag_of),
        is_verified=find(payload, paths.get("is_verified", ()), flag_of),
        **count,
    )


def post_in(item: Any, platform: Platform, handle: str) -> PostRecord | None:
    """A post of a list, None where it has no id."""
    paths = shapes.POST[platform]
    platform_id = field(item, paths["id"], id_of)
    if platform_id is None:
        return None
    likes = field(item, paths["likes"], whole)
    return PostRecord(
        platform_id=platform_id,
        kind=_kind(item, platform),
        posted_at=field(item, paths["at"], moment_of),
        url=field(item, paths["url"], url_of) or _url(item, platform, handle, platform_id),
        caption=field(item, paths["caption"], lambda value: text_of(value) if isinstance(value, str) else None) or "",
        likes=None if field(item, paths.get("likes_hidden", ()), flag_of) else likes,
        comments=field(item, paths["comments"], whole),
        shares=field(item, paths.get("shares", ()), whole),
        saves=field(item, paths.get("saves", ()), whole),
        views=field(item, paths["views"], whole),
        is_paid_partnership=field(item, paths.get("is_paid", ()), flag_of),
    )


def comment_in(item: Any, platform: Platform) -> CommentRecord | None:
    """A comment, None where it has no id or no text."""
    paths = shapes.COMMENT[platform]
    platform_id, text = field(item, paths["id"], id_of), field(item, paths["text"], text_of)
    if platform_id is None or text is None:
        return None
    author = field(item, paths["author"], lambda value: text_of(value) if isinstance(value, str) else None)
    return CommentRecord(
        platform_id=platform_id,
        author=(author or "").lstrip("@")[:200],
        text=text,
        posted_at=field(item, paths["at"], moment_of),
        likes=field(item, paths["likes"], whole),
        reply_to=_reply_to(field(item, paths.get("reply_to", ()), id_of), platform_id),
        is_by_creator=field(item, paths.get("by_creator", ()), flag_of) or False,
    )


def follower_in(item: Any) -> FollowerRecord | None:
    """A sampled follower, without the name: only what S13 looks at. None where nothing is told."""
    paths = shapes.FOLLOWER
    handle, bio = field(item, paths["handle"], handle_of), field(item, paths["bio"], _any_text)
    counts = [field(item, paths[name], whole) for name in ("followers", "following", "posts")]
    if handle is None and all(count is None for count in counts):
        return None
    picture = field(item, paths["picture"], _any_text)
    return FollowerRecord(
        followers=counts[0],
        following=counts[1],
        posts=counts[2],
        has_picture=None if picture is None else bool(picture),
        is_private=field(
            item, paths["is_private"], lambda value: bool(value) if value in (0, 1, True, False) else None
        ),
        digit_share=round(len(re.findall(r"\d", handle)) / len(handle), 4) if handle else None,
        handle_length=len(handle) if handle else None,
        bio_length=None if bio is None else len(bio),
    )


def _any_text(value: Any) -> str | None:
    return value if isinstance(value, str) else None


def _reply_to(parent: str | None, own: str) -> str:
    return parent if parent and parent != own else ""


def _url(item: Any, platform: Platform, handle: str, platform_id: str) -> str:
    code = field(item, shapes.POST[platform].get("code", ()), id_of)
    if platform == Platform.INSTAGRAM and not code:
        return ""
    return _POST_URL[platform].format(handle=handle, id=platform_id, code=code)


def _kind(item: Any, platform: Platform) -> ContentKind:
    if platform == Platform.TIKTOK:
        return ContentKind.POST if walk(item, "image_post_info") else ContentKind.REEL
    if platform == Platform.YOUTUBE:
        is_short = walk(item, "type") == "short" or "/shorts/" in str(walk(item, "url"))
        return ContentKind.SHORT if is_short else ContentKind.VIDEO
    if platform == Platform.X:
        return ContentKind.TEXT
    return _instagram_kind(field(item, ("product_type",), text_of) or "", field(item, ("media_type",), whole))


def _instagram_kind(product: str, media: int | None) -> ContentKind:
    """`product_type` "clips" is a reel; `media_type` 1 is an image, 2 a video, 8 a carousel."""
    known = {"clips": ContentKind.REEL, "story": ContentKind.STORY, "igtv": ContentKind.VIDEO}
    by_media = {1: ContentKind.POST, 2: ContentKind.VIDEO, 8: ContentKind.POST}
    return known.get(product) or by_media.get(media or 0, ContentKind.OTHER)
