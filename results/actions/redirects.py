"""Following a short link: find it, write the click down, say where to go. The one function behind both ways in."""

import os
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum

from django.conf import settings

from config.lib.codes import SLUG_ALPHABET, SLUG_LENGTH
from config.lib.networks import client_address, network_of
from results.actions import salts, spool
from results.logic.click_ids import RANDOM_BYTES, click_id
from results.logic.click_lines import ClickLine, line_of
from results.logic.clicks import click_class
from results.logic.visitors import objects, visitor_key
from results.queries import known_links
from results.queries.known_links import DatabaseAway, KnownLink

DAY_SECONDS = 86_400
# Read once: they do not change while a process runs, and to ask Django takes as long as to find the link.
_COOKIE: str = settings.SESSION_COOKIE_NAME
_PROXIES: int = settings.TRUSTED_PROXIES


class Outcome(Enum):
    """What became of a visit, with the status that answers it."""

    FOUND = 302
    UNKNOWN = 404
    CLOSED = 410
    AWAY = 503


@dataclass(frozen=True, slots=True)
class Answer:
    """What to answer. `location` is empty unless the link was found."""

    outcome: Outcome
    location: str = ""


HEADERS = (
    ("Cache-Control", "private, no-store"),
    ("Referrer-Policy", "no-referrer-when-downgrade"),
    ("X-Robots-Tag", "noindex"),
)


def follow(slug: str, environ: Mapping[str, str], *, now: float, counts: bool = True) -> Answer:
    """Answer a visit to a short link at `now` (seconds since 1970). Without `counts` (HEAD) it leaves no trace."""
    if not could_be_slug(slug):
        return Answer(Outcome.UNKNOWN)
    try:
        link = known_links.links.get(slug)
    except DatabaseAway:
        return Answer(Outcome.AWAY)
    if link is None:
        return Answer(Outcome.UNKNOWN)
    return go(link, environ, now=now, counts=counts)


def go(link: KnownLink, environ: Mapping[str, str], *, now: float, counts: bool = True) -> Answer:
    """The same for a link already found."""
    if not link.is_open(now):
        return Answer(Outcome.CLOSED)
    if not counts:
        return Answer(Outcome.FOUND, link.target)
    return Answer(Outcome.FOUND, f"{link.before}{record(link, environ, now=now)}{link.after}")


def could_be_slug(text: str) -> bool:
    """Whether a short link could be called so; anything else is unknown without asking."""
    return len(text) == SLUG_LENGTH and not text.strip(SLUG_ALPHABET)


def record(link: KnownLink, environ: Mapping[str, str], *, now: float) -> str:
    """Write the click down and return its id. One without room on the disk is counted, and goes all the same."""
    made = click_id(int(now * 1000), next(_pool.pieces))
    kind = click_class(environ, session_cookie=_COOKIE)
    if objects(environ):
        click = ClickLine(made, now, link.id, kind, is_qr=_is_scan(environ))
    else:
        click = ClickLine(made, now, link.id, kind, *_who(link, environ, now), _is_scan(environ))
    spool.append(line_of(click))
    return made


class _Pool(threading.local):
    """Random bytes of one thread, fetched many at a time: asking the system each time costs a change of threads."""

    def __init__(self) -> None:
        self.pieces = _random_pieces()


def _random_pieces() -> Iterator[bytes]:
    while True:
        many = os.urandom(RANDOM_BYTES * 400)
        yield from (many[at : at + RANDOM_BYTES] for at in range(0, len(many), RANDOM_BYTES))


_pool = _Pool()


def _forget_parents_pool() -> None:
    global _pool
    _pool = _Pool()


os.register_at_fork(after_in_child=_forget_parents_pool)


def _who(link: KnownLink, environ: Mapping[str, str], now: float) -> tuple[str, str, str, str]:
    address = client_address(environ, trusted_proxies=_PROXIES)
    agent = environ.get("HTTP_USER_AGENT", "")
    key = visitor_key(address, agent, site=link.brand_id, salt=salts.salt_of(int(now // DAY_SECONDS)))
    return key.hex(), network_of(address), agent, environ.get("HTTP_REFERER", "")


def _is_scan(environ: Mapping[str, str]) -> bool:
    """Whether the visitor scanned a QR code: its address says so, and the shop never sees it."""
    query = environ.get("QUERY_STRING", "")
    return query != "" and "qr=1" in query.split("&")
