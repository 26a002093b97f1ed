"""The demo's numbers in the shapes of SociaVault's answers, lists being objects keyed by index as there."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from creators.logic import demo
from creators.logic.demo import DemoComment, DemoFollower, DemoPost

_REEL = {"product_type": "clips", "media_type": 2}
_IMAGE = {"media_type": 1}
PAGE = {"posts": 12, "comments": 30, "followers": 50}
_LONGEST_HANDLE = 120
Params = Mapping[str, str]


def answer_of(path: str, params: Params, day: date) -> dict[str, Any] | None:
    """The `data` of an answer, None where there is no such path or account."""
    if path.endswith("v1/credits") or path == "credits":
        return {"credits": 100_000}
    answer = _ANSWERS.get(path.removeprefix("v1/").removeprefix("scrape/"))
    if answer is None or day <= demo.EPOCH:
        return None
    handle = _handle(params)
    return answer(handle, params, day) if handle and not handle.startswith("gone") else None


def _handle(params: Params) -> str:
    """The account asked about; the address of a post holds it too, as the demo writes them."""
    told = params.get("handle") or params.get("channelId", "").removeprefix("UCdemo-")
    if not told:
        told = params.get("url", params.get("pid", "")).partition("#by=")[2]
    return told.lstrip("@").lower()[:_LONGEST_HANDLE]


def _page(items: list[dict[str, Any]], kind: str, params: Params, cursor: str) -> tuple[dict[str, Any], int]:
    """Items keyed by index, and where the next page begins (0 for nowhere)."""
    asked = params.get(cursor, "0")
    start = int(asked) if asked.isdecimal() and len(asked) < 9 else 0
    shown = items[start : start + PAGE[kind]]
    following = start + PAGE[kind]
    return {str(index): item for index, item in enumerate(shown)}, following if following < len(items) else 0


def _post_of(handle: str, params: Params, day: date) -> DemoPost | None:
    told = params.get("url", params.get("pid", ""))
    return next((post for post in demo.posts_on(handle, day, limit=200) if str(post.id) in told), None)


def _tiktok_profile(handle: str, params: Params, day: date) -> dict[str, Any]:
    user = {
        "id": str(demo.number(handle)), "uniqueId": handle, "nickname": handle.replace("_", " ").title(),
        "signature": f"{handle} tries things out", "verified": False, "privateAccount": False,
    }  # fmt: skip
    posts = demo.posts_on(handle, day, limit=60)
    stats = {
        "followerCount": demo.followers_on(handle, day), "followingCount": demo.following_on(handle, day),
        "heartCount": 20_000 + sum(post.likes for post in posts), "videoCount": demo.post_count_on(handle, day),
    }  # fmt: skip
    return {"user": user, "stats": stats}


def _tiktok_posts(handle: str, params: Params, day: date) -> dict[str, Any]:
    items = [
        {
            "aweme_id": str(post.id), "desc": post.caption, "create_time": int(post.posted_at.timestamp()),
            "url": f"https://www.tiktok.com/@{handle}/video/{post.id}#by={handle}",
            "is_paid_partnership": post.is_paid,
            "statistics": {
                "play_count": post.views, "digg_count": post.likes, "comment_count": post.comments,
                "share_count": post.shares, "collect_count": post.saves,
            },
        }
        for post in demo.posts_on(handle, day, limit=60)
    ]  # fmt: skip
    shown, following = _page(items, "posts", params, "max_cursor")
    return {"aweme_list": shown, "max_cursor": following, "has_more": 1 if following else 0}


def _instagram_profile(handle: str, params: Params, day: date) -> dict[str, Any]:
    user = {
        "id": str(demo.number(handle)), "username": handle, "full_name": handle.replace("_", " ").title(),
        "biography": f"{handle} tries things out", "is_private": False, "is_verified": False,
        "edge_followed_by": {"count": demo.followers_on(handle, day)},
        "edge_follow": {"count": demo.following_on(handle, day)},
        "edge_owner_to_timeline_media": {"count": demo.post_count_on(handle, day)},
    }  # fmt: skip
    return {"user": user}


def _instagram_posts(handle: str, params: Params, day: date) -> dict[str, Any]:
    items = []
    for post in demo.posts_on(handle, day, limit=60):
        is_reel = post.id % 3 > 0
        items.append({
            "id": str(post.id), "code": f"D{post.id}", "caption": {"text": post.caption},
            "url": f"https://www.instagram.com/p/D{post.id}/#by={handle}",
            "taken_at": int(post.posted_at.timestamp()), "like_count": post.likes, "comment_count": post.comments,
            **(_REEL | {"play_count": post.views} if is_reel else _IMAGE),
            "is_paid_partnership": post.is_paid,
        })  # fmt: skip
    shown, following = _page(items, "posts", params, "next_max_id")
    return {"items": shown, "next_max_id": str(following) if following else None, "more_available": bool(following)}


def _youtube_profile(handle: str, params: Params, day: date) -> dict[str, Any]:
    followers = demo.followers_on(handle, day)
    step = int(10 ** max(0, len(str(followers)) - 3))
    return {
        "channelId": f"UCdemo-{handle}", "name": handle.title(), "handle": f"@{handle}",
        "subscriberCount": followers // step * step, "videoCount": demo.post_count_on(handle, day),
        "viewCount": 50_000 + sum(post.views for post in demo.posts_on(handle, day, limit=60)),
    }  # fmt: skip


def _youtube_posts(handle: str, params: Params, day: date) -> dict[str, Any]:
    items = [
        {
            "id": str(post.id), "title": post.caption, "viewCountInt": post.views, "type": "video",
            "url": f"https://www.youtube.com/watch?v={post.id}#by={handle}",
            "publishDate": post.posted_at.isoformat(),
        }
        for post in demo.posts_on(handle, day, limit=60)
    ]  # fmt: skip
    shown, following = _page(items, "posts", params, "continuationToken")
    return {"videos": shown, "continuationToken": str(following) if following else None}


def _youtube_video(handle: str, params: Params, day: date) -> dict[str, Any] | None:
    post = _post_of(handle, params, day)
    if post is None:
        return None
    return {
        "id": str(post.id),
        "viewCountInt": post.views,
        "likeCountInt": post.likes,
        "commentCountInt": post.comments,
    }


def _x_profile(handle: str, params: Params, day: date) -> dict[str, Any]:
    legacy = {
        "screen_name": handle, "name": handle.title(), "followers_count": demo.followers_on(handle, day),
        "friends_count": demo.following_on(handle, day), "statuses_count": demo.post_count_on(handle, day),
    }  # fmt: skip
    return {"rest_id": str(demo.number(handle)), "legacy": legacy}


def _x_posts(handle: str, params: Params, day: date) -> dict[str, Any]:
    items = [
        {
            "rest_id": str(post.id), "url": f"https://x.com/{handle}/status/{post.id}#by={handle}",
            "views": {"count": str(post.views)},
            "legacy": {
                "full_text": post.caption, "created_at": post.posted_at.strftime("%a %b %d %H:%M:%S +0000 %Y"),
                "favorite_count": post.likes, "retweet_count": post.shares, "reply_count": post.comments,
            },
        }
        for post in demo.posts_on(handle, day, limit=60)
    ]  # fmt: skip
    shown, following = _page(items, "posts", params, "cursor")
    return {"tweets": shown, "cursor": str(following) if following else None}


def _comments(name: str, cursor: str, shape: Callable[[DemoComment], dict[str, Any]]) -> Callable[..., Any]:
    def answer(handle: str, params: Params, day: date) -> dict[str, Any] | None:
        post = _post_of(handle, params, day)
        if post is None:
            return None
        shown, following = _page(
            [shape(each) for each in demo.comments_under(handle, post)], "comments", params, cursor
        )  # fmt: skip
        return {name: shown, cursor: str(following) if following else None}

    return answer


def _tiktok_comment(comment: DemoComment) -> dict[str, Any]:
    return {
        "cid": str(comment.id), "text": comment.text, "create_time": int(comment.at.timestamp()),
        "digg_count": comment.likes, "user": {"unique_id": comment.author}, "reply_id": str(comment.reply_to),
        "is_author": comment.is_by_creator,
    }  # fmt: skip


def _instagram_comment(comment: DemoComment) -> dict[str, Any]:
    return {
        "id": str(comment.id), "text": comment.text, "created_at": comment.at.isoformat(),
        "user": {"username": comment.author}, "parent_comment_id": str(comment.reply_to or ""),
    }  # fmt: skip


def _youtube_comment(comment: DemoComment) -> dict[str, Any]:
    return {
        "id": str(comment.id), "content": comment.text, "publishedTime": comment.at.isoformat(),
        "author": {"name": f"@{comment.author}", "isCreator": comment.is_by_creator},
        "engagement": {"likes": comment.likes},
    }  # fmt: skip


def _followers(handle: str, params: Params, day: date) -> dict[str, Any]:
    items = [_follower(each) for each in demo.followers_of(handle, 300)]
    shown, following = _page(items, "followers", params, "min_time")
    return {"followers": shown, "min_time": following, "has_more": bool(following)}


def _follower(follower: DemoFollower) -> dict[str, Any]:
    return {
        "unique_id": follower.handle, "signature": follower.bio, "follower_count": follower.followers,
        "following_count": follower.following, "aweme_count": follower.posts,
        "avatar_thumb": {"uri": "picture" if follower.has_picture else ""}, "secret": follower.is_private,
    }  # fmt: skip


_ANSWERS: dict[str, Callable[[str, Params, date], dict[str, Any] | None]] = {
    "tiktok/profile": _tiktok_profile,
    "tiktok/videos": _tiktok_posts,
    "tiktok/comments": _comments("comments", "cursor", _tiktok_comment),
    "tiktok/followers": _followers,
    "instagram/profile": _instagram_profile,
    "instagram/posts": _instagram_posts,
    "instagram/comments": _comments("comments", "cursor", _instagram_comment),
    "youtube/channel": _youtube_profile,
    "youtube/channel-videos": _youtube_posts,
    "youtube/video": _youtube_video,
    "youtube/video/comments": _comments("comments", "continuationToken", _youtube_comment),
    "twitter/profile": _x_profile,
    "twitter/user-tweets": _x_posts,
    "twitter/comments": _comments("tweets", "cursor", _instagram_comment),
}
