"""What a deal was like before, as the database's history tables keep it."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from campaigns.enums import DealStatus
from campaigns.models import Deal

MOST = 50


@dataclass(frozen=True)
class FormerTerms:
    """One change: until when, and what was different, as (name, before, after)."""

    until: datetime
    changes: tuple[tuple[str, str, str], ...]


_SHOWN = {
    "status": "Status",
    "fee": "Fee",
    "product_cost": "Product",
    "shipping_cost": "Shipping",
    "commission_percent": "Commission",
    "starts_on": "First day",
    "ends_on": "Last day",
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
    pairs = ((words, getattr(before, name), getattr(after, name)) for name, words in _SHOWN.items())
    return tuple((words, _said(old), _said(new)) for words, old, new in pairs if old != new)


def _said(value: Any) -> str:
    if value in DealStatus.values:
        return str(DealStatus(value).label)
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return "nothing" if value in (None, "") else str(value)
