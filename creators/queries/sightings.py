"""Ads that were seen, and those among them that no right allowed."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from creators.models import Sighting
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
    outside = everything.uncovered().filter(pk=OuterRef("pk"))
    found = everything.annotate(is_outside=Exists(outside)).select_related("creator", "brand", "content")
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


def outside() -> QuerySet[Any]:
    """Ads of the open scope that were seen outside their rights and that nobody dealt with."""
    everything: Any = Sighting.objects.all()
    found: QuerySet[Any] = everything.unsettled().uncovered()
    return found
