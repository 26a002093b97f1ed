"""Where SociaVault and its twin ScrapeCreators put each field: a table of paths with their sources, and the walk.

Sources, as the comments name them:
  registry  paths and parameters derived from SociaVault's OpenAPI by a public client registry
  clients   public clients that report live answers (several agree)
  one       a single client or document; not confirmed by a second
  app       the platform's own mobile or web JSON, which both services pass through
  twin      ScrapeCreators' documentation, same fields under other paths

A path is tried below the envelope (`data`, `data.data`, and the top, since the twin has none); the first value that
can be read wins, so a count of the wrong type falls through to the next candidate.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar

from creators.enums import Platform

Fields = dict[str, tuple[str, ...]]
_T = TypeVar("_T")

PROFILE: dict[Platform, Fields] = {
    Platform.TIKTOK: {
        # clients; `userInfo` by SociaVault's own MCP server of 2025-11; statsV2 (texts, twin) where stats overflowed
        "id": ("user.id", "userInfo.user.id"),
        "handle": ("user.uniqueId", "userInfo.user.uniqueId", "user.unique_id"),
        "name": ("user.nickname", "userInfo.user.nickname"),
        "bio": ("user.signature", "userInfo.user.signature"),
        "followers": ("stats.followerCount", "userInfo.stats.followerCount", "statsV2.followerCount"),
        "following": ("stats.followingCount", "userInfo.stats.followingCount", "statsV2.followingCount"),
        "posts": ("stats.videoCount", "userInfo.stats.videoCount", "statsV2.videoCount"),
        "likes": ("stats.heartCount", "stats.heart", "userInfo.stats.heartCount", "statsV2.heartCount"),
        "is_private": ("user.privateAccount", "userInfo.user.privateAccount", "user.secret"),  # app
        "is_verified": ("user.verified", "userInfo.user.verified"),
    },
    Platform.INSTAGRAM: {
        # clients; the `edge_` names are those of Instagram's web JSON, the others those of its app
        "id": ("user.id", "user.pk"),
        "handle": ("user.username",),
        "name": ("user.full_name",),
        "bio": ("user.biography",),
        "followers": ("user.edge_followed_by.count", "user.follower_count"),
        "following": ("user.edge_follow.count", "user.following_count"),
        "posts": ("user.edge_owner_to_timeline_media.count", "user.media_count"),
        "is_private": ("user.is_private",),
        "is_verified": ("user.is_verified",),
    },
    Platform.YOUTUBE: {
        # clients; the `Text` forms ("12.3K subscribers") stand in where the number is missing
        "id": ("channelId", "channel.id"),
        "handle": ("handle",),
        "name": ("name", "title"),
        "bio": ("description",),
        "followers": ("subscriberCount", "subscriberCountText"),
        "posts": ("videoCount", "videoCountText"),
        "views": ("viewCount", "viewCountText"),
        "is_verified": ("isVerified",),  # one
    },
    Platform.X: {
        # clients; `core` since X moved the name out of `legacy` (app)
        "id": ("rest_id", "legacy.id_str", "user.rest_id"),
        "handle": ("core.screen_name", "legacy.screen_name", "user.legacy.screen_name"),
        "name": ("core.name", "legacy.name", "user.legacy.name"),
        "bio": ("legacy.description", "user.legacy.description"),
        "followers": ("legacy.followers_count", "user.legacy.followers_count"),
        "following": ("legacy.friends_count", "user.legacy.friends_count"),
        "posts": ("legacy.statuses_count", "user.legacy.statuses_count"),
        "is_private": ("legacy.protected", "privacy.protected"),  # app
        "is_verified": ("is_blue_verified", "legacy.verified"),  # app
    },
}

POSTS: dict[Platform, Fields] = {
    Platform.TIKTOK: {"items": ("aweme_list",), "cursor": ("max_cursor",), "more": ("has_more",)},  # clients
    Platform.INSTAGRAM: {"items": ("items",), "cursor": ("next_max_id",), "more": ("more_available",)},  # clients
    Platform.YOUTUBE: {"items": ("videos",), "cursor": ("continuationToken",)},  # clients
    Platform.X: {"items": ("tweets",), "cursor": ("cursor",)},  # clients
}

POST: dict[Platform, Fields] = {
    Platform.TIKTOK: {
        # clients
        "id": ("aweme_id",),
        "url": ("url", "share_url"),
        "caption": ("desc",),
        "at": ("create_time", "create_time_utc"),
        "likes": ("statistics.digg_count",),
        "comments": ("statistics.comment_count",),
        "shares": ("statistics.share_count",),
        "saves": ("statistics.collect_count",),  # app
        "views": ("statistics.play_count",),
        "is_paid": ("is_paid_partnership",),
        "photos": ("image_post_info",),  # app: only a photo post has it
    },
    Platform.INSTAGRAM: {
        # clients; the caption is a text in one client's answers
        # The short code first: it is the one id that Graph (in the permalink) and every scraper share.
        "id": ("code", "shortcode", "pk", "id"),
        "code": ("code", "shortcode"),
        "url": ("url",),
        "caption": ("caption.text", "caption"),
        "at": ("taken_at",),
        "likes": ("like_count",),
        "likes_hidden": ("like_and_view_counts_disabled",),  # app: the count beside it is not the real one
        "comments": ("comment_count",),
        "shares": ("reshare_count",),  # app
        "saves": ("save_count",),  # app
        "views": ("play_count", "ig_play_count", "view_count"),
        "is_paid": ("is_paid_partnership",),
        "media_type": ("media_type",),
        "product_type": ("product_type",),
    },
    Platform.YOUTUBE: {
        # clients for the list (no likes or comments in it) and for the single video
        "id": ("id", "videoId"),
        "url": ("url",),
        "caption": ("title",),
        "at": ("publishDate", "publishedTime"),
        "likes": ("likeCountInt", "likeCount", "likeCountText"),
        "comments": ("commentCountInt", "commentCountText"),  # one
        "views": ("viewCountInt", "viewCount", "viewCountText"),
        "seconds": ("lengthSeconds", "durationMs"),  # twin
        "type": ("type",),  # twin: "video" or "short"
    },
    Platform.X: {
        # clients; a tweet may stand below `tweet` or `result` in X's own timeline (app)
        "id": ("rest_id", "legacy.id_str", "id", "tweet.rest_id"),
        "url": ("url",),
        "caption": ("legacy.full_text", "full_text", "text", "tweet.legacy.full_text"),
        "at": ("legacy.created_at", "created_at", "tweet.legacy.created_at"),
        "likes": ("legacy.favorite_count", "favorite_count", "tweet.legacy.favorite_count"),
        "comments": ("legacy.reply_count", "reply_count", "tweet.legacy.reply_count"),
        "shares": ("legacy.retweet_count", "retweet_count", "tweet.legacy.retweet_count"),
        "saves": ("legacy.bookmark_count", "bookmark_count"),  # app
        "views": ("views.count", "view_count", "tweet.views.count"),
    },
}

COMMENTS: dict[Platform, Fields] = {
    Platform.TIKTOK: {"items": ("comments",), "cursor": ("cursor",), "more": ("has_more",)},  # one
    Platform.INSTAGRAM: {"items": ("comments",), "cursor": ("cursor",)},  # clients
    Platform.YOUTUBE: {"items": ("comments",), "cursor": ("continuationToken",)},  # clients
    Platform.X: {"items": ("tweets", "replies", "comments"), "cursor": ("cursor",)},  # one
}

COMMENT: dict[Platform, Fields] = {
    Platform.TIKTOK: {
        # clients of the twin; the names are those of TikTok's app
        "id": ("cid", "id"),
        "author": ("user.unique_id", "user.uniqueId"),
        "text": ("text",),
        "at": ("create_time",),
        "likes": ("digg_count",),
        "reply_to": ("reply_id",),
        "by_creator": ("is_author",),  # app; `author_pin` says who pinned it, not who wrote it
    },
    Platform.INSTAGRAM: {
        # clients
        "id": ("id", "pk"),
        "author": ("user.username", "owner.username"),
        "text": ("text",),
        "at": ("created_at",),
        "likes": ("comment_like_count", "like_count"),
        "reply_to": ("parent_comment_id",),  # app
    },
    Platform.YOUTUBE: {
        # twin
        "id": ("id", "commentId"),
        "author": ("author.name", "author.channelId", "author"),
        "text": ("content", "text"),
        "at": ("publishedTime",),
        "likes": ("engagement.likes", "likeCount"),
        "by_creator": ("author.isCreator",),
    },
    Platform.X: {
        # as tweets (clients)
        "id": ("rest_id", "legacy.id_str", "id"),
        "author": ("core.user_results.result.legacy.screen_name", "user.screen_name", "author.screen_name"),
        "text": ("legacy.full_text", "full_text", "text"),
        "at": ("legacy.created_at", "created_at"),
        "likes": ("legacy.favorite_count", "favorite_count"),
        "reply_to": ("legacy.in_reply_to_status_id_str",),
    },
}

# registry for the path, app for the names; Instagram, YouTube and X have no such question
FOLLOWERS: Fields = {"items": ("followers", "users"), "cursor": ("min_time", "cursor"), "more": ("has_more",)}
FOLLOWER: Fields = {
    "handle": ("unique_id", "uniqueId", "user.uniqueId"),
    "bio": ("signature", "user.signature"),
    "followers": ("follower_count", "stats.followerCount"),
    "following": ("following_count", "stats.followingCount"),
    "posts": ("aweme_count", "stats.videoCount"),
    "picture": ("avatar_thumb.uri", "avatar_thumb.url_list.0", "avatarThumb", "user.avatarThumb"),
    "is_private": ("secret", "privateAccount", "user.privateAccount"),
}

CREDITS_USED = ("credits_used", "creditsUsed", "credits_charged")  # clients
BALANCE_LEFT = (
    # one: the answer of `GET /v1/credits` is documented by name only; the twin says `creditCount`
    "credits", "credits_remaining", "creditsRemaining", "remaining", "balance", "creditCount", "credits.remaining",
)  # fmt: skip
BALANCE_OF = ("total", "limit", "quota", "credits_total", "credits.total")


def walk(value: Any, path: str) -> Any:
    """What stands at a dotted path, None where nothing does. Lists and objects keyed by index both take numbers."""
    for step in path.split("."):
        if isinstance(value, Mapping):
            value = value.get(step)
        elif isinstance(value, list) and step.isdigit() and int(step) < len(value):
            value = value[int(step)]
        else:
            return None
    return value


def roots_of(payload: Any) -> list[Any]:
    """Below the envelope, below a second one, and the payload itself."""
    return [
        root for root in (walk(payload, "data"), walk(payload, "data.data"), payload) if isinstance(root, Mapping)
    ]


def find(payload: Any, paths: tuple[str, ...], read: Callable[[Any], _T | None]) -> _T | None:
    """The first candidate anywhere below the envelope that can be read."""
    return next(_readable(roots_of(payload), paths, read), None)


def field(item: Any, paths: tuple[str, ...], read: Callable[[Any], _T | None]) -> _T | None:
    """The same for an item of a list, which has no envelope."""
    return next(_readable([item], paths, read), None)


def children(value: Any) -> list[Any] | None:
    """The items of a list, or of an object keyed by index in the order of its numbers; None for anything else."""
    if isinstance(value, list):
        return value
    if isinstance(value, Mapping) and all(key.isdecimal() and len(key) < 10 for key in value):
        return [value[key] for key in sorted(value, key=int)]
    return None


def _readable(roots: list[Any], paths: tuple[str, ...], read: Callable[[Any], _T | None]) -> Iterator[_T]:
    for path in paths:
        for root in roots:
            found = read(walk(root, path))
            if found is not None:
                yield found
