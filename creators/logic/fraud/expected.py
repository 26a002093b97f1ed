"""S15: whether followers and likes go together as they do at other creators of the platform.

People buy in two ways: followers without likes lift S15, likes without an audience lift S11, which asks here too.
"""

from collections.abc import Mapping, Sequence
from math import exp, log1p
from statistics import fmean

import numpy as np

from creators.enums import Level
from creators.logic.fraud.facts import Expectation, Facts
from creators.logic.fraud.measures import LEAST_LIKES, LEAST_POSTS, POSTS, followers_of, settled_posts
from creators.logic.fraud.norms import OWN_FROM, norms_from
from creators.logic.fraud.signal import Signal

PREDICTED = {"likes": ("followers", "comments"), "followers": ("likes", "comments")}
"""What is expected, and from what."""

WINDOW = f"the last {POSTS} posts older than 48 hours"

Counters = Mapping[str, float]


def s15(facts: Facts) -> Signal:
    """More followers than likes and comments lead to expect; watch above p95 of clean creators, flagged above p99.

    ln(followers) is expected from ln(likes) and ln(comments), by least squares over our own creators of the platform
    (after Aggarwal 2018). The value is followers over expected followers.
    """
    name, counters = "Expected followers", counters_of(facts)
    if counters is None:
        reason = f"It takes {LEAST_POSTS} posts of {LEAST_LIKES} likes on average, with comments and followers known."
        return Signal("S15", name, Level.INSUFFICIENT, reason, window=WINDOW)
    if "followers" not in facts.expectations:
        reason = f"It takes {OWN_FROM} creators of our own on this platform to know what to expect."
        return Signal("S15", name, Level.INSUFFICIENT, reason, window=WINDOW)
    return compared_to_expected("S15", name, "followers", counters, facts)


def compared_to_expected(code: str, name: str, what: str, counters: Counters, facts: Facts) -> Signal:
    """The signal of a counter above what the others lead to expect."""
    expectation = facts.expectations[what]
    residual, norm = residual_of(what, counters, expectation), expectation.residuals
    level = Level.FLAGGED if residual > norm.p99 else Level.WATCH if residual > norm.p95 else Level.CLEAR
    excess = max((residual - norm.p50) / max(norm.p99 - norm.p50, 1e-9), 0.0)
    value, threshold, posts = exp(residual), exp(norm.p95), settled_posts(facts)
    reason = (
        f"{counters[what]:,.0f} {what} where {counters[what] / value:,.0f} would be expected from the"
        f" {' and '.join(PREDICTED[what])}; 95 of 100 have less than {threshold:.1f} times that ({norm.basis})."
    )
    evidence = {"posts": [post.id for post in posts]}
    return Signal(code, name, level, reason, value, threshold, WINDOW, len(posts), excess=excess, evidence=evidence)


def counters_of(facts: Facts) -> dict[str, float] | None:
    """Mean likes and all comments of the last posts, and the followers; None where one of them is not known."""
    posts = [post for post in settled_posts(facts) if post.likes is not None and post.comments is not None]
    followers = followers_of(facts)
    if len(posts) < LEAST_POSTS or not followers or fmean(post.likes or 0 for post in posts) < LEAST_LIKES:
        return None
    comments = POSTS / len(posts) * sum(post.comments or 0 for post in posts)
    return {"followers": followers, "likes": fmean(post.likes or 0 for post in posts), "comments": comments}


def residual_of(what: str, counters: Counters, expectation: Expectation) -> float:
    """ln of a counter less what the others lead to expect."""
    expected = expectation.base + sum(
        slope * log1p(max(counters[name], 0)) for name, slope in expectation.slopes.items()
    )
    return log1p(max(counters[what], 0)) - expected


def expected_from(rows: Sequence[Counters], what: str, *, basis: str = "our own creators") -> Expectation:
    """Least squares over clean creators; each residual is taken as if its creator had not been among them."""
    names = PREDICTED[what]
    logs = {name: np.log1p([row[name] for row in rows]) for name in (what, *names)}
    inputs = np.column_stack([np.ones(len(rows)), *(logs[name] for name in names)])
    weights, *_ = np.linalg.lstsq(inputs, logs[what], rcond=None)
    pull = np.einsum("ij,ji->i", inputs, np.linalg.pinv(inputs))
    residuals = (logs[what] - inputs @ weights) / np.maximum(1 - pull, 0.01)
    slopes = {name: float(weight) for name, weight in zip(names, weights[1:], strict=True)}
    return Expectation(float(weights[0]), slopes, norms_from(residuals.tolist(), basis=basis))


def own_expectations(rows: Sequence[Counters]) -> dict[str, Expectation]:
    """What to expect on a platform, once there are enough creators of our own."""
    return {what: expected_from(rows, what) for what in PREDICTED} if len(rows) >= OWN_FROM else {}
