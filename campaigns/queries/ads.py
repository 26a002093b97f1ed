"""Which ads are planned and running."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from campaigns.models import Ad
from creators.queries.creators import creators_found_by

PLANNED, RUNNING, OVER = "planned", "running", "over"


@dataclass(frozen=True)
class AdFilter:
    """What a person asks the list for; blank is everything."""

    q: str = ""
    state: str = ""
    place: str = ""
    right: int | None = None


def ads(wanted: AdFilter, *, today: date) -> QuerySet[Ad]:
    """Ads of the open scope, the latest first."""
    found = Ad.objects.select_related("right__creator", "right__content", "campaign", "brand")
    if wanted.q:
        by_creator = Q(right__creator__in=creators_found_by(wanted.q))
        found = found.filter(by_creator | Q(name__icontains=wanted.q) | Q(reference__icontains=wanted.q))
    states = {
        PLANNED: Q(ran__startswith__gt=today), RUNNING: Q(ran__contains=today), OVER: Q(ran__endswith__lte=today),
    }  # fmt: skip
    found = found.filter(states[wanted.state]) if wanted.state else found
    found = found.filter(right__place=wanted.place) if wanted.place else found
    return found.filter(right=wanted.right) if wanted.right else found
