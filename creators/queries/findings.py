"""The worst present finding of each creator, for lists."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, JSONField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject

from creators.enums import Level
from creators.models import Assessment, Review


def reviews_on_it() -> QuerySet[Review]:
    """For a queryset of assessments: what people said of each. What was said before the finding changed was said of
    something else."""
    return Review.objects.filter(profile=OuterRef("profile"), made_at__gte=OuterRef("made_at")).order_by()


def verdict_on_it() -> Subquery:
    """For a queryset of assessments: the newest ruling on each, or None."""
    return Subquery(reviews_on_it().order_by("-made_at", "-pk").values("ruling")[:1])


def has_ruling(ruling: str) -> Exists:
    """For a queryset of assessments: whether the newest review of each is this. As a join, since few are reviewed."""
    newer = Q(made_at__gt=OuterRef("made_at")) | Q(made_at=OuterRef("made_at"), pk__gt=OuterRef("pk"))
    overruled = Exists(Review.objects.filter(newer, profile=OuterRef("profile")).order_by())
    return Exists(reviews_on_it().filter(~overruled, ruling=ruling))


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


def findings_at(level: str) -> QuerySet[Assessment]:
    """The current findings of this level."""
    return Assessment.objects.current().filter(level=level)
