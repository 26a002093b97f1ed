"""Creators who are like others, with those left out whom nobody should write to."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Case, IntegerField, QuerySet, Value, When

from creators.enums import Track
from creators.logic.likeness import Likeness, Traits, ranked
from creators.logic.tiers import tier_of
from creators.models import Creator, LifecycleSpan, Profile, Pulse
from creators.queries.assessments import confirmed
from team.models import Brand

COMPARED = 300
"""How many creators are compared in full: those who share most niches with one of the models."""
_MOST_NICHES = 40


def traits_of(creator_ids: Iterable[int]) -> list[Traits]:
    """What is compared of these creators, by id, in two queries."""
    creators = list(Creator.objects.filter(pk__in=list(creator_ids)).select_related("pulse").order_by("pk"))
    main = {each.creator_id: each for each in Profile.objects.filter(creator__in=creators, is_main=True)}
    return [_traits(creator, main.get(creator.pk), getattr(creator, "pulse", None)) for creator in creators]


def _traits(creator: Creator, main: Profile | None, pulse: Pulse | None) -> Traits:
    return Traits(
        id=creator.pk, name=creator.name, niches=frozenset(creator.niches), formats=frozenset(creator.formats),
        language=creator.language, country=creator.country, region=creator.region,
        platform=main.platform if main else "", tier=tier_of(main.followers) if main else None,
        verdict=pulse.verdict if pulse else "",
    )  # fmt: skip


def lookalikes(models: Sequence[Traits], *, without_stage_at: Brand | None = None) -> list[Likeness]:
    """The roster's creators who are most like one of these, in four queries.

    Left out: the models themselves, whoever asked not to be contacted, and whoever's signals stand confirmed; with
    `without_stage_at` also those who have a stage with that brand already.
    """
    if not models:
        return []
    found = _candidates(models).filter(no_contact_on=None).exclude(pk__in=[model.id for model in models])
    if without_stage_at:
        spans = LifecycleSpan.objects.stages().open().filter(brand=without_stage_at)
        found = found.exclude(pk__in=spans.values("creator"))
    ids = list(found.values_list("pk", flat=True)[:COMPARED])
    refused = confirmed(ids)
    return ranked(models, traits_of(pk for pk in ids if pk not in refused))


def _candidates(models: Sequence[Traits]) -> QuerySet[Creator]:
    """Those who share niches with the models, most shared first; if the models have none, those of their country."""
    niches = sorted({niche for model in models for niche in model.niches})[:_MOST_NICHES]
    countries = sorted({model.country for model in models if model.country})
    if not niches:
        return Creator.objects.filter(country__in=countries).order_by("-pk")
    shared = sum((_one_if(niches__contains=[niche]) for niche in niches), start=Value(0))
    found = Creator.objects.filter(niches__overlap=niches).annotate(shared=shared)
    if not countries:
        return found.order_by("-shared", "-pk")
    return found.annotate(here=_one_if(country__in=countries)).order_by("-shared", "-here", "-pk")


def _one_if(**condition: Any) -> Case:
    return Case(When(**condition, then=Value(1)), default=Value(0), output_field=IntegerField())


def top_performers(brand: Brand) -> QuerySet[LifecycleSpan, int]:
    """Ids of those who carry the brand's overlay now."""
    spans = LifecycleSpan.objects.open().filter(brand=brand, track=Track.TOP_PERFORMER)
    return spans.order_by("creator").values_list("creator", flat=True)
