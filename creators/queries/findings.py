"""The worst present finding of each creator, for lists."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from creators.enums import Level
from creators.models import Assessment, Review


def verdict_on_it() -> Subquery:
    """For a queryset of assessments: the newest ruling on each, or None.

    What was said before the finding changed was said of something else.
    """
    since = Review.objects.filter(profile=OuterRef("profile"), made_at__gte=OuterRef("made_at"))
    return Subquery(since.order_by("-made_at", "-pk").values("ruling")[:1])


@dataclass(frozen=True)
class Standing:
    """The worst current finding over a creator's profiles, for a badge in a list."""

    level: Level
    profile_id: int
    verdict: str = ""


_WORST = {Level.INSUFFICIENT: 0, Level.CLEAR: 1, Level.WATCH: 2, Level.FLAGGED: 3}


def standings(creator_ids: Iterable[int]) -> dict[int, Standing]:
    """The worst finding of each creator that has one, in one query."""
    rows = (
        Assessment.objects.current()
        .filter(profile__creator__in=list(creator_ids))
        .annotate(verdict=verdict_on_it())
        .values_list("profile__creator", "level", "profile", "verdict")
    )
    worst: dict[int, Standing] = {}
    for creator, level, profile, verdict in rows:
        found = Standing(Level(level), profile, verdict or "")
        if creator not in worst or _WORST[found.level] > _WORST[worst[creator].level]:
            worst[creator] = found
    return worst


def creators_at(level: str) -> QuerySet[Any]:
    """Ids of creators with a profile whose current finding is of this level."""
    return Assessment.objects.current().filter(level=level).order_by().values("profile__creator")
