"""Taking the sample program away without a trace: the one place that passes the triggers of append-only tables."""

from collections.abc import Iterator, Sequence

import pgtrigger
from django.apps import apps
from django.db import connection, models, transaction
from django_scopes import scopes_disabled

from creators.models import Creator, Post, Profile
from team.actions.documents import delete_files_of
from team.models import Brand


@transaction.atomic
def remove_sample(brand: Brand) -> None:
    """Delete a sample brand with everything of it, history included. Refuses any other brand.

    Sample creators go too, but for those that somebody has since put into a brand of their own: these stay.
    """
    if not brand.is_sample:
        raise ValueError(f"{brand} is no sample.")
    with scopes_disabled(), pgtrigger.ignore(), connection.cursor() as cursor:
        delete_files_of(brand)
        cursor.execute("set constraints all deferred")  # so the order of the tables does not matter
        for model in _models_with("brand", Brand):
            _delete(model, brand=brand.pk)
        for history in _histories_of(Brand):
            _delete(history, pgh_obj=brand.pk)
        _delete(Brand, pk=brand.pk)
        _remove_creators(Creator.objects.filter(is_sample=True))
        cursor.execute("set constraints all immediate")


_WAYS_TO_A_CREATOR = ((Post, "__profile__creator"), (Profile, "__creator"), (Creator, ""))
"""The tables by which a row belongs to a creator, the farthest first, and how it goes on from there."""


def _remove_creators(creators: models.QuerySet[Creator]) -> None:
    used = {pk for table, path in _tables_of_creators() if _has_brand(table) for pk in _creators_in(table, path)}
    gone = list(creators.exclude(pk__in=used).values_list("pk", flat=True))
    creators.filter(pk__in=used).update(is_sample=False)
    delete_creators(gone)


def delete_creators(gone: Sequence[int]) -> None:
    """Delete creators with every row that hangs on them, history included, whatever brand it is of."""
    for table, path in _tables_of_creators():
        _delete(table, **{f"{path}__in": gone})
    for history in _histories_of(Creator):
        _delete(history, pgh_obj__in=gone)
    _delete(Creator, pk__in=gone)


def _tables_of_creators() -> list[tuple[type[models.Model], str]]:
    return [(table, f"{name}{on}") for target, on in _WAYS_TO_A_CREATOR for table, name in _keys_to(target)]


def _keys_to(target: type[models.Model]) -> Iterator[tuple[type[models.Model], str]]:
    """Every foreign key to the target and its table, but for that of its own history."""
    for model in apps.get_models():
        for field in model._meta.local_fields:
            if field.related_model is target and field.name != "pgh_obj":
                yield model, field.name


def _creators_in(table: type[models.Model], path: str) -> Iterator[int]:
    yield from table._base_manager.exclude(**{path: None}).values_list(path, flat=True).distinct()


def _models_with(name: str, target: type[models.Model]) -> Iterator[type[models.Model]]:
    """Every table with a foreign key of this name to the target, history tables included."""
    for model in apps.get_models():
        for field in model._meta.local_fields:
            if field.name == name and field.related_model is target:
                yield model


def _histories_of(model: type[models.Model]) -> list[type[models.Model]]:
    return [each for each in apps.get_models() if getattr(each, "pgh_tracked_model", None) is model]


def _has_brand(model: type[models.Model]) -> bool:
    is_history = hasattr(model, "pgh_tracked_model")
    return not is_history and any(field.name == "brand" for field in model._meta.local_fields)


def _delete(model: type[models.Model], **filters: object) -> None:
    model._base_manager.filter(**filters)._raw_delete(model._base_manager.db)
