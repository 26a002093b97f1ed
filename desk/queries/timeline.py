"""Everything that happened with a creator, with who did it: one statement over all sources, and one for the names.

A new kind of event is one line in `SOURCES` of the module that knows its facts: see `desk.queries.events`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, TextField, Value
from django.db.models.functions import Cast
from django.urls import reverse

from desk.queries import events_of_deals, events_of_people, events_of_rights
from desk.queries.events import COLUMNS, Asked, Kind, Row, Source, Told
from team.models import Brand, Membership, User

SOURCES: Sequence[Source] = (*events_of_people.SOURCES, *events_of_deals.SOURCES, *events_of_rights.SOURCES)
SEARCHED = 1_000
"""How many of the newest events a search looks through."""


@dataclass(frozen=True)
class Event:
    """One line of the timeline. `who` is blank where nobody is recorded."""

    at: datetime
    kind: Kind
    text: str
    more: str
    who: str
    brand: Brand | None
    url: str


@dataclass(frozen=True)
class Timeline:
    """The newest events; `has_older` says that there are more."""

    events: Sequence[Event]
    has_older: bool


def timeline_of(asked: Asked, *, kind: str = "", q: str = "", limit: int = 50) -> Timeline:
    """The newest events of a kind (or all), of those that hold the words."""
    sources = [source for source in SOURCES if kind in ("", source.kind)]
    rows = _rows(sources, asked, limit=SEARCHED if q else limit + 1)
    events = _events(rows, asked)
    found = [event for event in events if _holds(event, q)]
    return Timeline(found[:limit], has_older=len(found) > limit or (not q and len(rows) > limit))


def _rows(sources: Sequence[Source], asked: Asked, *, limit: int) -> list[Row]:
    if not sources or not asked.brands:
        return []
    columns = [f"event_{name}" for name in COLUMNS]
    first, *others = [
        source.rows(asked).annotate(event_source=Cast(Value(source.name), TextField())).values_list(*columns)
        for source in sources
    ]
    merged: Any = first.union(*others, all=True) if others else first
    return [Row(*values) for values in merged.order_by("-event_at", "event_source", "-event_key")[:limit]]


def _events(rows: Iterable[Row], asked: Asked) -> list[Event]:
    known = {source.name: source for source in SOURCES}
    told = [(row, known[row.source].told(row, asked)) for row in rows]
    names = _names({row.who for row, words in told if words and row.who}, asked.brands)
    brands = {brand.pk: brand for brand in asked.brands}
    return [_event(row, words, known[row.source], names, brands) for row, words in told if words]


def _event(
    row: Row, told: Told, source: Source, names: dict[int, tuple[str, bool]], brands: dict[int, Brand]
) -> Event:
    name, is_colleague = names.get(row.who or 0, ("", True))
    # What is shared by all brands may be the doing of somebody whom this person does not know.
    shown = name if is_colleague or row.brand else "somebody of another brand"
    return Event(
        at=row.at, kind=source.kind, text=told.text, more=told.more,
        who=str(row.facts.get("by") or shown), brand=brands.get(row.brand or 0), url=_url(told),
    )  # fmt: skip


def _names(ids: set[int], brands: Sequence[Brand]) -> dict[int, tuple[str, bool]]:
    """The name of each person, and whether they have a role in one of the brands."""
    if not ids:
        return {}
    held = Membership.objects.filter(Q(brand__in=[brand.pk for brand in brands]) | Q(brand=None), user=OuterRef("pk"))
    people = User.objects.filter(pk__in=ids).annotate(is_colleague=Exists(held))
    return {user.pk: (str(user), user.is_colleague) for user in people}


def _url(told: Told) -> str:
    if not told.route:
        return ""
    return reverse(told.route, args=told.args) + told.query


def _holds(event: Event, q: str) -> bool:
    words = q.casefold().split()
    text = f"{event.text} {event.more} {event.who} {event.brand or ''} {event.kind.label}".casefold()
    return all(word in text for word in words)
