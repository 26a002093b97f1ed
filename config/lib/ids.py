"""Ids as addresses and forms write them."""

from collections.abc import Iterable

_MOST_DIGITS = 18  # so that every one fits PostgreSQL's bigint


def id_of(text: str) -> int | None:
    """The id; None for everything that cannot be one."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS else None


def ids_of(texts: Iterable[str]) -> list[int]:
    """The ids among these."""
    return [found for text in texts if (found := id_of(text)) is not None]
