"""What a deal or a shipment was like before, as the database's history tables keep it."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from campaigns.models import Deal, Shipment
from config.lib.words import day, money, percent

MOST = 50


@dataclass(frozen=True)
class Former:
    """One change: until when, and what was different, as (name, before, after)."""

    until: datetime
    changes: tuple[tuple[str, str, str], ...]


_DEAL = {
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
_SHIPMENT = {
    "state": "State",
    "carrier": "Carrier",
    "tracking": "Tracking number",
    "sent_on": "Sent on",
    "delivered_on": "Delivered on",
    "ended_on": "Came back or cancelled on",
    "shipping_cost": "Shipping cost",
    "note": "Note",
}


def former_terms(deal: Deal) -> list[Former]:
    """The last changes of a deal, newest first."""
    return _former(deal, _DEAL)


def former_states(shipment: Shipment) -> list[Former]:
    """The last changes of a shipment, newest first."""
    return _former(shipment, _SHIPMENT)


def _former(row: Any, shown: dict[str, str]) -> list[Former]:
    # A history table has no brand wall of its own; the row was found inside the person's.
    found, after = [], row
    for before in row.events.order_by("-pgh_id")[:MOST]:
        found.append(Former(before.pgh_created_at, _changes(before, after, shown)))
        after = before
    return [each for each in found if each.changes]


def _changes(before: Any, after: Any, shown: dict[str, str]) -> tuple[tuple[str, str, str], ...]:
    return tuple(
        (title, _said(before, name), _said(after, name))
        for name, title in shown.items()
        if getattr(before, name) != getattr(after, name)
    )


def _said(row: Any, name: str) -> str:
    value = getattr(row, name)
    if row._meta.get_field(name).choices:
        return getattr(row, f"get_{name}_display")() or "not said"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        return percent(value) if name == "commission_percent" else money(value, row.currency)
    return day(value) if isinstance(value, date) else value or "nothing"
