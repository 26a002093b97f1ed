"""What the rules of likes and views measure on the last posts, and our own norms with them."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from statistics import fmean, median, pstdev

from creators.enums import Platform
from creators.logic.fraud.facts import Facts, Post

POSTS = 12
SETTLED = timedelta(hours=48)
"""Posts younger than this still gather likes."""

LEAST_POSTS = 6
LEAST_LIKES = 20
"""Likes a post on average; below, counting noise is all there is."""

BY_VIEWS = (Platform.TIKTOK, Platform.YOUTUBE)
"""Platforms whose engagement is measured against views, as each post goes to other people than the followers."""


def settled_posts(facts: Facts) -> list[Post]:
    """The last 12 posts older than 48 hours, newest first."""
    old = [post for post in facts.posts if facts.now - post.posted_at >= SETTLED]
    return sorted(old, key=lambda post: post.posted_at, reverse=True)[:POSTS]


def followers_of(facts: Facts) -> int | None:
    """The newest known count of followers."""
    return next((day.followers for day in reversed(facts.days) if day.followers is not None), None)


def like_cv(posts: Sequence[Post]) -> float | None:
    """Standard deviation over mean of the likes; needs 12 posts of at least 20 likes on average."""
    likes = [post.likes for post in posts if post.likes is not None]
    if len(likes) < POSTS or fmean(likes) < LEAST_LIKES:
        return None
    return pstdev(likes) / fmean(likes)


def comments_per_like(posts: Sequence[Post]) -> float | None:
    """All comments over all likes, of the posts where both are known."""
    both = [(post.comments, post.likes) for post in posts if post.comments is not None and post.likes is not None]
    likes = sum(likes for _, likes in both)
    if len(both) < LEAST_POSTS or likes < LEAST_LIKES * len(both):
        return None
    return sum(comments for comments, _ in both) / likes


def engagement_rate(facts: Facts, posts: Sequence[Post]) -> float | None:
    """Likes and comments a post, over the followers, of the posts where both are known."""
    known = [post.likes + post.comments for post in posts if post.likes is not None and post.comments is not None]
    followers = followers_of(facts)
    return fmean(known) / followers if followers and len(known) >= LEAST_POSTS else None


def likes_per_view(posts: Sequence[Post]) -> float | None:
    """All likes over all views, of the posts where both are known."""
    both = [(post.likes, post.views) for post in posts if post.likes is not None and post.views]
    return sum(likes for likes, _ in both) / sum(views for _, views in both) if len(both) >= LEAST_POSTS else None


def views_per_follower(facts: Facts, posts: Sequence[Post]) -> float | None:
    """Median views over the followers."""
    views, followers = [post.views for post in posts if post.views is not None], followers_of(facts)
    return median(views) / followers if followers and len(views) >= LEAST_POSTS else None


MEASURES: dict[str, Callable[[Facts], float | None]] = {
    "like_cv": lambda facts: like_cv(settled_posts(facts)),
    "comments_per_like": lambda facts: comments_per_like(settled_posts(facts)),
    "engagement_rate": lambda facts: engagement_rate(facts, settled_posts(facts)),
    "likes_per_view": lambda facts: likes_per_view(settled_posts(facts)),
    "views_per_follower": lambda facts: views_per_follower(facts, settled_posts(facts)),
}
"""By name, for building norms."""
