"""A small logistic regression with penalised weights, and the figures that judge a score. numpy and scipy only."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import spmatrix
from scipy.stats import rankdata

Array = np.ndarray[Any, np.dtype[Any]]


def fit_logistic(
    rows: Array | spmatrix, labels: Array, penalty: Array, *, least: Sequence[float | None] | None = None
) -> tuple[float, Array]:
    """Intercept and weights that minimise log-loss plus half the penalty times the squared weights.

    `least` are lower bounds of the weights, None for none. The columns should be of about one size.
    """

    def loss(point: Array) -> tuple[float, Array]:
        odds = rows @ point[1:] + point[0]
        off = 1 / (1 + np.exp(-odds)) - labels
        value = (np.logaddexp(0, odds) - labels * odds).sum() + 0.5 * (penalty * point[1:] ** 2).sum()
        return value, np.concatenate([[off.sum()], rows.T @ off + penalty * point[1:]])

    bounds = None if least is None else [(None, None), *((low, None) for low in least)]
    found = minimize(loss, np.zeros(rows.shape[1] + 1), jac=True, method="L-BFGS-B", bounds=bounds).x
    return float(found[0]), found[1:]


def folds_of(labels: Array, k: int, seed: int) -> Array:
    """A fold for each row, each with its share of both labels."""
    random, found = np.random.default_rng(seed), np.empty(len(labels), dtype=int)
    for label in np.unique(labels):
        places = random.permutation(np.flatnonzero(labels == label))
        found[places] = np.arange(len(places)) % k
    return found


def auc(scores: Array, labels: Array) -> float:
    """The chance that a row labelled 1 scores above one labelled 0 (Mann-Whitney)."""
    ones = int((labels == 1).sum())
    return float((rankdata(scores)[labels == 1].sum() - ones * (ones + 1) / 2) / (ones * (len(labels) - ones)))


def recall_at(scores: Array, labels: Array, *, false_share: float) -> float:
    """The share of ones above the score that this share of zeros exceeds."""
    return float((scores[labels == 1] > np.quantile(scores[labels == 0], 1 - false_share)).mean())


@dataclass(frozen=True)
class Table:
    """Right and wrong verdicts."""

    hits: int
    false: int
    ones: int
    zeros: int

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.hits / max(self.hits + self.false + self.ones, 1)

    @property
    def false_share(self) -> float:
        """False positives among the zeros."""
        return self.false / max(self.zeros, 1)

    def __str__(self) -> str:
        return f"{self.hits} of {self.ones} found, {self.false} of {self.zeros} false"


def table_of(verdicts: Array, labels: Array) -> Table:
    """Verdicts counted beside labels."""
    hits, false = int((verdicts & (labels == 1)).sum()), int((verdicts & (labels == 0)).sum())
    return Table(hits, false, int((labels == 1).sum()), int((labels == 0).sum()))
