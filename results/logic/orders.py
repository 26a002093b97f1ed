"""What an order says that matters here, whether it counts, and when two tellings of it are the same."""

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal

from results.enums import NotCounted

_BY_STATUS = {
    "paid": "",
    "partially_paid": "",
    "partially_refunded": "",
    "refunded": NotCounted.REFUNDED,
    "voided": NotCounted.VOIDED,
    "expired": NotCounted.EXPIRED,
    "pending": NotCounted.PENDING,
    "authorized": NotCounted.AUTHORIZED,
    "": NotCounted.NO_STATUS,
}


@dataclass(frozen=True, slots=True)
class OrderFacts:
    """One order as its shop tells it, in the order's own currency. `customer` is a hash; nothing names a person."""

    name: str
    ordered_at: datetime
    status: str
    is_cancelled: bool
    currency: str
    subtotal: Decimal
    total: Decimal
    discount: Decimal
    refunded: Decimal
    customer: bytes
    codes: tuple[str, ...]
    utm: dict[str, str]
    country: str


def reason_not_counted(facts: OrderFacts) -> str:
    """Why the order is in no sum (a `NotCounted`), or blank. Pinned: "Orders and people"."""
    by_status = _BY_STATUS.get(facts.status, NotCounted.UNKNOWN_STATUS)
    if by_status:
        return by_status
    if facts.is_cancelled:
        return NotCounted.CANCELLED
    if facts.subtotal <= 0:
        return NotCounted.NOTHING_SOLD
    if 0 < facts.refunded >= facts.total:
        return NotCounted.REFUNDED
    return ""


def fingerprint(facts: OrderFacts) -> bytes:
    """32 bytes that differ as soon as one fact does. `12.50` and `12.5`, or one moment in two zones, are the same."""
    told = [
        facts.name,
        facts.ordered_at.astimezone(UTC).isoformat(),
        facts.status,
        facts.is_cancelled,
        facts.currency,
        *(f"{amount:.3f}" for amount in (facts.subtotal, facts.total, facts.discount, facts.refunded)),
        facts.customer.hex(),
        facts.codes,
        sorted(facts.utm.items()),
        facts.country,
    ]
    return hashlib.sha256(json.dumps(told).encode()).digest()
