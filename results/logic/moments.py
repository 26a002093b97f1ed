"""Moments as shops and spreadsheets write them."""

import re
from datetime import UTC, datetime, timedelta, tzinfo

_ZONED = re.compile(
    r"(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)\s?(Z|UTC|[+-]\d{2}:?\d{2})?", re.ASCII
)
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?", re.ASCII)
YEARS = range(1990, 2101)
_SERIAL_START = datetime(1899, 12, 30)


class NotAMoment(ValueError):
    """The text is no date with or without a time, or one that nobody means."""


def moment_of(text: str, *, zone: tzinfo) -> datetime:
    """The moment in UTC that a shop's export names.

    Reads Shopify's `2011-03-01 08:30:00 +0000`, ISO 8601, and the serial number that a spreadsheet makes of it
    (days since 30 December 1899). A text without a zone is in `zone`. Raises `NotAMoment`, also outside 1990 to 2100.
    """
    text = text.strip()
    try:
        if _SERIAL.fullmatch(text):
            return _in_utc(_SERIAL_START + timedelta(seconds=round(float(text) * 86_400)), zone)
        match = _ZONED.fullmatch(text)
        if not match:
            return _in_utc(datetime.fromisoformat(text), zone)
        day, hour, offset = match.groups()
        offset = "+00:00" if offset in ("Z", "UTC") else offset or ""
        return _in_utc(datetime.fromisoformat(f"{day}T{hour}{offset}"), zone)
    except (ValueError, OverflowError) as error:
        raise NotAMoment(text) from error


def _in_utc(moment: datetime, zone: tzinfo) -> datetime:
    if moment.year not in YEARS:
        raise NotAMoment
    return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)
