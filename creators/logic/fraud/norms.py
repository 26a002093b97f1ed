"""How measures are spread over clean creators: shipped figures with their sources, and those of our own creators."""

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from math import exp, log
from pathlib import Path
from typing import Any

import numpy as np

from creators.logic.fraud.facts import Facts, Norm

OWN_FROM = 200
"""Creators in a cell from which our own percentiles take over."""

SHIPPED = Path(__file__).resolve().parents[2] / "data" / "norms.toml"

NORMAL = {"p01": -2.3263, "p02": -2.0537, "p05": -1.6449, "p50": 0.0, "p95": 1.6449, "p98": 2.0537, "p99": 2.3263}
"""Quantiles of the standard normal distribution, by name."""

Key = tuple[str, str, str]


def norm_of(facts: Facts, measure: str) -> Norm | None:
    """The norm for a profile: our own where the facts carry it, else the shipped one of the nearest cell.

    The nearest is platform and tier, then the platform, then any platform; None where nothing is known.
    """
    if measure in facts.norms:
        return facts.norms[measure]
    platform, tier = str(facts.platform.value), str(facts.tier.value if facts.tier else "*")
    cells = ((platform, tier, measure), (platform, "*", measure), ("*", "*", measure))
    return next((shipped()[cell] for cell in cells if cell in shipped()), None)


@cache
def shipped() -> Mapping[Key, Norm]:
    """The norms of `creators/data/norms.toml` by platform, tier ("*" is all) and measure."""
    rows = tomllib.loads(SHIPPED.read_text(encoding="utf-8"))["norm"]
    by_key = {(row["platform"], row["tier"], row["measure"]): row for row in rows}
    return {key: _filled(row, by_key) for key, row in by_key.items()}


def _filled(row: Mapping[str, Any], rows: Mapping[Key, Mapping[str, Any]]) -> Norm:
    """All quantiles of a row, on each side along a lognormal through the outermost ones that its source gives."""
    basis, given = f"{row['source']}, {row['year']}", row
    if "spread_of" in row:
        given = rows[tuple(row["spread_of"])]
        basis += f"; spread as of {given['measure'].replace('_', ' ')}, {given['source']}"
    below, above = (_deviation(given, names) for names in (("p05", "p02", "p01"), ("p95", "p98", "p99")))
    values = {
        name: float(row.get(name) or row["p50"] * exp(NORMAL[name] * (below if NORMAL[name] < 0 else above)))
        for name in ("p01", "p05", "p50", "p95", "p99")
    }
    return Norm(**values, n=row["n"], basis=basis)


def _deviation(row: Mapping[str, Any], names: Iterable[str]) -> float:
    """Standard deviation of the logarithms on one side."""
    name = next(name for name in names if name in row)
    return log(row[name] / row["p50"]) / NORMAL[name]


def norms_from(values: Iterable[float], *, basis: str = "our own creators") -> Norm:
    """Percentiles of clean creators, median-unbiased (Hyndman and Fan 1996, type 8), as a cell may hold only 200."""
    known = np.asarray([value for value in values if value == value], dtype=float)
    if not len(known):
        raise ValueError("A norm needs at least one value")
    places = np.quantile(known, (0.01, 0.05, 0.5, 0.95, 0.99), method="median_unbiased")
    p01, p05, p50, p95, p99 = (float(place) for place in places)
    return Norm(p01, p05, p50, p95, p99, n=len(known), basis=f"{len(known)} of {basis}")


def own_norms(values: Mapping[str, list[float]]) -> dict[str, Norm]:
    """The norms of one cell by measure, for those measures with enough creators to take over."""
    return {measure: norms_from(found) for measure, found in values.items() if len(found) >= OWN_FROM}


def standing(value: float, norm: Norm) -> float:
    """z of ln(value) among the norm: (ln x - ln p50) / ((ln p95 - ln p05) / 3.29); one side alone where p05 is 0."""
    tiny = 1e-6
    middle = log(max(norm.p50, tiny))
    low = log(norm.p05) if norm.p05 > 0 else 2 * middle - log(max(norm.p95, tiny))
    spread = (log(max(norm.p95, tiny)) - low) / 3.29
    return (log(max(value, tiny)) - middle) / max(spread, 1e-9)


def beyond(value: float, norm: Norm) -> float:
    """How far out a value lies: 0 at the median, 1 at the 99th percentile and -1 at the first, on the log scale.

    Below a first percentile of 0 nothing is unusual.
    """
    tiny = 1e-6
    middle = log(max(norm.p50, tiny))
    distance = log(max(value, tiny)) - middle
    if distance >= 0:
        return distance / max(log(max(norm.p99, tiny)) - middle, 1e-9)
    return distance / max(middle - log(norm.p01), 1e-9) if norm.p01 > 0 else 0.0
