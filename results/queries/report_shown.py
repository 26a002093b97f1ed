"""Which rows of a report a page shows, and in which order. The figures stay those of the whole report."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from math import inf
from typing import Any

from config.lib.estimates import Estimate
from results.logic.sentences import counted
from results.queries.reports import CacReport, DealRow

# The least that can be told of each column; the first of two equal rows is the one with the lower handle.
_KEYS: dict[str, Callable[[DealRow], Any]] = {
    "handle": lambda row: row.handle,
    "clicks": lambda row: row.figures.clicks,
    "orders": lambda row: row.figures.credit.orders,
    "new": lambda row: row.figures.credit.new_customers,
    "unknown": lambda row: row.figures.credit.unknown_customers,
    "net": lambda row: row.figures.credit.net,
    "cost": lambda row: row.figures.cost,
    "roas": lambda row: row.figures.roas or 0,
    "cac": lambda row: cac_order(row.figures.estimate),
}
SORTS = tuple(_KEYS)


@dataclass(frozen=True)
class Column:
    """A column's head: where a click on it leads, and how the rows stand in it now."""

    key: str
    label: str
    sort: str
    state: str = ""
    is_number: bool = True


_LABELS = {
    "handle": "Creator", "cac": "Cost of a new customer", "new": "New customers", "cost": "Cost", "orders": "Orders",
    "net": "Net sales", "roas": "ROAS", "unknown": "Unknown", "clicks": "Clicks",
}  # fmt: skip


def cac_order(estimate: Estimate) -> tuple[bool, float]:
    """From the cheapest known to the dearest, then those of which only a lower bound is known, then the rest."""
    low = inf if estimate.low is None else estimate.low
    return (estimate.mid is None, low if estimate.mid is None else estimate.mid)


def columns(sort: str) -> list[Column]:
    """The heads of the table. The first click on a number sorts from the most, but on the CAC from the least."""
    return [_column(key, label, sort) for key, label in _LABELS.items()]


def _column(key: str, label: str, sort: str) -> Column:
    first = key if key in ("handle", "cac") else f"-{key}"
    other = key if first != key else f"-{key}"
    state = {key: "ascending", f"-{key}": "descending"}.get(sort, "")
    return Column(key, label, sort=other if sort == first else first, state=state, is_number=key != "handle")


def shown(report: CacReport, *, find: str, sort: str) -> list[DealRow]:
    """The rows whose handle or code holds `find`, sorted by `sort` (of `SORTS`; `-` before it: from the most)."""
    wanted = find.strip().lower().removeprefix("@")
    rows = [row for row in report.rows if wanted in row.handle or wanted in (row.code or "").lower()]
    key = sort.removeprefix("-")
    return sorted(rows, key=_KEYS.get(key, _KEYS["cac"]), reverse=sort.startswith("-"))


def finding(rows: Iterable[DealRow], *, reference: float | None, words: str) -> str:
    """How many creators clearly differ from `reference`, which `words` name: their intervals lie wholly beside it."""
    estimates = [row.figures.estimate for row in rows if row.figures.estimate.low is not None]
    if reference is None or not estimates:
        return "No creator's cost of a new customer can be told yet"
    cheaper = sum(1 for each in estimates if each.high is not None and each.high < reference)
    dearer = sum(1 for each in estimates if each.low is not None and each.low > reference)
    rest = len(estimates) - cheaper - dearer
    told = f"{counted(cheaper, 'creator')} clearly below {words}, {dearer:,} clearly above"
    return f"{told}; {rest:,} cannot be told apart from it yet" if rest else told
