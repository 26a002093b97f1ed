"""Reading labelled accounts, and fitting the weights of the account score on those of SRF Data alone."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from benchmarks.signal_bars.learn import Array, fit_logistic, folds_of
from creators.logic.fraud.accounts import NEVER_INNOCENT, AccountWeights, account_features, score_account
from creators.logic.fraud.facts import Follower
from creators.logic.fraud.prevalence import Trial

COLUMNS = ("followers", "following", "posts", "pic", "private", "digits")
SOURCE = "SRF"
PENALTY = 10.0
FOLDS = 5
REPEATS = 4
FALSE_SHARE = 0.08
"""Genuine accounts above the threshold: of 3, 5, 8 and 12 % the one with the least error of corrected shares."""


@dataclass(frozen=True)
class Account:
    """A follower with a person's verdict."""

    follower: Follower
    is_fake: bool
    source: str


def accounts_in(folder: Path) -> list[Account]:
    """The rows of `accounts.csv` that hold the three counts; none where there is no such file."""
    path = folder / "accounts.csv"
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        found = [Account(_follower(row), float(row["is_fake"]) > 0.5, row["source"]) for row in csv.DictReader(file)]
    return [account for account in found if account_features(account.follower) is not None]


def _follower(row: dict[str, str]) -> Follower:
    number = {name: float(row[name]) for name in COLUMNS if row.get(name)}
    counts = [int(number[name]) if name in number else None for name in ("followers", "following", "posts")]
    picture, private = (number[name] > 0.5 if name in number else None for name in ("pic", "private"))
    return Follower(counts[0], counts[1], counts[2], picture, private, number.get("digits"))


def fit_accounts(rows: Sequence[Account], seed: int = 1) -> AccountWeights:
    """Weights from all rows, threshold and its rights and wrongs from scores that were cross-fitted among them."""
    labels = np.array([row.is_fake for row in rows])
    scores = np.mean([cross_fitted(rows, seed + repeat) for repeat in range(REPEATS)], axis=0)
    threshold = round(float(np.quantile(scores[~labels], 1 - FALSE_SHARE)), 4)
    fakes, genuine = int(labels.sum()), int((~labels).sum())
    found, cleared = int((scores[labels] > threshold).sum()), int((scores[~labels] <= threshold).sum())
    return replace(_fit(rows), threshold=threshold, trial=Trial(found, fakes, cleared, genuine))


def cross_fitted(rows: Sequence[Account], seed: int, folds: int = FOLDS) -> Array:
    """Each account scored by weights fitted without its fold."""
    fold = folds_of(np.array([row.is_fake for row in rows]), folds, seed)
    scores = np.zeros(len(rows))
    for its in range(folds):
        weights = _fit([row for row, at in zip(rows, fold, strict=True) if at != its])
        for place in map(int, np.flatnonzero(fold == its)):
            scores[place] = score_account(rows[place].follower, weights)
    return scores


def _fit(rows: Sequence[Account]) -> AccountWeights:
    """The weights alone. What is never innocent may not lower a score."""
    known = [named for row in rows if (named := account_features(row.follower)) is not None]
    names = list(known[0])
    values = np.array([[one[name] for name in names] for one in known])
    mean, spread = values.mean(axis=0), values.std(axis=0) + 1e-9
    labels = np.array([row.is_fake for row in rows], dtype=float)
    least = [0.0 if name in NEVER_INNOCENT else None for name in names]
    bias, found = fit_logistic((values - mean) / spread, labels, np.full(len(names), PENALTY), least=least)
    scaled = found / spread
    features = {name: round(float(weight), 5) for name, weight in zip(names, scaled, strict=True)}
    return AccountWeights(round(float(bias - (scaled * mean).sum()), 5), features, 0.5, Trial(0, 1, 0, 1))
