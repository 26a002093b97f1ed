from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from config.lib import words


@pytest.mark.parametrize(
    ("amount", "currency", "said"),
    [
        (Decimal("1234.5"), "GBP", "£1,234.50"),
        (Decimal("1234.500"), "EUR", "€1,234.50"),
        (Decimal("-3"), "USD", "−$3.00"),
        (Decimal("12.345"), "CHF", "CHF 12.34"),  # half to even
        (Decimal("1500.4"), "JPY", "¥1,500"),
        (Decimal("1.5"), "KWD", "KWD 1.500"),
        (0, "GBP", "£0.00"),
        (12.5, "", "12.50"),
        (None, "GBP", "–"),
    ],
)
def test_money_has_its_symbol_and_decimals(amount, currency, said):
    assert words.money(amount, currency) == said


@pytest.mark.parametrize(
    ("amount", "said"), [(32.41, "£32"), (1234.5, "£1,234"), (9.876, "£9.88"), (0.5, "£0.50"), (None, "–")]
)
def test_an_estimate_is_said_only_as_exactly_as_it_is_known(amount, said):
    assert words.rough_money(amount, "GBP") == said


@pytest.mark.parametrize(("number", "said"), [(12345, "12,345"), (0, "0"), (-4, "−4"), (None, "–")])
def test_counts_are_grouped(number, said):
    assert words.count(number) == said


@pytest.mark.parametrize(
    ("number", "said"),
    [(12.5, "12.5%"), (Decimal("10.00"), "10%"), (0, "0%"), (-3.25, "−3.2%"), (1200, "1,200%"), (None, "–")],
)
def test_percentages_lose_needless_noughts(number, said):
    assert words.percent(number) == said


def test_in_a_column_percentages_keep_their_noughts():
    assert words.percent(3, 2, in_column=True) == "3.00%"
    assert words.percent(None, 2, in_column=True) == words.UNKNOWN


def test_days_and_moments_are_said_short():
    at = datetime(2026, 11, 2, 23, 30, tzinfo=UTC)

    assert words.day(date(2026, 11, 2)) == "2 Nov 2026"
    assert words.moment(at) == "2 Nov 2026, 23:30"
    assert words.moment(at, ZoneInfo("Europe/Berlin")) == "3 Nov 2026, 00:30"
    assert words.last_day(date(2026, 3, 1)) == "28 Feb 2026"
    assert words.day(None) == words.moment(None) == words.last_day(None) == "–"
