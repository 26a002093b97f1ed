"""A click as one line of a file: how the redirect writes it and how the shipper reads it."""

import json
from datetime import UTC, datetime
from json.encoder import encode_basestring_ascii as _quoted
from typing import NamedTuple
from uuid import UUID

from results.enums import ClickClass

TEXT_MAX = 300
_KEY_LENGTHS = (0, 16)


class BadLine(ValueError):
    """The line is no click: it was cut off, or damaged on the disk."""


class ClickLine(NamedTuple):
    """What one line holds. `at` is in seconds since 1970; `visitor` is a key in hexadecimal, or empty."""

    id: str
    at: float
    link_id: int
    kind: str
    visitor: str = ""
    network: str = ""
    agent: str = ""
    referrer: str = ""
    is_qr: bool = False


def line_of(click: ClickLine) -> bytes:
    """The line, with its end: a list in JSON, written out by hand since this stands on the redirect's road.

    ASCII only, so that no cut can fall inside a character.
    """
    agent, referrer = _quoted(click.agent[:TEXT_MAX]), _quoted(click.referrer[:TEXT_MAX])
    is_qr = "true" if click.is_qr else "false"
    return (
        f'["{click.id}",{click.at!r},{click.link_id},"{click.kind}","{click.visitor}","{click.network}",'
        f"{agent},{referrer},{is_qr}]\n"
    ).encode("ascii")


Row = tuple[UUID, datetime, int, str, bytes, str, str, str, bool]


def row_of(line: bytes) -> Row:
    """The columns of a click as PostgreSQL takes them, or BadLine."""
    try:
        made, at, link_id, kind, visitor, network, agent, referrer, is_qr = json.loads(line)
        key = bytes.fromhex(visitor)
        row = (
            UUID(made),
            datetime.fromtimestamp(at, UTC),
            int(link_id),
            ClickClass(kind).value,
            key,
            _text(network)[:45],
            _text(agent),
            _text(referrer),
            bool(is_qr),
        )
    except (ValueError, TypeError, OverflowError, OSError, AttributeError, RecursionError) as error:
        raise BadLine(str(error)) from error
    if len(key) not in _KEY_LENGTHS or not 0 < row[2] < 1 << 63:
        raise BadLine("a key or a link's id is out of range")
    return row


def _text(raw: str) -> str:
    """A header as people wrote it: servers hand over bytes as Latin-1, and PostgreSQL takes no NUL."""
    with_bytes = raw.encode("latin-1", "replace").decode("utf-8", "replace")
    return with_bytes.replace("\0", "")[:TEXT_MAX]
