"""Amounts as people write them, and rounding. What an amount is for is decided elsewhere."""

import re
import unicodedata
from decimal import ROUND_HALF_EVEN, Decimal

from config.lib.currencies import DOLLARS

_MARKS = {"€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", "₩": "KRW", "₺": "TRY", "₽": "RUB", "₴": "UAH", "$": ""}
_MARK = r"(?P<{0}>[€£$¥₹₩₺₽₴]|[A-Za-z]{{3}})?"
_SHAPE = re.compile(
    rf"(?P<sign>[+-]?)\s*{_MARK.format('before')}\s*(?P<inner>-?)\s*"
    rf"(?P<number>\d[\d.,' ]*|[.,]\d+)\s*{_MARK.format('after')}"
)
# Spaces and apostrophes, where there are any, stand before groups of three.
_SPACED = re.compile(r"[^ ']*|\d{1,3}(?:[ ']\d{3})+(?:[.,]\d*)?")
_MOST_DIGITS = 13  # before the point, as numeric(16,3) holds them


class NotAnAmount(ValueError):
    """The text is no amount; the message says why, to a person."""


def amount_of(text: str, *, strict_groups: bool = False) -> Decimal:
    """The exact amount that a person or a shop wrote: `1,234.50`, `1.234,50`, `12,5`, `€ 120`, `120 EUR`, `(5)`.

    One comma before exactly three digits groups thousands, one point is a decimal point. With `strict_groups` (files
    whose country writes decimal commas) such a lone mark could be either, and is refused. Raises `NotAnAmount`.
    """
    match, negative = _parts(text)
    if not _SPACED.fullmatch(match["number"].strip()):
        raise NotAnAmount(_uneven(text))
    digits = _plain(match["number"].replace(" ", "").replace("'", ""), text, strict_groups)
    if len(digits.split(".")[0]) > _MOST_DIGITS:
        raise NotAnAmount(f"“{text.strip()}” is too large an amount.")
    return -Decimal(digits) if negative else Decimal(digits)


def currency_in(text: str) -> str:
    """The currency that an amount names itself (`€ 5` -> EUR, `5 usd` -> USD), or blank. `$` alone names none."""
    try:
        match, _ = _parts(text)
    except NotAnAmount:
        return ""
    mark = match["before"] or match["after"] or ""
    return _MARKS.get(mark, mark.upper())


def names_another(text: str, currency: str) -> bool:
    """Whether an amount names another currency than `currency`: `€ 5` or `$5` in GBP."""
    if text.replace(".", "").isdecimal():
        return False  # nearly all are so, and this is the road of 100,000 orders
    if "$" in text and currency not in DOLLARS:
        return True
    if "¥" in text and currency == "CNY":
        return False
    return currency_in(text) not in ("", currency)


def half_even(amount: Decimal, places: int = 2) -> Decimal:
    """`amount` rounded half-even, the rounding of banks, to `places` decimals."""
    return amount.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_EVEN)


def _parts(text: str) -> tuple[re.Match[str], bool]:
    plain = unicodedata.normalize("NFKC", text).replace("\u2212", "-").replace("\u2019", "'").strip()
    in_brackets = plain.startswith("(") and plain.endswith(")")
    match = _SHAPE.fullmatch(plain[1:-1].strip() if in_brackets else plain)
    if not match or (match["before"] and match["after"]) or (match["sign"] and match["inner"]):
        raise NotAnAmount(f"“{text.strip()}” is not an amount. Write a number such as 120 or 120.50.")
    return match, in_brackets or "-" in (match["sign"], match["inner"])


def _plain(number: str, text: str, strict_groups: bool) -> str:
    """The number with a point as its only mark."""
    marks = [character for character in number if character in ".,"]
    if not marks:
        return number
    if len(set(marks)) == 2 and marks.count(marks[-1]) == 1:
        return _grouped(number, group=marks[0], point=marks[-1], text=text)
    if len(set(marks)) == 2:
        raise NotAnAmount(f"“{text.strip()}” is not an amount: its points and commas are mixed.")
    if len(marks) > 1:
        return _grouped(number, group=marks[0], point="", text=text)
    return _one_mark(number, marks[0], text, strict_groups)


def _one_mark(number: str, mark: str, text: str, strict_groups: bool) -> str:
    whole, _, rest = number.partition(mark)
    could_group = len(rest) == 3 and 1 <= len(whole) <= 3 and not whole.startswith("0")
    if could_group and strict_groups:
        raise NotAnAmount(f"“{text.strip()}” could be {whole}{rest} or {whole}.{rest}. Write it without “{mark}”.")
    if could_group and mark == ",":
        return whole + rest
    if not rest:
        raise NotAnAmount(f"“{text.strip()}” is not an amount: nothing follows the “{mark}”.")
    return f"{whole or '0'}.{rest}"


def _grouped(number: str, *, group: str, point: str, text: str) -> str:
    whole, _, rest = number.partition(point) if point else (number, "", "")
    first, *groups = whole.split(group)
    if not 1 <= len(first) <= 3 or any(len(part) != 3 for part in groups) or (point and not rest):
        raise NotAnAmount(_uneven(text))
    return first + "".join(groups) + (f".{rest}" if rest else "")


def _uneven(text: str) -> str:
    return f"“{text.strip()}” is not an amount: its thousands are not in groups of three."
