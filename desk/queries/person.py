"""Which tables lead to a person, and which brands keep anything about one."""

from collections.abc import Iterable, Iterator

from django.apps import apps
from django.db import models
from django.db.models.fields.reverse_related import ForeignObjectRel

from creators.models import Creator, Profile
from desk.logic.person_keys import KEYS
from team.models import Brand

Model = type[models.Model]


def children_of(target: Model, *, history: bool = False) -> Iterator[models.ForeignKey]:
    """Every foreign key to a model, through-tables included: those of history tables, or all but those."""
    for relation in target._meta.get_fields(include_hidden=True):
        if not isinstance(relation, ForeignObjectRel) or relation.many_to_many:
            continue
        field = relation.field
        if isinstance(field, models.ForeignKey) and hasattr(field.model, "pgh_tracked_model") == history:
            yield field


def keys_leading_to(target: Model) -> Iterator[tuple[str, Model, str]]:
    """The keys of KEYS that lead to a model: the key, the model that has it, and the field's name."""
    for key in KEYS:
        label, name = key.rsplit(".", 1)
        model = apps.get_model(label)
        if model._meta.get_field(name).related_model is target:
            yield key, model, name


def brands_about(creator_ids: Iterable[int]) -> set[int]:
    """The brands that keep anything about these creators: whoever changes it all must have a say in each."""
    ids = list(creator_ids)
    profiles = list(Profile.objects.filter(creator__in=ids).values_list("pk", flat=True))
    found: set[int] = set()
    for _, model, name in [*keys_leading_to(Creator), *keys_leading_to(Profile)]:
        if not any(field.name == "brand" for field in model._meta.local_fields):
            continue
        ends = ids if model._meta.get_field(name).related_model is Creator else profiles
        rows = model._base_manager.filter(**{f"{name}__in": ends})
        found |= set(rows.order_by().values_list("brand", flat=True).distinct())
    return found


def all_within(creator_ids: Iterable[int], brands: Iterable[Brand]) -> bool:
    """Whether everything that is kept about these creators belongs to these brands, or to the whole team."""
    return brands_about(creator_ids) <= {brand.pk for brand in brands}
