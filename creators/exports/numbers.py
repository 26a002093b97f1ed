"""Posts and snapshots as rows of a file. An unknown count is an empty cell, never 0."""

from creators.models import Post, ProfileSnapshot

POSTS = (
    "platform_id", "kind", "posted_at", "url", "caption", "likes", "comments", "shares", "saves", "views",
    "counted_at", "campaign", "paid_partnership", "edited_at", "removed_at",
)  # fmt: skip
SNAPSHOTS = (
    "seen_at", "source", "basis", "followers", "rounded_to", "following", "posts", "likes", "views", "credits",
)  # fmt: skip


def post_row(post: Post) -> list[object]:
    """One post under POSTS."""
    return [
        post.platform_id, post.kind, post.posted_at, post.url, post.caption, post.likes, post.comments, post.shares,
        post.saves, post.views, post.counted_at, "yes" if post.is_campaign else "no", _told(post.is_paid_partnership),
        post.edited_at, post.removed_at,
    ]  # fmt: skip


def snapshot_row(snapshot: ProfileSnapshot) -> list[object]:
    """One snapshot under SNAPSHOTS."""
    return [
        snapshot.seen_at, snapshot.source, snapshot.basis, snapshot.followers, snapshot.followers_step,
        snapshot.following, snapshot.posts, snapshot.likes, snapshot.views, snapshot.credits,
    ]  # fmt: skip


def _told(label: bool | None) -> str:
    return "" if label is None else "yes" if label else "no"
