"""Links as the redirect knows them: each process remembers them for seconds, and longer with PostgreSQL away."""

import os
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from django.db import Error, close_old_connections, connections
from django.utils.encoding import iri_to_uri

from campaigns.models import TrackingLink
from results.logic.click_ids import with_click_id

FRESH_SECONDS = 4.0  # a link switched off stops everywhere within 5 seconds, the query's own time included
UNKNOWN_SECONDS = 1.0
AWAY_SECONDS = 1.0
MOST_LINKS = 10_000
MOST_UNKNOWN = 10_000


class DatabaseAway(Exception):
    """The link is not remembered and PostgreSQL does not answer."""


@dataclass(frozen=True, slots=True)
class KnownLink:
    """What the redirect needs of a link. `before` and `after` are the address around the click id.

    `ends` is the moment (seconds since 1970) from which the link is off or expired.
    """

    id: int
    brand_id: int
    target: str
    before: str
    after: str
    ends: float

    def is_open(self, now: float) -> bool:
        """Whether the link still redirects at `now` (seconds since 1970)."""
        return now < self.ends


def link_of(slug: str) -> KnownLink | None:
    """The link of a short address from the database, or None."""
    # Ahead of Django's own request handling nobody else looks after this thread's connection.
    if not connections["default"].in_atomic_block:
        close_old_connections()
    columns = ("id", "brand_id", "target", "off_at", "expires_at")
    # A visitor has no brand: the slug alone says which link is meant, and only its stored target leaves here.
    row = TrackingLink.objects.with_scopes_disabled().filter(slug=slug).values_list(*columns).first()
    if row is None:
        return None
    link_id, brand_id, target, off_at, expires_at = row
    target = iri_to_uri(target)
    ends = min((moment.timestamp() for moment in (off_at, expires_at) if moment), default=float("inf"))
    return KnownLink(link_id, brand_id, target, *with_click_id(target), ends)


class LinkCache:
    """At most MOST_LINKS links, each asked for again after FRESH_SECONDS. The clock is `time.monotonic` unless given.

    Unknown addresses are remembered apart and shortly, so that a guesser neither reaches the database at every guess
    nor drives out links in use.
    """

    def __init__(
        self, load: Callable[[str], KnownLink | None] = link_of, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._load = load
        self._clock = clock
        self._known: dict[str, tuple[float, KnownLink]] = {}
        self._unknown: dict[str, float] = {}
        self._away_until = float("-inf")
        self._lock = threading.Lock()

    def fresh(self, slug: str) -> KnownLink | None:
        """The link where it was read less than FRESH_SECONDS ago; no database is asked."""
        entry = self._known.get(slug)
        return entry[1] if entry and self._clock() < entry[0] else None

    def get(self, slug: str) -> KnownLink | None:
        """The link, or None where there is none. With PostgreSQL away a remembered one serves, however old."""
        if link := self.fresh(slug):
            return link
        now = self._clock()
        if now < self._unknown.get(slug, float("-inf")):
            return None
        if now < self._away_until:
            return self._stale(slug)
        try:
            link = self._load(slug)
        except Error:
            self._away_until = self._clock() + AWAY_SECONDS
            return self._stale(slug)
        self._remember(slug, link, now)
        return link

    def _stale(self, slug: str) -> KnownLink:
        entry = self._known.get(slug)
        if entry is None:
            raise DatabaseAway(slug)
        return entry[1]

    def _remember(self, slug: str, link: KnownLink | None, now: float) -> None:
        with self._lock:
            self._known.pop(slug, None)
            self._unknown.pop(slug, None)
            if link is None:
                _make_room(self._unknown, MOST_UNKNOWN)
                self._unknown[slug] = now + UNKNOWN_SECONDS
            else:
                _make_room(self._known, MOST_LINKS)
                self._known[slug] = (now + FRESH_SECONDS, link)

    def __len__(self) -> int:
        return len(self._known) + len(self._unknown)


def _make_room(entries: dict, most: int) -> None:
    while len(entries) >= most:
        entries.pop(next(iter(entries)))


links = LinkCache()


def _forget_parents() -> None:
    global links
    links = LinkCache()
    for connection in connections.all(initialized_only=True):
        connection.connection = None  # the parent goes on using it; psycopg closes nothing from another process


os.register_at_fork(after_in_child=_forget_parents)
