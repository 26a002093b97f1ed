"""Creators who are like others, with those left out whom nobody should write to."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Case, IntegerField, QuerySet, Value, When

from creators.enums import Track
from creators.logic.likeness import Likeness, Traits, ranked
from creators.logic.tiers import tier_of
from creators.models import Creator, LifecycleSpan, Profile
from creators.queries.assessments import confirmed
from team.models import Brand

COMPARED = 200
"""How many creators are compared in full: those who share most niches with the models."""
_MOST_NICHES = 6


def traits_of(creator_ids: Iterable[int]) -> list[Traits]:
    """What is compared of these creators, by id, in two queries."""
    ids = list(creator_ids)
    profiles = Profile.objects.filter(creator__in=ids, is_main=True)
    main = {pk: told for pk, *told in profiles.values_list("creator", "platform", "followers")}
    rows = Creator.objects.filter(pk__in=ids).order_by("pk").values_list(*_TRAITS)
    return [_traits(*row, *main.get(row[0], ("", None))) for row in rows]


_TRAITS = ("pk", "name", "niches", "formats", "language", "country", "region", "pulse__verdict")


def _traits(
    pk: int, name: str, niches: list[str], formats: list[str], language: str, country: str, region: str,
    verdict: str | None, platform: str, followers: int | None,
) -> Traits:  # fmt: skip
    return Traits(
        id=pk, name=name, niches=frozenset(niches), formats=frozenset(formats), language=language, country=country,
        region=region, platform=platform, tier=tier_of(followers), verdict=verdict or "",
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
    """Those who share the niches that most of the models have, most shared first.

    If the models have no niche: those of their country.
    """
    had = Counter(niche for model in models for niche in sorted(model.niches))
    niches = [niche for niche, _ in had.most_common(_MOST_NICHES)]
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
