"""What a shipment was like before, as the database's history table keeps it."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from campaigns.enums import ShipmentState
from campaigns.models import Shipment
from config.lib.words import day, money

MOST = 50


@dataclass(frozen=True)
class FormerShipment:
    """One change: until when it was otherwise, and what, as (name, before, after)."""

    until: datetime
    changes: tuple[tuple[str, str, str], ...]


_SHOWN = {
    "state": "State",
    "carrier": "Carrier",
    "tracking": "Tracking number",
    "sent_on": "Sent on",
    "delivered_on": "Delivered on",
    "ended_on": "Came back or cancelled on",
    "shipping_cost": "Shipping cost",
    "note": "Note",
}


def former_states(shipment: Shipment) -> list[FormerShipment]:
    """The last changes of a shipment, newest first."""
    # The history table has no brand wall of its own; the shipment was found inside the person's.
    rows = shipment.events.order_by("-pgh_id")[:MOST]  # type: ignore[attr-defined]
    found: list[FormerShipment] = []
    after: Any = shipment
    for row in rows:
        found.append(FormerShipment(row.pgh_created_at, _changes(row, after)))
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
    if name == "state":
        return str(ShipmentState(value).label)
    if isinstance(value, Decimal):
        return money(value, currency)
    return day(value) if isinstance(value, date) else value or "nothing"
