"""Links as the redirect knows them: each process remembers them for seconds, and longer with PostgreSQL away."""

import os
import threading
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import Error, close_old_connections, connections
from django.utils.encoding import iri_to_uri

from campaigns.models import TrackingLink
from results.logic.click_ids import with_click_id

# A link switched off stops everywhere within 5 seconds: nobody serves one that was read longer ago than STALE_SECONDS
# while the database answers. From AGING_SECONDS on the first to notice asks for all that are in use and aging.
AGING_SECONDS = 2.0
STALE_SECONDS = 4.0
UNKNOWN_SECONDS = 1.0
AWAY_SECONDS = 1.0
MOST_LINKS = 10_000
MOST_UNKNOWN = 10_000
MOST_AT_ONCE = 1_000


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


Load = Callable[[Collection[str]], dict[str, KnownLink]]


def links_of(slugs: Collection[str]) -> dict[str, KnownLink]:
    """The links of these short addresses from the database, in one query; unknown ones are left out."""
    # Ahead of Django's own request handling nobody else looks after this thread's connection.
    if not connections["default"].in_atomic_block:
        close_old_connections()
    # A visitor has no brand: the slug alone says which link is meant, and only its stored target leaves here.
    rows = TrackingLink.objects.with_scopes_disabled().filter(slug__in=slugs).order_by()
    columns = ("slug", "id", "brand_id", "target", "off_at", "expires_at")
    return {slug: _known(*row) for slug, *row in rows.values_list(*columns)}


def _known(link_id: int, brand_id: int, target: str, *ends_at: datetime | None) -> KnownLink:
    target = iri_to_uri(target)
    ends = min((moment.timestamp() for moment in ends_at if moment), default=float("inf"))
    return KnownLink(link_id, brand_id, target, *with_click_id(target), ends)


class _Entry:
    """A remembered link, when it was asked for, and whether anybody came by since."""

    __slots__ = ("asked_at", "link", "used")

    def __init__(self, link: KnownLink, asked_at: float) -> None:
        self.link = link
        self.asked_at = asked_at
        self.used = False


class LinkCache:
    """At most MOST_LINKS links. The clock is `time.monotonic` unless given.

    One thread at a time asks for all links that are in use and aging, so a busy process asks about once in
    AGING_SECONDS, however many links and threads it has. Unknown addresses are remembered apart and shortly, so that
    a guesser neither reaches the database at every guess nor drives out links in use.
    """

    def __init__(self, load: Load = links_of, clock: Callable[[], float] = time.monotonic) -> None:
        self._load = load
        self._clock = clock
        self._known: dict[str, _Entry] = {}
        self._unknown: dict[str, float] = {}
        self._away_until = float("-inf")
        self._changing = threading.Lock()
        self._asking = threading.Lock()

    def get(self, slug: str) -> KnownLink | None:
        """The link, or None where there is none. With PostgreSQL away a remembered one serves, however old."""
        now = self._clock()
        entry = self._known.get(slug)
        if entry is None:
            return self._get_new(slug, now)
        entry.used = True
        age = now - entry.asked_at
        if age < AGING_SECONDS or now < self._away_until:
            return entry.link
        if self._asking.acquire(blocking=False):
            try:
                self._ask({slug, *self._aging(now)}, now)
            finally:
                self._asking.release()
        elif age >= STALE_SECONDS:
            self._ask({slug}, now)
        else:
            return entry.link
        again = self._known.get(slug)
        return again.link if again else None

    def _get_new(self, slug: str, now: float) -> KnownLink | None:
        if now < self._unknown.get(slug, float("-inf")):
            return None
        if now >= self._away_until:
            self._ask({slug}, now)
        if now < self._away_until:
            raise DatabaseAway(slug)
        entry = self._known.get(slug)
        return entry.link if entry else None

    def _aging(self, now: float) -> list[str]:
        """Links in use that are to be asked for again. The others may be forgotten."""
        known = list(self._known.items())
        old = [slug for slug, entry in known if entry.used and now - entry.asked_at >= AGING_SECONDS / 2]
        return old[:MOST_AT_ONCE]

    def _ask(self, slugs: Collection[str], now: float) -> None:
        try:
            found = self._load(slugs)
        except Error:
            self._away_until = self._clock() + AWAY_SECONDS
            return
        with self._changing:
            for slug in slugs:
                self._known.pop(slug, None)
                self._unknown.pop(slug, None)
                if slug in found:
                    _make_room(self._known, MOST_LINKS)
                    self._known[slug] = _Entry(found[slug], now)
                else:
                    _make_room(self._unknown, MOST_UNKNOWN)
                    self._unknown[slug] = now + UNKNOWN_SECONDS

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
