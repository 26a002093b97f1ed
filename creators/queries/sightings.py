"""Ads that were seen, and those among them that no right allowed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import OuterRef, Q, QuerySet, Subquery

from creators.models import Sighting
from creators.queries.creators import creators_found_by
from team.scopes import brands_in_scope

OUTSIDE, SETTLED, COVERED = "outside", "settled", "covered"


@dataclass(frozen=True)
class SightingFilter:
    """What a person asks the list for; blank is everything."""

    q: str = ""
    place: str = ""
    state: str = ""


def sightings(wanted: SightingFilter) -> QuerySet[Any]:
    """Sightings of the open scope, newest first."""
    everything: Any = Sighting.objects.all()
    found = everything.select_related("creator", "brand", "content").only(*_LISTED)
    if wanted.q:
        found = found.filter(Q(creator__in=creators_found_by(wanted.q)) | Q(ad__icontains=wanted.q))
    if wanted.place:
        found = found.filter(place=wanted.place)
    return found.filter(_STATES[wanted.state]) if wanted.state else found


_LISTED = (
    *(field.name for field in Sighting._meta.concrete_fields),
    "creator__name",
    "brand__name",
    "content__title",
)
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


# By right, from the ads outside. Each is held against the latest right that ended before it, else the next to begin.
_ALARMS = """
    select against, max(seen_on), bool_or(settled_on is null and has_ended),
        count(*) filter (where settled_on is null)
    from (
        select distinct on (seen.id) held.id as against, held.over_on <= seen.seen_on as has_ended,
            seen.seen_on, seen.settled_on
        from creators_sighting seen
        left join creators_right held
            on (held.brand_id, held.creator_id) = (seen.brand_id, seen.creator_id)
            and (held.kind, held.place) = (seen.kind, seen.place)
            and (held.territory = '' or seen.territory in ('', held.territory))
            and (held.content_id is null or seen.content_id is null or held.content_id = seen.content_id)
        where seen.is_outside and seen.brand_id = any(%(brands)s::bigint[]) {of_creator}
        order by seen.id, held.over_on > seen.seen_on,
            case when held.over_on <= seen.seen_on then held.over_on end desc, lower(held.held), held.id desc
    ) told
    group by against
"""


def alarms(creator: int | None = None) -> Alarms:
    """Of the open scope, or of one creator: each ad held against the latest right ended, else the next to begin."""
    of_creator = "and seen.creator_id = %(creator)s" if creator is not None else ""
    with connection.cursor() as cursor:
        cursor.execute(_ALARMS.format(of_creator=of_creator), {"brands": brands_in_scope(), "creator": creator})
        told = cursor.fetchall()
    by_right = {right: Blamed(seen_on, is_overrun) for right, seen_on, is_overrun, _ in told if right}
    return Alarms(by_right, unsettled=sum(n for *_, n in told))


def blamed(creator: int | None = None) -> Mapping[int, Blamed]:
    """The first half of `alarms`."""
    return alarms(creator).by_right


def last_allowed() -> Subquery:
    """The last day on which an ad was seen that the right of the outer query allowed; null for never."""
    everything: Any = Sighting.objects.all()
    allowed = everything.about_right().filter(seen_on__contained_by=OuterRef("held"))
    return Subquery(allowed.order_by("-seen_on").values("seen_on")[:1])
