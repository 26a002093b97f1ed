"""Reading labelled comments, and fitting the weights of the promotional score on them."""

import csv
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix, hstack

from benchmarks.signal_bars.learn import Array, fit_logistic
from creators.enums import Platform
from creators.logic.fraud.promo import PromoWeights, features, grams

SOURCES = ("YT:", "ScamSpot")
"""Rows that may be fitted on: the UCI collection (CC BY 4.0) and ScamSpot (MIT)."""
KEPT = 6_000
SEEN_IN = 5
GRAM_PENALTY = 0.3
"""Divided by the squared idf of an n-gram: what few comments share may weigh more, as tf-idf lets it."""
FEATURE_PENALTY = 1.0
MARGIN = {Platform.YOUTUBE: 0.3, Platform.INSTAGRAM: 0.1}
"""Log-odds that count as promotion, set on cross-fitted scores so that some 3 % (4.5 %) of honest comments pass."""


@dataclass(frozen=True)
class Labelled:
    """A comment with a person's verdict."""

    text: str
    is_spam: bool
    source: str

    @property
    def platform(self) -> Platform:
        """Where it was written, by its source."""
        return Platform.YOUTUBE if self.source.startswith("YT:") else Platform.INSTAGRAM


def comments_in(folder: Path) -> list[Labelled]:
    """The rows of `comments.csv`; none where there is no such file."""
    path = folder / "comments.csv"
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return [Labelled(row["text"], row["is_spam"] in ("1", "1.0"), row["source"]) for row in csv.DictReader(file)]


def fit_promo(rows: list[Labelled], platform: Platform) -> PromoWeights:
    """Weights from the rows of one platform: all n-grams that five comments share, then the heaviest refitted."""
    labels = np.array([row.is_spam for row in rows], dtype=float)
    said = [grams(row.text) for row in rows]
    named = [features(row.text) for row in rows]
    shared = [gram for gram, count in Counter(g for one in said for g in one).items() if count >= SEEN_IN]
    first = _weights(said, named, labels, sorted(shared))
    heaviest = sorted(first.grams, key=lambda gram: (-abs(first.grams[gram]), gram))[:KEPT]
    found = _weights(said, named, labels, sorted(heaviest))
    return PromoWeights(round(found.bias - MARGIN[platform], 4), found.features, found.grams)


def _weights(said: list[set[str]], named: list[dict[str, float]], labels: Array, known: list[str]) -> PromoWeights:
    """Fit on named features of unit spread beside n-grams, and give the weights for them as they are."""
    names = list(named[0])
    values = np.array([[one[name] for name in names] for one in named])
    mean, spread = values.mean(axis=0), values.std(axis=0) + 1e-9
    columns = hstack([_gram_columns(said, known), csr_matrix((values - mean) / spread)]).tocsr()
    penalty = np.concatenate([GRAM_PENALTY / _idf(said, known) ** 2, np.full(len(names), FEATURE_PENALTY)])
    bias, found = fit_logistic(columns, labels, penalty)
    scaled = found[len(known) :] / spread
    return PromoWeights(
        bias=float(bias - (scaled * mean).sum()),
        features={name: round(float(weight), 4) for name, weight in zip(names, scaled, strict=True)},
        grams={gram: round(float(weight), 3) for gram, weight in zip(known, found, strict=False)},
    )


def _idf(said: list[set[str]], known: list[str]) -> Array:
    """Inverse document frequency, smoothed: ln((1 + n) / (1 + df)) + 1."""
    counts = Counter(gram for one in said for gram in one)
    return np.log((1 + len(said)) / (1 + np.array([counts[gram] for gram in known]))) + 1


def _gram_columns(said: list[set[str]], known: list[str]) -> csr_matrix:
    """A column an n-gram: 1 over the root of how many known ones a comment has, as `promo_score` weighs them."""
    place = {gram: column for column, gram in enumerate(known)}
    found = [sorted(place[gram] for gram in one if gram in place) for one in said]
    sizes = np.array([len(columns) for columns in found])
    values = np.repeat(1 / np.sqrt(np.maximum(sizes, 1)), sizes)
    starts = np.concatenate([[0], np.cumsum(sizes)])
    return csr_matrix(
        (values, [column for columns in found for column in columns], starts), shape=(len(said), len(known))
    )
