"""How suspicious a single follower looks: 0 to 1, agreeing with people who looked at the same counts (S13).

A logistic regression over the features of reference/fraud.md 2.3 S13, bent at a few places by hinges max(x - k, 0).
`benchmarks/fit_signals.py` fits the weights on the SRF rows; here they are only read. Plain Python, once for each
follower when a sample is stored.
"""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from creators.logic.fraud.facts import Follower
from creators.logic.fraud.prevalence import Trial
from creators.logic.fraud.words import DATA

HINGES = {
    "ln followers": (3.0, 4.5, 6.0),
    "ln posts": (1.0, 2.5, 4.0),
    "ln following per post": (2.0, 4.0, 6.0),
    "ln followers per post": (1.0, 2.5),
}
"""Where a line may bend, in natural logarithms of one plus the count: about 20, 90 and 400 followers, and so on."""

NEVER_INNOCENT = (
    "no posts", "follows over 1,500", "follows 3 a follower", "follows 10 a follower", "digits in name", "no picture"
)  # fmt: skip
"""These may only add to suspicion, whatever a small sample says."""


@dataclass(frozen=True)
class AccountWeights:
    """`threshold` splits suspicious from not; `trial` counts how it did on cross-fitted scores, so unflattered."""

    bias: float
    features: Mapping[str, float]
    threshold: float
    trial: Trial


def account_features(follower: Follower) -> dict[str, float] | None:
    """The named features, None where a count is unknown. An unknown picture or name counts as ordinary."""
    if follower.followers is None or follower.following is None or follower.posts is None:
        return None
    followers, following, posts = (math.log1p(max(count, 0)) for count in _counts(follower))
    lines = {
        "ln followers": followers, "ln posts": posts, "ln following per post": following - posts,
        "ln followers per post": followers - posts,
    }  # fmt: skip
    bends = {f"{name} above {bend:g}": max(lines[name] - bend, 0.0) for name in lines for bend in HINGES[name]}
    ratio = follower.following / (follower.followers + 1)
    return {
        **lines,
        **bends,
        "no posts": float(follower.posts == 0),
        "follows over 1,500": float(follower.following > 1_500),
        "follows 3 a follower": float(ratio > 3),
        "follows 10 a follower": float(ratio > 10),
        "digits in name": follower.digit_share or 0.0,
        "no picture": float(follower.has_picture is False),
    }


def score_account(follower: Follower, weights: AccountWeights) -> float | None:
    """The probability that a careful person would call it fake; None where a count is unknown."""
    values = account_features(follower)
    if values is None:
        return None
    odds = weights.bias + sum(weights.features[name] * value for name, value in values.items())
    return 1 / (1 + math.exp(-min(max(odds, -30.0), 30.0)))


@cache
def shipped_weights() -> AccountWeights:
    """Those of `creators/data/weights/accounts.json`."""
    stored = json.loads((DATA / "weights" / "accounts.json").read_text(encoding="utf-8"))
    return AccountWeights(stored["bias"], stored["features"], stored["threshold"], Trial(**stored["trial"]))


def _counts(follower: Follower) -> tuple[int, int, int]:
    return follower.followers or 0, follower.following or 0, follower.posts or 0
