"""Which tables lead to a person, and which brands keep anything about one."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connection, models
from django.db.models import Q
from django.db.models.fields.reverse_related import ForeignObjectRel

from creators.models import Application, Contact, Creator, Profile
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


@dataclass(frozen=True)
class Hung:
    """A foreign key that leads to some creators (`ids`) or to their profiles: its model and column."""

    model: Model
    column: str
    to_profiles: bool
    ids: Sequence[int]

    def select(self, what: str) -> str:
        """SQL for `what` of the rows; it takes `ids` as its one value."""
        whom = "in (select id from creators_profile where creator_id = any(%s))" if self.to_profiles else "= any(%s)"
        return f'select {what} from "{self.model._meta.db_table}" where "{self.column}" {whom}'  # noqa: S608


def hung_on(creator_ids: Sequence[int]) -> list[Hung]:
    """Every key to these creators or to one of their profiles."""
    return [
        Hung(model, str(model._meta.get_field(name).get_attname_column()[1]), target is Profile, creator_ids)  # type: ignore[union-attr]
        for target in (Creator, Profile)
        for _, model, name in keys_leading_to(target)
    ]


def in_one(parts: Sequence[tuple[Hung, str]]) -> list[Any]:
    """The rows of these questions together: what is asked of each key. One statement, where each would be one."""
    with connection.cursor() as cursor:
        cursor.execute(
            " union all ".join(hung.select(what) for hung, what in parts), [list(hung.ids) for hung, _ in parts]
        )
        return cursor.fetchall()


def brands_about(creator_ids: Iterable[int]) -> set[int]:
    """The brands that keep anything about these creators: whoever changes it all must have a say in each."""
    walled = [
        (hung, "distinct brand_id")
        for hung in hung_on(list(creator_ids))
        if any(field.name == "brand" for field in hung.model._meta.local_fields)
    ]
    return {brand for (brand,) in in_one(walled)}


def applications_under_their_name(creator: Creator) -> models.QuerySet[Application]:
    """Applications to any brand that lead to no creator but were sent under this one's e-mail address or handle."""
    emails = Contact.objects.filter(creator=creator, kind="email").values_list("value", flat=True)
    theirs = Q(email__in=[email.strip().lower() for email in emails])
    for platform, handle in Profile.objects.filter(creator=creator).values_list("platform", "handle"):
        theirs |= Q(platform=platform, handle=handle) | Q(others__contains=[{"platform": platform, "handle": handle}])
    rows: models.QuerySet[Application] = Application._base_manager.filter(theirs, creator=None)
    return rows


def may_decide(creator: Creator, brands: Iterable[Brand]) -> bool:
    """Whether who has a say in these brands may hand out and erase all that is kept about the creator."""
    applied_to = set(applications_under_their_name(creator).values_list("brand", flat=True))
    return brands_about([creator.pk]) | applied_to <= {brand.pk for brand in brands}


def all_within(creator_ids: Iterable[int], brands: Iterable[Brand]) -> bool:
    """Whether everything that is kept about these creators belongs to these brands, or to the whole team."""
    return brands_about(creator_ids) <= {brand.pk for brand in brands}
