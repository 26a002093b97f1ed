"""Everything that happened with a creator, with who did it: one statement over all sources, and one for the names.

A new kind of event is one line in `SOURCES` of the module that knows its facts: see `desk.queries.events`.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from itertools import islice
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db.models import Exists, OuterRef, Q, TextField, Value
from django.db.models.functions import Cast
from django.urls import reverse

from config.lib.written import SOMEBODY, Scope, Written, scope_key, written
from creators.models import Creator
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
    rows = _rows(asked, kind, limit=SEARCHED if q else limit + 1)
    found = list(islice(_events(rows, asked, q), limit + 1))
    return Timeline(found[:limit], has_older=len(found) > limit or (not q and len(rows) > limit))


def _rows(asked: Asked, kind: str, *, limit: int) -> list[Row]:
    if not asked.brands:
        return []
    try:
        told = _statement(kind, scope_key(), tuple(asked.brands), tuple(asked.managed), limit).rows(asked.creator.pk)
    except EmptyResultSet:
        return []
    return [Row(source, at, who, brand, key, json.loads(facts)) for source, at, who, brand, key, facts in told]


@lru_cache(maxsize=64)
def _statement(kind: str, scope: Scope, brands: tuple[Brand, ...], managed: tuple[Brand, ...], limit: int) -> Written:
    """The newest events over all sources, of somebody."""
    asked = Asked(Creator(pk=SOMEBODY), brands, managed)
    columns = [f"event_{name}" for name in COLUMNS]
    first, *others = [
        source.rows(asked).annotate(event_source=Cast(Value(source.name), TextField())).values_list(*columns)
        for source in SOURCES
        if kind in ("", source.kind)
    ]
    merged: Any = first.union(*others, all=True) if others else first
    return written(merged.order_by("-event_at", "event_source", "-event_key")[:limit])


def _events(rows: Iterable[Row], asked: Asked, q: str) -> Iterator[Event]:
    """The rows in words, those that hold all words of `q`."""
    known = {source.name: source for source in SOURCES}
    told = [(row, words) for row in rows if (words := known[row.source].told(row, asked))]
    names = _names({row.who for row, _ in told if row.who}, asked.brands)
    brands = {brand.pk: brand for brand in asked.brands}
    wanted = q.casefold().split()
    for row, words in told:
        who, brand, kind = _who(row, names), brands.get(row.brand or 0), known[row.source].kind
        if not wanted or _holds(f"{words.text} {words.more} {who} {brand or ''} {kind.label}", wanted):
            yield Event(row.at, kind, words.text, words.more, who, brand, _url(words))


def _who(row: Row, names: dict[int, tuple[str, bool]]) -> str:
    name, is_colleague = names.get(row.who or 0, ("", True))
    # What is shared by all brands may be the doing of somebody whom this person does not know.
    return str(row.facts.get("by") or (name if is_colleague or row.brand else "somebody of another brand"))


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
    return _address(told.route, told.args) + told.query


@lru_cache(maxsize=1_024)
def _address(route: str, args: tuple[Any, ...]) -> str:
    """Many events lead to the same few pages."""
    return reverse(route, args=args)


def _holds(text: str, wanted: Sequence[str]) -> bool:
    told = text.casefold()
    return all(word in told for word in wanted)
