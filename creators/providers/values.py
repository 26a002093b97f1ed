"""Single values out of foreign JSON: what cannot be read for sure is None, never 0 and never an exception."""

import math
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, TypeVar

LARGEST = 2**63 - 1  # what PostgreSQL's bigint holds
_T = TypeVar("_T")
_PLAIN = re.compile(r"\d{1,19}|\d{1,3}(,\d{3})+")
_SHORT = re.compile(r"(\d{1,4})(?:\.(\d{1,3}))?\s?([kmb])", re.IGNORECASE)
_UNIT = {"k": 1_000, "m": 1_000_000, "b": 1_000_000_000}
_NOT_TEXT = re.compile("[\x00\ud800-\udfff]")
_EARLIEST, _LATEST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Count:
    """A count and what it is rounded to: 1 is exact, "12.3K" is 12,300 to the nearest 100."""

    value: int
    step: int = 1


def count_of(value: Any) -> Count | None:
    """A count from a number or text ("1234", "1,234", "12.3K followers"); None for anything else or out of bounds."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, float):
        value = int(value) if math.isfinite(value) and value.is_integer() else None
    if isinstance(value, str):
        return _count_in(value)
    return Count(value) if isinstance(value, int) and 0 <= value <= LARGEST else None


def whole(value: Any) -> int | None:
    """A count without its step."""
    found = count_of(value)
    return found.value if found else None


def rounded_to_three(value: int) -> int:
    """The step of a count that is shown with three significant figures, as YouTube's subscribers are."""
    return int(10 ** max(0, len(str(value)) - 3))


def text_of(value: Any) -> str | None:
    """A text that PostgreSQL can hold, at most 10,000 characters; whole numbers (ids) too. None where empty."""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value) if abs(value) <= LARGEST else None
    if not isinstance(value, str):
        return None
    return _NOT_TEXT.sub("", value).strip()[:10_000] or None


def id_of(value: Any) -> str | None:
    """An id: a short text without spaces, or a positive whole number."""
    text = text_of(value)
    return text if text and len(text) <= 120 and not re.search(r"\s", text) and text.strip("-0") else None


def handle_of(value: Any) -> str | None:
    """A handle in lower case, without `@`."""
    text = id_of(value) if isinstance(value, str) else None
    return text.lstrip("@").lower()[:120] or None if text else None


def url_of(value: Any) -> str | None:
    """A web address of at most 500 characters."""
    text = text_of(value)
    return text if text and len(text) <= 500 and re.match(r"https?://[^\s]+$", text) else None


def flag_of(value: Any) -> bool | None:
    """True or false, and nothing that merely looks so."""
    return value if isinstance(value, bool) else None


def moment_of(value: Any) -> datetime | None:
    """A moment in UTC from epoch seconds or milliseconds, ISO 8601, or "Wed Oct 10 20:19:24 +0000 2018"."""
    try:
        found = _moment(value)
    except (ValueError, OverflowError, OSError, TypeError, IndexError):
        return None
    return found if found and _EARLIEST <= found < _LATEST else None


def first(value: Iterable[Any], read: Callable[[Any], _T | None]) -> _T | None:
    """The first of several candidates that can be read."""
    return next((found for found in map(read, value) if found is not None), None)


def _count_in(text: str) -> Count | None:
    word = text.strip()
    number = re.match(r"[\d.,]+\s?[kmbKMB]?(?![\w.,])", word)
    rest = word[number.end() :] if number else ""
    if not number or not re.fullmatch(r"(\s[A-Za-z]+)*", rest):
        return None
    shown = number[0].strip()
    if _PLAIN.fullmatch(shown):
        value = int(shown.replace(",", ""))
        return Count(value) if value <= LARGEST else None
    short = _SHORT.fullmatch(shown)
    if not short:
        return None
    decimals = short[2] or ""
    step = _UNIT[short[3].lower()] // 10 ** len(decimals)
    return Count(int(short[1] + decimals) * step, step)


def _moment(value: Any) -> datetime | None:
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, str) and re.fullmatch(r"\d{9,13}", value):
        value = int(value)
    if isinstance(value, int | float):
        return datetime.fromtimestamp(value / 1000 if value > 100_000_000_000 else value, UTC)
    if not isinstance(value, str) or not 8 <= len(value) <= 40:
        return None
    found = _written(value.strip())
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)


def _written(text: str) -> datetime:
    if text[0].isdigit():
        return datetime.fromisoformat(text)
    if re.match(r"[A-Z][a-z]{2} [A-Z][a-z]{2} \d", text):
        return datetime.strptime(text, "%a %b %d %H:%M:%S %z %Y")
    return parsedate_to_datetime(text)
