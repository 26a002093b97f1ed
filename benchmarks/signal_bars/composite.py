"""Bars of the composite: whole creators, one fraud each, against norms and thresholds that know none of their parts.

Every kind of part is halved. Clean creators of one half make the norms and what to expect, as 200 of our own do in
the program; creators of the other half are judged, with the shipped thresholds. Then the other way round.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import numpy as np

from benchmarks.signal_bars.bar import Bar
from benchmarks.signal_bars.learn import auc
from benchmarks.signal_bars.people import FRAUDS, Maker, Parts, parts_in
from benchmarks.signal_bars.promo_fit import SOURCES, Labelled, fit_promo
from creators.enums import Level, Platform
from creators.logic.fraud.composite import FLAGGED_BUDGET, WATCH_BUDGET, Assessment, assess, threshold_for
from creators.logic.fraud.expected import counters_of, own_expectations
from creators.logic.fraud.facts import Facts
from creators.logic.fraud.measures import MEASURES
from creators.logic.fraud.norms import own_norms
from creators.logic.fraud.promo import PromoWeights
from creators.logic.fraud.rules import RULES

T = TypeVar("T")

LEARNT, CLEAN, EACH = 400, 300, 60
BY_CODE = ("S5", "S6", "S7", "S13")
"""Rules whose norm is that of their own value."""
RECALLS = {"comments": (("praise", "spam"), 0.95), "growth": (("growth",), 0.95), "audience": (("audience",), 0.80),
           "likes": (("likes",), 0.40)}  # fmt: skip


def bars(folder: Path, seed: int, *, cross_fit: bool) -> Iterator[Bar]:
    """AUC, clean creators flagged and watched, recall where 5 % of clean creators pass."""
    parts = parts_in(folder)
    if not parts.is_enough:
        yield Bar("composite_auc", None, 0.95, True, "the folder lacks a kind of part")
        return
    one, other = parts.halves(np.random.default_rng([seed, 91]))
    found: dict[str, list[Assessment]] = {fraud: [] for fraud in ("", *FRAUDS)}
    for number, (learnt, judged) in enumerate(((one, other), (other, one))):
        for fraud, assessments in _judged(learnt, judged, [seed, 92, number], cross_fit=cross_fit).items():
            found[fraud] += assessments
    yield from _figures(found)


def _judged(learnt: Parts, judged: Parts, seed: Sequence[int], *, cross_fit: bool) -> dict[str, list[Assessment]]:
    """Assessments of creators of one half by the norms of the other; by its comment weights too if cross-fitted."""
    draw = np.random.default_rng(seed)
    weights = _weights(learnt) if cross_fit else None
    known = Maker(learnt, draw, weights)
    own = learnt_from([known.make() for _ in range(LEARNT)])
    maker = Maker(judged, draw, weights)
    made = {fraud: [maker.make(fraud) for _ in range(EACH if fraud else CLEAN)] for fraud in ("", *FRAUDS)}
    return {fraud: [assess(with_own(one, own)) for one in found] for fraud, found in made.items()}


def _weights(parts: Parts) -> dict[Platform, PromoWeights]:
    rows: dict[Platform, list[Labelled]] = defaultdict(list)
    for row in parts.comments:
        if row.source.startswith(SOURCES):
            rows[row.platform].append(row)
    return {platform: fit_promo(found, platform) for platform, found in rows.items()}


def learnt_from(clean: Sequence[Facts]) -> Facts:
    """Facts that carry nothing but the norms and expectations of some clean creators."""
    values = {name: _known(map(measure, clean)) for name, measure in MEASURES.items()}
    for rule in RULES:
        if rule.__name__.upper() in BY_CODE:
            values[rule.__name__.upper()] = _known(rule(one).value for one in clean)
    expectations = own_expectations(_known(map(counters_of, clean)))
    return replace(clean[0], norms=own_norms(values), expectations=expectations)


def _known(values: Iterable[T | None]) -> list[T]:
    return [value for value in values if value is not None]


def with_own(facts: Facts, own: Facts) -> Facts:
    """The facts with the norms and expectations of other creators."""
    return replace(facts, norms=own.norms, expectations=own.expectations)


def _figures(found: dict[str, list[Assessment]]) -> Iterator[Bar]:
    clean, codes = found[""], {rule.__name__.upper() for rule in RULES}
    frauds = [fraud for fraud in FRAUDS if fraud != "audience" or "S13" in codes]
    scores = {fraud: np.array([one.score or 0.0 for one in found[fraud]]) for fraud in ("", *frauds)}
    bad = np.concatenate([scores[fraud] for fraud in frauds])
    labels = np.concatenate([np.zeros(len(clean)), np.ones(len(bad))])
    value = auc(np.concatenate([scores[""], bad]), labels)
    yield Bar("composite_auc", value, 0.95, True, f"{len(clean)} clean, {len(bad)} with one of {len(frauds)} frauds")
    yield _clean_bar("flagged", clean, (Level.FLAGGED,), bound=FLAGGED_BUDGET)
    yield _clean_bar("watched", clean, (Level.FLAGGED, Level.WATCH), bound=WATCH_BUDGET)
    threshold = threshold_for(scores[""].tolist(), WATCH_BUDGET)
    for name, (kinds, bound) in RECALLS.items():
        hits = np.concatenate([scores[kind] > threshold for kind in kinds]) if kinds[0] in scores else np.empty(0)
        behind = f"{hits.sum():.0f} of {len(hits)} above {threshold:.2f}, which 5 % of clean pass"
        yield Bar(f"composite_recall_{name}", float(hits.mean()) if len(hits) else None, bound, True, behind)


def _clean_bar(name: str, clean: list[Assessment], levels: tuple[Level, ...], *, bound: float) -> Bar:
    count = sum(one.level in levels for one in clean)
    behind = f"{count} of {len(clean)} clean creators"
    return Bar(f"composite_clean_{name}", count / len(clean), bound, False, behind)
