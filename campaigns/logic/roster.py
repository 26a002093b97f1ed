"""One row of a roster, cleaned: what may stand in each column, and in which words it is refused."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import Any

from config.lib.currencies import CURRENCIES, DOLLARS
from config.lib.money import NotAnAmount, amount_of, currency_in, names_another
from config.lib.tabular import unguarded
from creators.enums import Platform
from creators.logic.gazetteer import country_name
from creators.logic.handles import NotAHandle, clean_handle
from creators.logic.names import sort_name

AMOUNTS = ("fee", "product_cost", "shipping_cost")
_LONGEST = {"name": 120, "language": 40, "country": 60, "region": 60, "city": 80}
_LONGEST_NOTE = 10_000
_MOST_NICHES = 20
_LONGEST_NICHE = 40
_MOST_FOLLOWERS = 10_000_000_000
_SHOWN = 200
_EMAIL = re.compile(
    r"[\w!#$%&'*+/=?^`{|}~-]+(\.[\w!#$%&'*+/=?^`{|}~-]+)*"  # the box, without two dots in a row
    r"@[^\W_]([\w-]*[^\W_])?(\.[^\W_]([\w-]*[^\W_])?)+"
)
_NAMED_EMAIL = re.compile(r"[^<>]*<\s*([^<>\s]+)\s*>")
_COUNT = re.compile(r"(\d{1,3}(?:[., ']\d{3})+|\d+)(?:\.0+)?")
_SHORT_COUNT = re.compile(r"(\d+(?:[.,]\d+)?)\s*(k|m|mn|mio|b|bn)", re.IGNORECASE)
_SHORT = {"k": 1_000, "m": 1_000_000, "mn": 1_000_000, "mio": 1_000_000, "b": 1_000_000_000, "bn": 1_000_000_000}
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_MARKS = {"€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR"}
_FORMULA_ERRORS = frozenset(["#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!", "#ERROR!"])
_KNOWN = frozenset(Platform.values)
_PLATFORMS = {
    **{value: value for value in Platform.values},
    "ig": "instagram", "insta": "instagram", "tik tok": "tiktok", "tik-tok": "tiktok", "tt": "tiktok",
    "yt": "youtube", "you tube": "youtube", "twitter": "x", "x (twitter)": "x", "twitter/x": "x", "x/twitter": "x",
    "linked in": "linkedin", "news letter": "newsletter", "substack": "newsletter",
}  # fmt: skip


class Refused(ValueError):
    """A cell cannot be taken; the message says why, to a person."""


@dataclass(slots=True)
class CleanRow:
    """The cleaned cells of a row, what is wrong with it, and what was cleaned that a person should hear of."""

    values: dict[str, Any] = field(default_factory=dict)
    problems: list[dict[str, str]] = field(default_factory=list)
    notices: list[dict[str, str]] = field(default_factory=list)

    def refuse(self, column: str, value: str, reason: str) -> None:
        """Note a problem with a cell."""
        self.problems.append({"field": column, "value": value.strip()[:_SHOWN], "reason": reason})

    def notice(self, column: str, value: str, reason: str) -> None:
        """Note that a cell was taken otherwise than it was written."""
        self.notices.append({"field": column, "value": value.strip()[:_SHOWN], "reason": reason})


def clean_row(cells: Mapping[str, str], *, strict_groups: bool = False) -> CleanRow:
    """Clean the cells of one row, by column. A blank cell has no value; a wrong one has a problem instead of one.

    `strict_groups` refuses amounts such as `1.234` that could mean two things (files with decimal commas).
    """
    row = CleanRow()
    written = {column: unguarded(text.strip()) for column, text in cells.items() if text and not text.isspace()}
    for column in [column for column, text in written.items() if text in _FORMULA_ERRORS]:
        row.refuse(column, written.pop(column), "A formula failed here. Correct it, or leave the cell blank.")
    _clean_profile(row, written)
    for column, clean in _CLEANERS.items():
        text = written.get(column)
        if text is not None:
            try:
                row.values[column] = clean(column, text)
            except Refused as refusal:
                row.refuse(column, text, str(refusal))
    for column in AMOUNTS:
        if column in written:
            _clean_amount(row, column, written[column], strict_groups)
    _name_for_sorting(row)
    return row


def _clean_profile(row: CleanRow, written: Mapping[str, str]) -> None:
    platform = _platform(row, written.get("platform", ""))
    handle = written.get("handle", "")
    if not handle:
        row.refuse("handle", "", "The handle is missing.")
    elif platform:
        try:
            clean = clean_handle(handle, platform)
        except NotAHandle as refusal:
            row.refuse("handle", handle, str(refusal))
            return
        row.values["handle"] = clean.handle
        if clean.cleaned:
            row.notice("handle", handle, f"Read as {clean.handle}: {clean.cleaned}.")


def _platform(row: CleanRow, text: str) -> str:
    if text in _KNOWN:
        row.values["platform"] = text
        return text
    plain = " ".join(unicodedata.normalize("NFKC", text).lower().split())
    platform = _PLATFORMS.get(plain, "")
    if not plain:
        row.refuse("platform", "", "The platform is missing.")
    elif not platform:
        row.refuse(
            "platform", text, f"“{text[:60]}” is not a known platform. Known are {', '.join(Platform.values)}."
        )
    elif platform != plain:
        row.notice("platform", text, f"Read as {platform}.")
    if platform:
        row.values["platform"] = platform
    return platform


def _clean_amount(row: CleanRow, column: str, text: str, strict_groups: bool) -> None:
    try:
        amount = _amount(text, strict_groups)
        currency = _currency_of_amount(text, row.values.get("currency", ""))
    except (NotAnAmount, Refused) as refusal:
        row.refuse(column, text, str(refusal))
        return
    row.values[column] = amount
    if currency:
        row.values["currency"] = currency


def _amount(text: str, strict_groups: bool) -> Decimal:
    amount = amount_of(text[:_SHOWN], strict_groups=strict_groups)
    if amount < 0:
        raise Refused("This may not be negative.")
    if _decimals(amount) > 3:
        raise Refused("An amount has at most three decimals.")
    return amount


def _currency_of_amount(text: str, currency: str) -> str:
    """The currency that the amount itself names. Refuses one that is not that of the row."""
    if "$" in text and currency not in DOLLARS:
        raise Refused(f"“{text}” is in dollars, but the row does not say which: write USD or another in “currency”.")
    named = currency_in(text)
    if named and named not in CURRENCIES:
        raise Refused(f"“{named}” is not a currency.")
    if currency and names_another(text, currency):
        raise Refused(f"This amount is in {named}, but the row is in {currency}.")
    return currency or named


def _decimals(amount: Decimal) -> int:
    exponent = amount.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _name_for_sorting(row: CleanRow) -> None:
    name = row.values.get("name") or row.values.get("handle", "")
    row.values["sort_name"] = sort_name(name)


def _line(column: str, text: str) -> str:
    """A text of one line."""
    if text.isprintable() and "  " not in text and len(text) <= _LONGEST[column]:
        return text  # nearly all are so, and this is the road of 100,000 rows
    plain = " ".join(_CONTROL.sub(" ", text).split())
    if len(plain) > _LONGEST[column]:
        raise Refused(f"This is {len(plain)} characters long; {_LONGEST[column]} are the most.")
    return plain


def _note(column: str, text: str) -> str:
    plain = _CONTROL.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
    if len(plain) > _LONGEST_NOTE:
        raise Refused(f"This is {len(plain)} characters long; {_LONGEST_NOTE} are the most.")
    return plain


def _email(column: str, text: str) -> str:
    plain = unicodedata.normalize("NFKC", text)
    named = _NAMED_EMAIL.fullmatch(plain.strip()) if "<" in plain else None
    plain = (named[1] if named else plain.strip()).removeprefix("mailto:").lower()
    if len(plain) > 200 or not _EMAIL.fullmatch(plain):
        raise Refused(f"“{text[:60]}” is not an e-mail address.")
    return plain


def _followers(column: str, text: str) -> int:
    if text.isdecimal() and text.isascii() and len(text) < 10:
        return int(text)
    plain = unicodedata.normalize("NFKC", text[:60]).strip()
    if re.match(r"[-−]\s*\d", plain):
        raise Refused("This may not be negative.")
    whole, short = _COUNT.fullmatch(plain), _SHORT_COUNT.fullmatch(plain)
    if whole:
        count = Decimal(re.sub(r"\D", "", whole[1]))
    elif short:
        count = Decimal(short[1].replace(",", ".")) * _SHORT[short[2].lower()]
    else:
        raise Refused(f"“{text[:60]}” is not a number of followers. Write a whole number, or 12.3K.")
    if count > _MOST_FOLLOWERS:
        raise Refused("That is more followers than there are people.")
    return int(count)


@lru_cache(maxsize=4096)
def _niches(column: str, text: str) -> list[str]:
    words = [" ".join(word.split()).lower() for word in re.split(r"[,;|\n\r]", _CONTROL.sub(" ", text))]
    niches = list(dict.fromkeys(word for word in words if word))
    if len(niches) > _MOST_NICHES or any(len(niche) > _LONGEST_NICHE for niche in niches):
        raise Refused(f"At most {_MOST_NICHES} niches of {_LONGEST_NICHE} characters, separated by commas.")
    return niches


def _code(column: str, text: str) -> str:
    if _CONTROL.search(text) or "\n" in text or "\r" in text or "\t" in text:
        raise Refused("A code is one line of plain characters.")
    if len(text) > 64:
        raise Refused(f"The code is {len(text)} characters long; 64 are the most.")
    return text


def _percent(column: str, text: str) -> Decimal:
    try:
        percent = amount_of(unicodedata.normalize("NFKC", text).strip().removesuffix("%"))
    except NotAnAmount as error:
        raise Refused(f"“{text[:60]}” is not a percentage. Write a number such as 10 or 12.5.") from error
    if currency_in(text) or "$" in text:
        raise Refused("This is an amount of money, not a percentage.")
    if not 0 <= percent <= 100:
        raise Refused("A percentage lies between 0 and 100.")
    if _decimals(percent) > 2:
        raise Refused("A percentage has at most two decimals.")
    return percent


def _currency(column: str, text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).strip().upper()
    currency = _MARKS.get(plain, plain)
    if currency not in CURRENCIES:
        raise Refused(f"“{text[:60]}” is not a currency code. Use three letters such as EUR, GBP or USD.")
    return currency


def _country(column: str, text: str) -> str:
    return country_name(_line(column, text))


# The currency stands before the amounts, which are compared with it.
_CLEANERS: dict[str, Callable[[str, str], Any]] = {
    "name": _line,
    "email": _email,
    "followers": _followers,
    "language": _line,
    "country": _country,
    "region": _line,
    "city": _line,
    "niches": _niches,
    "code": _code,
    "commission_percent": _percent,
    "currency": _currency,
    "notes": _note,
}
