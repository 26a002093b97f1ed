"""Bars of bought likes, injected into the posts of genuine accounts.

A purchase of "m times" adds (m - 1) times the mean likes to each of the last 12 posts, give or take 5 %; comments and
followers stay. What to expect (S11) is learnt from one half of the accounts and judged on the other, both ways, over
several halvings; no account is in both.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import numpy as np

from benchmarks.signal_bars.bar import Bar
from benchmarks.signal_bars.parts import NOW, Account, accounts, with_likes
from creators.enums import Level, Platform
from creators.logic.fraud.expected import PREDICTED, counters_of, expected_from
from creators.logic.fraud.facts import Day, Expectation, Facts, Post
from creators.logic.fraud.likes import s11
from creators.logic.tiers import tier_of

HALVINGS = 10
LEAST = 40
BOUNDS = (("likes_false", 1, 0.06, False), ("likes_recall_5x", 5, 0.95, True), ("likes_recall_2x", 2, 0.65, True))


def bars(folder: Path, seed: int, *, cross_fit: bool) -> Iterator[Bar]:
    """False alarms, and purchases of five and of two times. Judged on unseen halves whatever `cross_fit` says."""
    found = accounts(folder)
    hits: dict[int, list[bool]] = {times: [] for _, times, *_ in BOUNDS}
    for halving in range(HALVINGS if len(found) >= LEAST else 0):
        draw = np.random.default_rng([seed, 81, halving])
        for learnt, judged in halves(found, draw):
            expectations = expectations_of(learnt)
            for times, seen in hits.items():
                seen += [_suspicious(account, times, expectations, draw) for account in judged]
    for name, times, bound, at_least in BOUNDS:
        seen = hits[times]
        behind = f"{sum(seen)} of {len(seen)} judged, {len(found)} accounts in {HALVINGS} halvings"
        yield Bar(name, float(np.mean(seen)) if seen else None, bound, at_least, behind)


def halves(found: Sequence[Account], draw: np.random.Generator) -> Iterator[tuple[list[Account], list[Account]]]:
    """Two halves, each once to learn from and once to be judged."""
    order = [found[place] for place in draw.permutation(len(found))]
    one, other = order[: len(order) // 2], order[len(order) // 2 :]
    yield one, other
    yield other, one


def expectations_of(learnt: Sequence[Account]) -> dict[str, Expectation]:
    """What to expect, from half of the accounts; in the program it takes 200 of them."""
    rows = [counters for account in learnt if (counters := counters_of(account_facts(account)))]
    return {what: expected_from(rows, what) for what in PREDICTED}


def account_facts(account: Account) -> Facts:
    """An account as the rules see it, its posts a week apart."""
    posts = tuple(
        Post(number, NOW - timedelta(days=3 + 7 * number), likes=likes, comments=comments)
        for number, (likes, comments) in enumerate(zip(account.likes, account.comments, strict=True))
    )
    days = (Day(NOW.date(), account.followers),)
    return Facts(Platform.INSTAGRAM, tier_of(account.followers), NOW, days=days, posts=posts)


def _suspicious(
    account: Account, times: float, expectations: dict[str, Expectation], draw: np.random.Generator
) -> bool:
    facts = replace(account_facts(with_likes(account, times, draw)), expectations=expectations)
    return s11(facts).level in (Level.WATCH, Level.FLAGGED)
