"""Ads that were seen, and those among them that no right allowed."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db.models import Case, F, JSONField, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce, JSONObject

from config.lib.written import SOMEBODY, Scope, Written, scope_key, written
from creators.models import Sighting
from creators.models.sightings import rights_about_sighting
from creators.queries.creators import creators_found_by

OUTSIDE, SETTLED, COVERED = "outside", "settled", "covered"


@dataclass(frozen=True)
class SightingFilter:
    """What a person asks the list for; blank is everything."""

    q: str = ""
    place: str = ""
    state: str = ""


def sightings(wanted: SightingFilter) -> QuerySet[Any]:
    """Sightings of the open scope, newest first, with `is_outside`: no right allowed the ad on that day."""
    everything: Any = Sighting.objects.all()
    found = everything.told_apart().select_related("creator", "brand", "content")
    if wanted.q:
        found = found.filter(Q(creator__in=creators_found_by(wanted.q)) | Q(ad__icontains=wanted.q))
    if wanted.place:
        found = found.filter(place=wanted.place)
    return found.filter(_STATES[wanted.state]) if wanted.state else found


_STATES = {
    OUTSIDE: Q(is_outside=True, settled_on=None),
    SETTLED: Q(settled_on__isnull=False),
    COVERED: Q(is_outside=False),
}


@dataclass(frozen=True)
class Blamed:
    """The last day on which an ad was seen outside a right, and whether any such ad runs on after it ended."""

    seen_on: date
    is_overrun: bool


def outside() -> QuerySet[Any]:
    """Ads of the open scope that were seen outside their rights and that nobody dealt with."""
    everything: Any = Sighting.objects.all()
    found: QuerySet[Any] = everything.unsettled().uncovered()
    return found


@dataclass(frozen=True)
class Alarms:
    """Ads that no right allowed: by the right that each is held against, and how many nobody dealt with."""

    by_right: Mapping[int, Blamed]
    unsettled: int


def alarms(creator: int | None = None) -> Alarms:
    """Of the open scope, or of one creator: each ad held against the latest right ended, else the next to begin."""
    told: dict[int, Blamed] = {}
    unsettled = 0
    for found, seen_on, settled in _uncovered(creator):
        unsettled += settled is None
        if fact := json.loads(found or "null"):
            before = told.get(fact["right"], Blamed(seen_on, is_overrun=False))
            is_overrun = before.is_overrun or (fact["ended"] is not None and settled is None)
            told[fact["right"]] = Blamed(max(before.seen_on, seen_on), is_overrun)
    return Alarms(told, unsettled)


def _uncovered(creator: int | None) -> list[tuple[Any, ...]]:
    """Ads that no right allowed: the right that each is held against as JSON, when it was seen, and settled."""
    try:
        return _statement(scope_key(), of_one=creator is not None).rows(creator or SOMEBODY)
    except EmptyResultSet:
        return []


@lru_cache(maxsize=64)
def _statement(scope: Scope, *, of_one: bool) -> Written:
    everything: Any = Sighting.objects.all()
    seen = everything.uncovered().order_by()
    ended = Case(When(ends__lte=OuterRef("seen_on"), then=F("ends")))
    rights = rights_about_sighting().annotate(ends=ENDS).annotate(ended=ended)
    nearest = rights.order_by(F("ended").desc(nulls_last=True), "held__startswith", "-pk")
    seen = seen.filter(creator=SOMEBODY) if of_one else seen
    against = Subquery(nearest.values(fact=JSONObject(right="pk", ended="ended"))[:1], output_field=JSONField())
    return written(seen.values_list(against, "seen_on", "settled_on"))


def blamed(creator: int | None = None) -> Mapping[int, Blamed]:
    """The first half of `alarms`."""
    return alarms(creator).by_right


def last_allowed() -> Subquery:
    """The last day on which an ad was seen that the right of the outer query allowed; null for never."""
    everything: Any = Sighting.objects.all()
    allowed = everything.about_right().filter(seen_on__contained_by=OuterRef("held"))
    return Subquery(allowed.order_by("-seen_on").values("seen_on")[:1])


ENDS = Coalesce(F("held__endswith"), F("revoked_on"))
"""The end of a right, exclusive; null for ever."""
