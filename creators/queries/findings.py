"""The worst present finding of each creator, for lists."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import JSONField, OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject

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


def finding() -> Subquery:
    """For a queryset of profiles: level and verdict of the current assessment of each as JSON, or None."""
    current = Assessment.objects.current().filter(profile=OuterRef("pk")).annotate(verdict=verdict_on_it())
    told = current.values(told=JSONObject(level="level", verdict="verdict"))
    return Subquery(told[:1], output_field=JSONField())


def worst_of(profiles: Iterable[Any]) -> Standing | None:
    """The worst finding of these profiles, which are to know their `finding`."""
    told = [
        Standing(Level(each.finding["level"]), each.id, each.finding["verdict"] or "")
        for each in profiles
        if each.finding
    ]
    return max(told, key=lambda each: _WORST[each.level], default=None)


def creators_at(level: str) -> QuerySet[Any]:
    """Ids of creators with a profile whose current finding is of this level."""
    return Assessment.objects.current().filter(level=level).order_by().values("profile__creator")
