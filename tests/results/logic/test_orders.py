from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest

from results.logic.orders import OrderFacts, fingerprint, reason_not_counted

PAID = OrderFacts(
    name="#1", ordered_at=datetime(2026, 3, 1, 8, 30, tzinfo=UTC), status="paid", is_cancelled=False, currency="GBP",
    subtotal=Decimal(50), total=Decimal(60), discount=Decimal(0), refunded=Decimal(0), customer=b"x", codes=("A",),
    utm={}, country="",
)  # fmt: skip


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({}, ""),
        ({"status": "partially_paid"}, ""),
        ({"status": "partially_refunded", "refunded": Decimal(5)}, ""),
        ({"status": "refunded"}, "refunded"),
        ({"status": "partially_refunded", "refunded": Decimal(60)}, "refunded"),
        ({"refunded": Decimal("59.99")}, ""),
        ({"status": "voided"}, "voided"),
        ({"status": "expired"}, "expired"),
        ({"status": "pending"}, "pending"),
        ({"status": "authorized"}, "authorized"),
        ({"status": ""}, "no_status"),
        ({"status": "on_the_moon"}, "unknown_status"),
        ({"is_cancelled": True}, "cancelled"),
        ({"subtotal": Decimal("0.5"), "total": Decimal("0.5")}, ""),
        ({"subtotal": Decimal("0.5"), "total": Decimal("0.5"), "refunded": Decimal("0.5")}, "refunded"),
        ({"total": Decimal(0)}, ""),  # paid with a voucher, nothing given back
        ({"subtotal": Decimal(0)}, "nothing_sold"),
        ({"subtotal": Decimal(0), "total": Decimal(0)}, "nothing_sold"),
    ],
)
def test_which_orders_are_in_no_sum(change: dict[str, object], reason: str) -> None:
    assert reason_not_counted(replace(PAID, **change)) == reason  # type: ignore[arg-type]


def test_the_same_facts_written_otherwise_are_the_same() -> None:
    elsewhere = PAID.ordered_at.astimezone(timezone(timedelta(hours=5)))

    assert fingerprint(replace(PAID, subtotal=Decimal("50.00"), ordered_at=elsewhere)) == fingerprint(PAID)
    assert fingerprint(replace(PAID, refunded=Decimal(1))) != fingerprint(PAID)


def test_utms_are_the_same_in_any_order() -> None:
    one, other = {"utm_source": "x", "utm_medium": "influencer"}, {"utm_medium": "influencer", "utm_source": "x"}

    assert fingerprint(replace(PAID, utm=one)) == fingerprint(replace(PAID, utm=other)) != fingerprint(PAID)
