"""S5 to S7: comments that repeat each other, say nothing, or sell something.

Each comment is scored once, when it is stored (`score_comment`); the rules only count. Thresholds are those of
reference/fraud.md 2.3, measured on honest comment sections: up to 30 % of those are generic, and under popular songs
a fifth repeats itself.
"""

from collections import defaultdict

import numpy as np
from rapidfuzz.fuzz import ratio
from rapidfuzz.process import cdist

from creators.enums import Level, Platform
from creators.logic.fraud.facts import Comment, Facts, Norm
from creators.logic.fraud.promo import PROMOTIONAL, promo_score, weights_for
from creators.logic.fraud.scale import FLAGGED_FROM
from creators.logic.fraud.signal import Signal
from creators.logic.fraud.words import fold, is_generic

ENOUGH = 40
"""Comments from which a share is told."""
LOOKED_AT = 400
"""The newest comments that S5 compares: every pair costs, and more say nothing new."""

EXACT_FROM = 4
NEAR_FROM = 12
NEAR = 85
"""S5: equal folds of at least 4 characters; of at least 12 also those whose rapidfuzz ratio is 85 or more, which
allows a typo or a changed word in twenty letters. Cheaper than 4-gram Jaccard, with the same verdicts."""

REPEATED_WATCH, REPEATED_FLAGGED = 0.20, 0.25
GENERIC_WATCH, GENERIC_FLAGGED = 0.40, 0.60
GENERIC_BESIDE = 0.30
"""Repeated above watch is flagged too where more than this is generic: together they are bot praise."""
PROMO_WATCH, PROMO_FLAGGED = 0.18, 0.22
"""S7: .18 is that of the reference; .22 is beyond what any honest section of 60 comments showed."""

SHIPPED = {
    "S5": Norm(0.0, 0.0, 0.03, 0.13, 0.17, n=800, basis="honest sections of 60 comments from four public sources"),
    "S6": Norm(0.0, 0.02, 0.15, 0.29, 0.33, n=800, basis="honest sections of 60 comments from four public sources"),
    "S7": Norm(0.0, 0.0, 0.03, 0.08, 0.12, n=800, basis="honest sections of 60 comments from four public sources"),
}


def score_comment(text: str, platform: Platform) -> tuple[str, bool, float]:
    """What is stored with a comment: its fold, whether it is generic, and how promotional it is (0 to 1)."""
    return fold(text), is_generic(text), promo_score(text, weights_for(platform))


def s5(facts: Facts) -> Signal:
    """The share of comments that say what another author said too, word for word or nearly."""
    comments = facts.comments[:LOOKED_AT]
    if len(comments) < ENOUGH:
        return _too_few("S5", "Repeated comments", len(comments), REPEATED_WATCH)
    repeated = repeated_among(comments)
    share, generic = len(repeated) / len(comments), _generic_share(comments)
    level = _level(share, REPEATED_WATCH, REPEATED_FLAGGED)
    if level == Level.WATCH and generic > GENERIC_BESIDE:
        level = Level.FLAGGED
    reason = f"{len(repeated)} of {len(comments)} comments repeat what somebody else wrote; up to a fifth is usual."
    return _signal("S5", "Repeated comments", level, reason, share, REPEATED_WATCH, comments, repeated, facts)


def s6(facts: Facts) -> Signal:
    """The share of comments that are emoji or a few words of praise. Flagged only beside repeated ones."""
    comments = facts.comments
    if len(comments) < ENOUGH:
        return _too_few("S6", "Generic comments", len(comments), GENERIC_WATCH)
    found = [comment for comment in comments if comment.is_generic]
    share = len(found) / len(comments)
    repeats = s5(facts).level in (Level.WATCH, Level.FLAGGED) if share > GENERIC_FLAGGED else False
    level = _level(share, GENERIC_WATCH, GENERIC_FLAGGED if repeats else 1.0)
    reason = f"{len(found)} of {len(comments)} comments are emoji or a few words of praise; up to 30 % is usual."
    most = None if repeats else FLAGGED_FROM
    return _signal("S6", "Generic comments", level, reason, share, GENERIC_WATCH, comments, found, facts, most=most)


def s7(facts: Facts) -> Signal:
    """The share of comments that sell something, lure elsewhere or praise a trader."""
    comments = facts.comments
    if len(comments) < ENOUGH:
        return _too_few("S7", "Promotional comments", len(comments), PROMO_WATCH)
    found = [comment for comment in comments if comment.promo_score >= PROMOTIONAL]
    share = len(found) / len(comments)
    level = _level(share, PROMO_WATCH, PROMO_FLAGGED)
    reason = f"{len(found)} of {len(comments)} comments advertise something else; up to 15 % is usual."
    return _signal("S7", "Promotional comments", level, reason, share, PROMO_WATCH, comments, found, facts)


def repeated_among(comments: tuple[Comment, ...]) -> list[Comment]:
    """The comments whose fold another author has too, or nearly. An unknown author counts as somebody else.

    Formula: see `EXACT_FROM` and `NEAR`. All pairs at once; about 0.2 ms for 100 comments.
    """
    by_fold: dict[str, list[Comment]] = defaultdict(list)
    for comment in comments:
        if len(comment.fold) >= EXACT_FROM:
            by_fold[comment.fold].append(comment)
    authors = {text: {one.author or f"#{one.id}" for one in alike} for text, alike in by_fold.items()}
    near = _near_by_others(authors)
    return [one for one in comments if one.fold in authors and (len(authors[one.fold]) > 1 or one.fold in near)]


def _near_by_others(authors: dict[str, set[str]]) -> set[str]:
    """The folds that nearly equal a different fold by somebody else."""
    folds = [text for text in authors if len(text) >= NEAR_FROM]
    if len(folds) < 2:
        return set()
    alike = cdist(folds, folds, scorer=ratio, score_cutoff=NEAR, dtype=np.uint8)
    np.fill_diagonal(alike, 0)
    pairs = zip(*np.nonzero(alike), strict=True)
    return {folds[one] for one, other in pairs if len(authors[folds[one]] | authors[folds[other]]) > 1}


def _generic_share(comments: tuple[Comment, ...]) -> float:
    return sum(comment.is_generic for comment in comments) / len(comments)


def _level(share: float, watch: float, flagged: float) -> Level:
    return Level.FLAGGED if share > flagged else Level.WATCH if share > watch else Level.CLEAR


def _too_few(code: str, name: str, n: int, threshold: float) -> Signal:
    reason = f"Only {n} comments are known; {ENOUGH} are needed."
    return Signal(code, name, Level.INSUFFICIENT, reason, threshold=threshold, window="newest comments", n=n)


def _signal(
    code: str, name: str, level: Level, reason: str, share: float, threshold: float, comments: tuple[Comment, ...],
    found: list[Comment], facts: Facts, *, most: float | None = None,
) -> Signal:  # fmt: skip
    """With its place among clean peers: (share - p50) / (p99 - p50), at most `most`."""
    norm = facts.norms.get(code, SHIPPED[code])
    excess = (share - norm.p50) / max(norm.p99 - norm.p50, 0.01)
    excess = excess if most is None else min(excess, most)
    window = f"newest {len(comments)} comments under {len({comment.post for comment in comments})} posts"
    evidence = {"comments": [comment.id for comment in found]}
    return Signal(
        code, name, level, reason, share, threshold, window, len(comments), excess=excess, evidence=evidence
    )
