"""The worst present finding of each creator, for lists."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from creators.enums import Level
from creators.models import Assessment


@dataclass(frozen=True)
class Standing:
    """The worst current finding over a creator's profiles, for a badge in a list."""

    level: Level
    profile_id: int
    codes: list[str]


_WORST = {Level.INSUFFICIENT: 0, Level.CLEAR: 1, Level.WATCH: 2, Level.FLAGGED: 3}


def standings(creator_ids: Iterable[int]) -> dict[int, Standing]:
    """The worst finding of each creator that has one, in one query."""
    rows = (
        Assessment.objects.current()
        .filter(profile__creator__in=list(creator_ids))
        .values_list("profile__creator", "level", "profile", "flagged", "watched")
    )
    worst: dict[int, Standing] = {}
    for creator, level, profile, flagged, watched in rows:
        found = Standing(Level(level), profile, flagged + watched)
        if creator not in worst or _WORST[found.level] > _WORST[worst[creator].level]:
            worst[creator] = found
    return worst


def creators_at(level: str) -> QuerySet[Any]:
    """Ids of creators with a profile whose current finding is of this level."""
    return Assessment.objects.current().filter(level=level).order_by().values("profile__creator")
