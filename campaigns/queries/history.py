"""What a deal was like before, as the database's history tables keep it."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from campaigns.enums import DealStatus
from campaigns.models import Deal
from config.lib.words import day, money, percent
from creators.enums import RateFormat

MOST = 50


@dataclass(frozen=True)
class FormerTerms:
    """One change: until when, and what was different, as (name, before, after)."""

    until: datetime
    changes: tuple[tuple[str, str, str], ...]


_SHOWN = {
    "status": "Status",
    "is_seeding": "A gift",
    "fee": "Fee",
    "format": "Fee is for",
    "product_cost": "Product",
    "shipping_cost": "Shipping",
    "commission_percent": "Commission",
    "starts_on": "First day",
    "ends_on": "Last day",
    "signed_on": "Contract signed on",
    "notes": "Notes",
}


def former_terms(deal: Deal) -> list[FormerTerms]:
    """The last changes of a deal, newest first."""
    # The history table has no brand wall of its own; the deal was found inside the person's.
    rows = deal.events.order_by("-pgh_id")[:MOST]  # type: ignore[attr-defined]
    found, after = [], deal
    for row in rows:
        found.append(FormerTerms(until=row.pgh_created_at, changes=_changes(row, after)))
        after = row
    return [each for each in found if each.changes]


def _changes(before: Any, after: Any) -> tuple[tuple[str, str, str], ...]:
    pairs = ((name, getattr(before, name), getattr(after, name)) for name in _SHOWN)
    return tuple(
        (_SHOWN[name], _said(name, old, before.currency), _said(name, new, before.currency))
        for name, old, new in pairs
        if old != new
    )


def _said(name: str, value: Any, currency: str) -> str:
    if name == "status":
        return str(DealStatus(value).label)
    if name == "format":
        return str(RateFormat(value).label) if value else "not said"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        return percent(value) if name == "commission_percent" else money(value, currency)
    if isinstance(value, date):
        return day(value)
    return value or "nothing"
