"""What creators are measured against: our own percentiles and limits where there are enough, else shipped ones."""

from collections import defaultdict
from typing import Any

from creators.logic.fraud.composite import Thresholds
from creators.logic.fraud.facts import Expectation, Facts, Norm
from creators.logic.fraud.norms import OWN_FROM
from creators.models import ExpectationCell, LimitCell, NormCell
from creators.queries.facts import Cell, Peers

QUANTILES = ("p01", "p05", "p50", "p95", "p99")


def peers_now() -> Peers:
    """Norms and limits of every platform and tier that has its own, expectations by platform; three queries."""
    norms: dict[Cell, dict[str, Norm]] = defaultdict(dict)
    for cell in NormCell.objects.filter(n__gte=OWN_FROM):
        norms[cell.platform, cell.tier][cell.measure] = _norm(cell)
    expectations: dict[str, dict[str, Expectation]] = defaultdict(dict)
    for row in ExpectationCell.objects.filter(n__gte=OWN_FROM):
        expectations[row.platform][row.measure] = Expectation(row.base, row.slopes, _norm(row))
    thresholds = {
        (cell.platform, cell.tier): Thresholds(cell.watch, cell.flagged, f"moved by {cell.n} reviews")
        for cell in LimitCell.objects.all()
    }
    return Peers(norms, expectations, thresholds)


def _norm(row: Any) -> Norm:
    quantiles = {name: getattr(row, name) for name in QUANTILES}
    return Norm(**quantiles, n=row.n, basis=f"{row.n} of our own creators")


def basis_of(facts: Facts, thresholds: Thresholds | None) -> str:
    """Which norms and limits an assessment stands on, in words."""
    words = f"Shipped norms, as there are not {OWN_FROM} clean creators of this platform and tier here yet."
    if facts.norms:
        words = f"Percentiles of {min(norm.n for norm in facts.norms.values())} clean creators like this one here."
    return f"{words} Limits {thresholds.basis}." if thresholds else words
