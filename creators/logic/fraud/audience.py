"""S13 and S14: how many of the followers look bought, told from a sample; and whether their counts look made up."""

import math
from collections.abc import Iterable

from creators.enums import Level
from creators.logic.fraud.accounts import score_account, shipped_weights
from creators.logic.fraud.facts import AudienceCounts, Facts, Follower, Norm
from creators.logic.fraud.prevalence import Share, true_share
from creators.logic.fraud.signal import Signal

ENOUGH = 100
WATCH, FLAGGED = 0.20, 0.35
"""S13, of the lower end of the interval (reference/fraud.md 2.3). 20 to 30 % is ordinary for the famous."""

BENFORD_ENOUGH = 300
BENFORD_USUAL = 0.042
"""S14: honest accounts of one public set already lie this far from Benford's law (reference/fraud.md 3.5)."""

SHIPPED = Norm(
    0.0, 0.0, 0.03, 0.13, 0.16, n=2_000, basis="audiences of up to 20 % fakes, made of SRF Data's accounts"
)


def count_audience(followers: Iterable[Follower]) -> AudienceCounts:
    """What is stored of a sample: how many could be scored, how many look suspicious, first digits of following."""
    sampled = list(followers)
    weights = shipped_weights()
    given = (one.score if one.score is not None else score_account(one, weights) for one in sampled)
    scores = [score for score in given if score is not None]
    digits = [0] * 9
    for one in sampled:
        if one.following:
            digits[int(str(one.following)[0]) - 1] += 1
    return AudienceCounts(len(scores), sum(score > weights.threshold for score in scores), tuple(digits))


def audience_share(counts: AudienceCounts) -> Share | None:
    """The share of followers that a careful person would call fake, with its 95 % interval."""
    return true_share(counts.suspicious, counts.n, shipped_weights().trial)


def s13(facts: Facts) -> Signal:
    """Judged by the lower end of the interval, so that a small sample is held against nobody."""
    counts = facts.audience or count_audience(facts.followers)
    share = audience_share(counts) if counts.n >= ENOUGH else None
    name = "Suspicious followers"
    if share is None:
        reason = f"Only {counts.n} followers were sampled; {ENOUGH} are needed."
        return Signal("S13", name, Level.INSUFFICIENT, reason, threshold=WATCH, n=counts.n)
    level = Level.FLAGGED if share.low > FLAGGED else Level.WATCH if share.low > WATCH else Level.CLEAR
    reason = (
        f"About {share.value:.0%} of the followers look bought, by a sample of {counts.n}: "
        f"between {share.low:.0%} and {share.high:.0%}. It is watched where even the lower end is above {WATCH:.0%}."
    )
    evidence = {"share": share.value, "low": share.low, "high": share.high, "suspicious": counts.suspicious}
    window = f"sample of {counts.n} followers, lower end of the 95 % interval"
    return Signal("S13", name, level, reason, share.low, WATCH, window, counts.n,
                  excess=_excess(share.low, facts), evidence=evidence)  # fmt: skip


def s14(facts: Facts) -> Signal:
    """How far the first digits of the followers' following lie from Benford's law. Advisory: never above clear."""
    digits = facts.audience.digits if facts.audience else count_audience(facts.followers).digits
    n, name = sum(digits), "First digits of the audience"
    if n < BENFORD_ENOUGH:
        reason = f"Only {n} followers with a known count; {BENFORD_ENOUGH} are needed."
        return Signal("S14", name, Level.INSUFFICIENT, reason, threshold=BENFORD_USUAL, n=n)
    distance = benford_distance(digits)
    found = "further than honest audiences do" if distance > BENFORD_USUAL else "no further than honest audiences do"
    reason = f"The first digits of what followers follow stray {found}. This is advice and counts against nobody."
    return Signal("S14", name, Level.CLEAR, reason, distance, BENFORD_USUAL, f"sample of {n} followers", n)


def benford_distance(digits: tuple[int, ...]) -> float:
    """The mean absolute distance of nine shares from Benford's log10(1 + 1/d)."""
    total = max(sum(digits), 1)
    return sum(abs(count / total - math.log10(1 + 1 / digit)) for digit, count in enumerate(digits, 1)) / 9


def _excess(low: float, facts: Facts) -> float:
    norm = facts.norms.get("S13", SHIPPED)
    return (low - norm.p50) / max(norm.p99 - norm.p50, 0.01)
