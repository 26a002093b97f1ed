"""S8: the same authors under post after post, in the same order, at once.

Honest small creators have loyal friends, and no public base rate says how many; so this is never above watch.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import timedelta
from itertools import combinations

from creators.enums import Level
from creators.logic.fraud.facts import Comment, Facts
from creators.logic.fraud.scale import WATCH_FROM
from creators.logic.fraud.signal import Signal

LAST_POSTS = 12
AUTHORS_LEAST = 5
POSTS_LEAST = 5
"""Of the last 12 posts, those with at least 5 different authors are compared; fewer than 5 such posts are too few."""

OVERLAP = 0.40
"""Mean pairwise Jaccard of authors. A judgement: half of the authors of any two posts are the same people."""
SAME_ORDER = 0.80
SHARED_LEAST = 5
ORDERED_PAIRS = 0.50
"""Kendall's tau of first comments above .8, for pairs of posts that share 5 authors (Tagger, reference/fraud.md 2.1);
held against somebody only if that is so for half of at least three such pairs."""
REGULAR = 0.60
FIRST_HOUR = timedelta(hours=1)
"""A regular is seen under at least 60 % of the posts (reference/fraud.md 2.3); their share of the first hour is told
as evidence."""


def s8(facts: Facts) -> Signal:
    """Whether any two posts have nearly the same authors, or authors in the same order."""
    threads = _threads(facts)
    name, window = "Same authors", f"last {LAST_POSTS} posts with {AUTHORS_LEAST} authors or more"
    if len(threads) < POSTS_LEAST:
        reason = f"Only {len(threads)} posts with enough different authors are known; {POSTS_LEAST} are needed."
        return Signal("S8", name, Level.INSUFFICIENT, reason, threshold=OVERLAP, window=window, n=len(threads))
    overlap, ordered, regulars = _overlap(threads), same_order_share(threads), _first_hour(threads, facts)
    watched = overlap > OVERLAP or (ordered or 0.0) >= ORDERED_PAIRS
    reason = (
        f"Any two of {len(threads)} posts share {overlap:.0%} of their authors on average{_order_words(ordered)}."
    )
    excess = WATCH_FROM * (1.1 if watched else min(overlap / OVERLAP, 1.0))
    evidence = {"posts": list(threads), "same_order": ordered, "regulars_in_first_hour": regulars}
    return Signal("S8", name, Level.WATCH if watched else Level.CLEAR, reason, overlap, OVERLAP, window,
                  len(threads), excess=excess, evidence=evidence)  # fmt: skip


def same_order_share(threads: Mapping[int, Sequence[str]]) -> float | None:
    """The share of pairs with 5 shared authors that came in the same order; None where there are not three pairs."""
    taus = [
        kendall_tau([two.index(author) for author in one if author in two])
        for one, two in combinations(threads.values(), 2)
        if len(set(one) & set(two)) >= SHARED_LEAST
    ]
    return sum(tau > SAME_ORDER for tau in taus) / len(taus) if len(taus) >= 3 else None


def kendall_tau(places: Sequence[int]) -> float:
    """Concordant less discordant pairs over all, of distinct places listed in the order of the other ranking."""
    signs = [1 if later > earlier else -1 for earlier, later in combinations(places, 2)]
    return sum(signs) / len(signs) if signs else 0.0


def _threads(facts: Facts) -> dict[int, list[str]]:
    """Authors by post in the order of their first comments, for the posts with enough of them."""
    newest = sorted(facts.posts, key=lambda post: post.posted_at, reverse=True)[:LAST_POSTS]
    found = {post.id: list(dict.fromkeys(one.author for one in _in_order(facts, post.id))) for post in newest}
    return {post: authors for post, authors in found.items() if len(authors) >= AUTHORS_LEAST}


def _in_order(facts: Facts, post: int) -> list[Comment]:
    """Comments of known authors under a post, by time; those without one last."""
    mine = [one for one in facts.comments if one.post == post and one.author]
    return sorted(mine, key=lambda one: (one.posted_at is None, one.posted_at or facts.now, one.id))


def _overlap(threads: Mapping[int, Sequence[str]]) -> float:
    """Mean pairwise Jaccard."""
    pairs = [(set(one), set(two)) for one, two in combinations(threads.values(), 2)]
    return sum(len(one & two) / len(one | two) for one, two in pairs) / len(pairs)


def _first_hour(threads: Mapping[int, Sequence[str]], facts: Facts) -> float | None:
    """The share of comments within an hour of their post that are by regulars; None where no times are known."""
    seen = Counter(author for authors in threads.values() for author in authors)
    posted = {post.id: post.posted_at for post in facts.posts if post.id in threads}
    early = [
        one.author for one in facts.comments
        if one.post in posted and one.posted_at and one.posted_at - posted[one.post] <= FIRST_HOUR
    ]  # fmt: skip
    return sum(seen[author] >= REGULAR * len(threads) for author in early) / len(early) if early else None


def _order_words(ordered: float | None) -> str:
    return "" if ordered is None else f", and {ordered:.0%} of comparable pairs have them in the same order"
