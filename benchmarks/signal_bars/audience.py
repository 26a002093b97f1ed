"""Bars of S13: single accounts told apart, and the share of fakes in audiences made of labelled accounts."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from benchmarks.signal_bars.account_fit import SOURCE, Account, accounts_in, cross_fitted, fit_accounts
from benchmarks.signal_bars.bar import Bar
from benchmarks.signal_bars.learn import Array, auc, folds_of, recall_at
from creators.logic.fraud.accounts import AccountWeights, score_account, shipped_weights
from creators.logic.fraud.prevalence import true_share

LEAST = 20
"""Accounts of each label without which nothing is measured."""
AUDIENCE = 300
AUDIENCES = 400
SPLITS = 10


def bars(folder: Path, seed: int, *, cross_fit: bool) -> Iterator[Bar]:
    """SRF rows, each other source by the weights fitted on SRF, then audience shares."""
    rows = accounts_in(folder)
    mine = [row for row in rows if row.source == SOURCE]
    yield from _own_bars(mine, seed, cross_fit=cross_fit)
    for source in sorted({row.source for row in rows} - {SOURCE}):
        yield _other_bar(source, [row for row in rows if row.source == source])
    yield from _share_bars(mine, seed, cross_fit=cross_fit)


def _own_bars(rows: list[Account], seed: int, *, cross_fit: bool) -> Iterator[Bar]:
    labels, counts = _labels(rows), _counts(rows)
    if _too_few(rows):
        yield from (Bar("fake_accounts_srf_auc", None, 0.92, True, counts),
                    Bar("fake_accounts_srf_recall_at_5pc", None, 0.60, True, counts))  # fmt: skip
        return
    scores = cross_fitted(rows, seed) if cross_fit else _scores(rows, shipped_weights())
    yield Bar("fake_accounts_srf_auc", auc(scores, labels), 0.92, True, counts)
    yield Bar("fake_accounts_srf_recall_at_5pc", recall_at(scores, labels, false_share=0.05), 0.60, True, counts)


def _other_bar(source: str, rows: list[Account]) -> Bar:
    name = f"fake_accounts_{source.lower()}_auc".replace(" ", "_")
    if _too_few(rows):
        return Bar(name, None, 0.84, True, _counts(rows))
    return Bar(name, auc(_scores(rows, shipped_weights()), _labels(rows)), 0.84, True, _counts(rows))


def _share_bars(rows: list[Account], seed: int, *, cross_fit: bool) -> Iterator[Bar]:
    """Audiences of 300 with 5 to 50 % fakes, drawn with replacement from the labelled accounts."""
    if _too_few(rows):
        yield from (Bar("audience_share_mean_error", None, 0.06, False, _counts(rows)),
                    Bar("audience_share_intervals_true", None, 0.90, True, _counts(rows)))  # fmt: skip
        return
    found = np.array([outcome for split in _splits(rows, seed, cross_fit=cross_fit) for outcome in split])
    counts = f"{len(found)} audiences of {AUDIENCE} from {_counts(rows)}"
    yield Bar("audience_share_mean_error", float(found[:, 0].mean()), 0.06, False, counts)
    yield Bar("audience_share_intervals_true", float(found[:, 1].mean()), 0.90, True, counts)


def _splits(rows: list[Account], seed: int, *, cross_fit: bool) -> Iterator[list[tuple[float, bool]]]:
    """Outcomes with the shipped weights; cross-fitted, half the accounts fit and the others make audiences."""
    random = np.random.default_rng([seed, 13])
    if not cross_fit:
        yield _outcomes(rows, shipped_weights(), random, AUDIENCES)
        return
    for split in range(SPLITS):
        fold = folds_of(_labels(rows), 2, seed + split)
        fitting = [row for row, its in zip(rows, fold, strict=True) if its == 0]
        judged = [row for row, its in zip(rows, fold, strict=True) if its == 1]
        yield _outcomes(judged, fit_accounts(fitting, seed), random, AUDIENCES // SPLITS)


def _outcomes(
    rows: list[Account], weights: AccountWeights, random: np.random.Generator, audiences: int
) -> list[tuple[float, bool]]:
    """Of each audience, how far the share is off and whether the interval holds the truth."""
    flags, labels = _scores(rows, weights) > weights.threshold, _labels(rows) == 1
    outcomes = []
    for share in np.linspace(0.05, 0.5, audiences):
        fakes = round(AUDIENCE * share)
        drawn = [*random.choice(flags[labels], fakes), *random.choice(flags[~labels], AUDIENCE - fakes)]
        estimate, truth = true_share(int(sum(drawn)), AUDIENCE, weights.trial), fakes / AUDIENCE
        if estimate:
            outcomes.append((abs(estimate.value - truth), estimate.low <= truth <= estimate.high))
    return outcomes


def _scores(rows: list[Account], weights: AccountWeights) -> Array:
    return np.array([score_account(row.follower, weights) for row in rows], dtype=float)


def _labels(rows: list[Account]) -> Array:
    return np.array([row.is_fake for row in rows], dtype=int)


def _too_few(rows: list[Account]) -> bool:
    fakes = sum(row.is_fake for row in rows)
    return min(fakes, len(rows) - fakes) < LEAST


def _counts(rows: list[Account]) -> str:
    fakes = sum(row.is_fake for row in rows)
    return f"{fakes} fake, {len(rows) - fakes} genuine"
