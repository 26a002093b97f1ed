"""S9 to S12: likes that are too even, comments per like, engagement and views against creators of the same size."""

from math import log
from statistics import pstdev

from creators.enums import Level
from creators.logic.fraud.expected import compared_to_expected, counters_of
from creators.logic.fraud.facts import Facts, Norm, Post
from creators.logic.fraud.measures import (
    BY_VIEWS,
    LEAST_LIKES,
    LEAST_POSTS,
    POSTS,
    comments_per_like,
    engagement_rate,
    like_cv,
    likes_per_view,
    settled_posts,
    views_per_follower,
)
from creators.logic.fraud.norms import beyond, norm_of, standing
from creators.logic.fraud.signal import Signal

WINDOW = f"the last {POSTS} posts older than 48 hours"
UNUSUAL, EXTREME = 2.33, 3.1
"""|z| for watch and flagged, S11 and S12: one and .1 of a hundred on either side."""

FLAT_VIEWS = 0.05
"""Standard deviation of ln(views) below which twelve posts were seen equally often: views delivered by order."""


def s9(facts: Facts) -> Signal:
    """Even likes: standard deviation over mean; watch below the clean 5th percentile, flagged below the first."""
    name, posts = "Even likes", settled_posts(facts)
    value, norm = like_cv(posts), norm_of(facts, "like_cv")
    if value is None or norm is None:
        needed = f"It takes {POSTS} posts of at least {LEAST_LIKES} likes on average."
        return _silent("S9", name, posts, needed)
    level = Level.FLAGGED if value < norm.p01 else Level.WATCH if value < norm.p05 else Level.CLEAR
    reason = (
        f"Likes of {len(posts)} posts differ by {value:.0%} of their mean; {norm.p50:.0%} is usual, and 5 in 100 are"
        f" below {norm.p05:.1%} ({norm.basis})."
    )
    excess = max(-beyond(value, norm), 0.0)
    return Signal("S9", name, level, reason, value, norm.p05, WINDOW, len(posts), excess=excess, evidence=_ids(posts))


def s10(facts: Facts) -> Signal:
    """Comments per like outside what 98 of 100 clean creators of the size have; zero comments are ordinary."""
    name, posts = "Comments per like", settled_posts(facts)
    value, norm = comments_per_like(posts), norm_of(facts, "comments_per_like")
    if value is None:
        return _silent("S10", name, posts, f"It takes {LEAST_POSTS} posts with likes and comments known.")
    if norm is None:
        return _silent("S10", name, posts, "No norm is known for this platform yet.")
    far = beyond(value, norm) if value else 0.0
    level = _level_of(abs(far) * UNUSUAL)
    reason = f"{value * 1000:,.1f} comments on 1,000 likes; {_usual(norm, 1000, '{:,.1f}')}."
    bound = norm.p99 if far > 0 else norm.p01
    return Signal("S10", name, level, reason, value, bound, WINDOW, len(posts), excess=abs(far), evidence=_ids(posts))


def s11(facts: Facts) -> Signal:
    """Engagement against the size: more likes than our own creators' followers and comments lead to expect.

    Until there are enough of those: z of the logarithm against the tier, of likes per view on TikTok and YouTube,
    else of likes and comments per follower.
    """
    name, counters = "Engagement for the size", counters_of(facts)
    if counters and "likes" in facts.expectations:
        return compared_to_expected("S11", name, "likes", counters, facts)
    return _against_tier(facts, name)


def _against_tier(facts: Facts, name: str) -> Signal:
    posts = settled_posts(facts)
    by_views = facts.platform in BY_VIEWS
    value = likes_per_view(posts) if by_views else engagement_rate(facts, posts)
    norm = norm_of(facts, "likes_per_view" if by_views else "engagement_rate")
    if value is None:
        return _silent("S11", name, posts, f"It takes {LEAST_POSTS} posts with known counts.")
    if norm is None:
        return _silent("S11", name, posts, "No norm is known for this platform and size yet.")
    what = "of the views bring a like" if by_views else "of the followers like or comment on a post"
    return _compared("S11", name, value, norm, posts, what)


def s12(facts: Facts) -> Signal:
    """Views against followers, z of the logarithm; equal views on every post; many views that nobody likes.

    Many views alone are a hit, not a signal: they count only where likes per view are below the first percentile.
    """
    name, posts = "Views for the size", settled_posts(facts)
    value, norm = views_per_follower(facts, posts), norm_of(facts, "views_per_follower")
    if (flat := _flat_views(posts)) is not None:
        return flat
    if value is None:
        return _silent("S12", name, posts, f"It takes {LEAST_POSTS} posts with known views.")
    if norm is None:
        return _silent("S12", name, posts, "No norm is known for this platform and size yet.")
    return _compared("S12", name, value, norm, posts, "of the followers' number watch a post",
                     high_counts=_unliked(facts, posts))  # fmt: skip


def _flat_views(posts: list[Post]) -> Signal | None:
    views = [post.views for post in posts if post.views]
    if len(views) < POSTS or min(views) < LEAST_LIKES:
        return None
    spread = pstdev([log(count) for count in views])
    if spread >= FLAT_VIEWS:
        return None
    reason = f"{len(views)} posts were seen almost equally often ({spread:.1%} apart); views never fall so evenly."
    return Signal("S12", "Views for the size", Level.WATCH, reason, spread, FLAT_VIEWS, WINDOW, len(views),
                  excess=EXTREME / UNUSUAL, evidence=_ids(posts))  # fmt: skip


def _unliked(facts: Facts, posts: list[Post]) -> bool:
    value, norm = likes_per_view(posts), norm_of(facts, "likes_per_view")
    return value is not None and norm is not None and value < norm.p01


def _compared(
    code: str, name: str, value: float, norm: Norm, posts: list[Post], what: str, *, high_counts: bool = True
) -> Signal:
    z = standing(value, norm)
    counted = abs(z) if z < 0 or high_counts else 0.0
    side = "more" if z > 0 else "less"
    reason = f"{value:.1%} {what}; {_usual(norm, 100, '{:,.1f} %')}. {abs(z):.1f} spreads {side} than the middle."
    return Signal(code, name, _level_of(counted), reason, value, norm.p99 if z > 0 else norm.p01, WINDOW, len(posts),
                  excess=counted / UNUSUAL, evidence=_ids(posts))  # fmt: skip


def _level_of(z: float) -> Level:
    return Level.FLAGGED if z > EXTREME else Level.WATCH if z > UNUSUAL else Level.CLEAR


def _usual(norm: Norm, times: int, form: str) -> str:
    low, middle, high = (form.format(value * times) for value in (norm.p05, norm.p50, norm.p95))
    return f"usual are {middle}, 90 of 100 lie between {low} and {high} ({norm.basis})"


def _silent(code: str, name: str, posts: list[Post], reason: str) -> Signal:
    return Signal(code, name, Level.INSUFFICIENT, reason, window=WINDOW, n=len(posts))


def _ids(posts: list[Post]) -> dict[str, object]:
    return {"posts": [post.id for post in posts]}
