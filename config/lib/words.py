"""Numbers, money and dates as people read them. Unknown is a dash, never a nought."""

from datetime import date, datetime, timedelta, tzinfo
from decimal import ROUND_HALF_EVEN, Decimal

UNKNOWN = "–"
MINUS = "−"
_SYMBOLS = {"GBP": "£", "EUR": "€", "USD": "$", "JPY": "¥", "INR": "₹", "KRW": "₩", "NGN": "₦", "UAH": "₴"}
# Minor units of ISO 4217 where they are not two.
_WHOLE = (
    "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND", "VUV", "XAF", "XOF",
    "XPF",
)  # fmt: skip
_THOUSANDTHS = ("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND")

Number = Decimal | int | float


def places_of(currency: str) -> int:
    """How many decimals amounts of a currency are written with."""
    if currency in _WHOLE:
        return 0
    return 3 if currency in _THOUSANDTHS else 2


def money(amount: Number | None, currency: str = "") -> str:
    """`£1,234.50`, `CHF 12.00`, `−€3.00`; without a currency the bare figure."""
    return UNKNOWN if amount is None else _with_currency(_rounded(amount, places_of(currency)), currency)


def rough_money(amount: Number | None, currency: str = "") -> str:
    """An estimated amount without a precision that it does not have: whole units from 10 on."""
    if amount is None:
        return UNKNOWN
    places = 0 if amount >= 10 or amount <= -10 else places_of(currency)
    return _with_currency(_rounded(amount, places), currency)


def count(number: Number | None) -> str:
    """`12,345`; a sum of shares to two places, as in `2.5`."""
    if number is None:
        return UNKNOWN
    text = f"{number:,}" if isinstance(number, int) else f"{number:,.2f}".rstrip("0").rstrip(".")
    return text.replace("-", MINUS)


def percent(number: Number | None, places: int = 1, *, in_column: bool = False) -> str:
    """`12.5%` from 12.5; noughts at the end are left out, but not in a column, where the points stand in line."""
    if number is None:
        return UNKNOWN
    text = f"{_rounded(number, places):,f}"
    text = text if in_column or "." not in text else text.rstrip("0").rstrip(".")
    return text.replace("-", MINUS) + "%"


def day(value: date | datetime | None) -> str:
    """`2 Nov 2026`."""
    return UNKNOWN if value is None else f"{value.day} {value:%b %Y}"


def moment(value: datetime | None, zone: tzinfo | None = None) -> str:
    """`2 Nov 2026, 09:05` on the clock of `zone`."""
    if value is None:
        return UNKNOWN
    local = value.astimezone(zone) if zone else value
    return f"{day(local)}, {local:%H:%M}"


def last_day(end: date | datetime | None) -> str:
    """The day before `end`: periods are half-open inside, and shown with their last day."""
    return UNKNOWN if end is None else day(end - timedelta(days=1))


def _rounded(number: Number, places: int) -> Decimal:
    exact = number if isinstance(number, Decimal) else Decimal(str(number))
    return exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_EVEN)


def _with_currency(amount: Decimal, currency: str) -> str:
    sign = MINUS if amount < 0 else ""
    figure = f"{abs(amount):,f}"
    if not currency:
        return sign + figure
    symbol = _SYMBOLS.get(currency)
    return f"{sign}{symbol}{figure}" if symbol else f"{sign}{currency} {figure}"
