"""The CAC report as JSON and CSV: the page's figures under the names that the contracts pin."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from config.lib.estimates import Estimate
from config.lib.money import half_even
from results.queries.reports import CacReport, DealRow, Figures
from results.queries.sums import Count

_FIGURES = (
    "clicks", "unique_clicks", "orders", "code_orders", "link_orders", "new_customers", "unknown_customers", "gross",
    "net", "cost", "roas",
)  # fmt: skip
_ESTIMATE = ("low", "mid", "high", "level", "n", "method")
_WHO = ("handle", "platform", "code")


def report_json(report: CacReport) -> dict[str, Any]:
    """The report as plain values. Money and `roas` are strings with two and four places, None where unknown."""
    query = report.query
    return {
        "campaign": query.campaign.slug,
        "brand": query.brand.slug,
        "policy": query.policy,
        "currency": query.brand.currency or None,
        "period": {"from": _day(query.first), "to": _day(query.last)},
        "target": _money(query.target),
        "totals": {"deals": report.deals, **_figures(report.totals, report)},
        "creators": [{**_who(row), **_figures(row.figures, report)} for row in report.rows],
    }


def report_header(report: CacReport) -> list[str]:
    """The columns of the CSV."""
    header = [*_WHO, *_FIGURES, *(f"cac_{name}" for name in _ESTIMATE)]
    return [*header, "p_below_target"] if report.query.target is not None else header


def report_rows(report: CacReport, rows: Iterable[DealRow] | None = None) -> Iterator[list[Any]]:
    """The cells of the CSV, one row a deal (or only `rows`). The total is left out: whoever sums a column gets it."""
    for row in report.rows if rows is None else rows:
        values = {**_who(row), **_figures(row.figures, report)}
        cac = values.pop("cac")
        yield list({**{name: values.pop(name) for name in (*_WHO, *_FIGURES)}, **cac, **values}.values())


def _who(row: DealRow) -> dict[str, Any]:
    return {"handle": row.handle, "platform": row.platform, "code": row.code}


def _figures(figures: Figures, report: CacReport) -> dict[str, Any]:
    credit = figures.credit
    told: dict[str, Any] = {
        "clicks": figures.clicks,
        "unique_clicks": figures.unique_clicks,
        "orders": _count(credit.orders),
        "code_orders": _count(credit.code_orders),
        "link_orders": _count(credit.link_orders),
        "new_customers": _count(credit.new_customers),
        "unknown_customers": _count(credit.unknown_customers),
        "gross": _money(credit.gross),
        "net": _money(credit.net),
        "cost": _money(figures.cost),
        "roas": None if figures.roas is None else f"{figures.roas:.4f}",
        "cac": _estimate(figures.estimate),
    }
    if report.query.target is not None:
        chance = figures.cac.p_below_target
        told["p_below_target"] = None if chance is None else round(chance, 4)
    return told


def _count(number: Count) -> int | float:
    """Whole under policies that give an order to one deal; a sum of shares to four places."""
    return number if isinstance(number, int) else round(float(number), 4)


def _estimate(estimate: Estimate) -> dict[str, Any]:
    bounds = {name: _money(getattr(estimate, name)) for name in ("low", "mid", "high")}
    return {**bounds, "level": estimate.level, "n": estimate.n, "method": estimate.method}


def _money(amount: Decimal | float | None) -> str | None:
    return None if amount is None else f"{half_even(Decimal(str(amount))):f}"


def _day(day: Any) -> str | None:
    return None if day is None else day.isoformat()
