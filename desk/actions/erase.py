"""Erasing a person: everything about them goes, history and files too; what the sums need stays under no name.

`desk/logic/person_keys.py` says for every table which it is. Here are the few that need more than that: handles in
addresses and on orders, files, uploaded lists, and old versions.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.files.storage import default_storage
from django.db import connection, models, transaction
from django.db.models import F, Value
from django.db.models.functions import Cast, Concat
from django_scopes import scopes_disabled

from campaigns.logic.utm import tagged
from campaigns.models import TrackingLink
from config.lib.codes import new_slug
from creators.enums import PersonAct
from creators.models import Content, Creator, PersonRecord, PlatformPermission, Profile
from desk.actions.append_only import passed
from desk.actions.erase_traces import Shared, forget_in_conflicts, forget_on_orders, forget_uploads
from desk.logic.person_keys import ERASED, ERASED_HANDLE, STAYING
from desk.queries.person import Model, children_of
from desk.queries.person_rows import PersonRows, histories_of, names_of, of_the_time_as_one, rows_about
from team.actions.jobs import Progress
from team.models import User

_STEPS = 4


@dataclass(frozen=True)
class Erased:
    """What was done: rows deleted, rows kept for the sums, and the names of files, which go on commit."""

    deleted: int
    kept: int
    files: tuple[str, ...]


def _silent(done: int, total: int, text: str) -> None:
    """Progress that nobody watches."""


def erase(creator: Creator, *, by: User, today: date, now: datetime, progress: Progress = _silent) -> Erased:
    """Erase this person everywhere. All or nothing; files go once it is certain."""
    with transaction.atomic(), scopes_disabled(), passed(), connection.cursor() as cursor:
        cursor.execute("set constraints all deferred")
        creator = Creator.objects.select_for_update().get(pk=creator.pk)
        progress(0, _STEPS, "Looking for what there is")
        rows = rows_about(creator)
        words, as_one = _words_of(creator, rows), list(of_the_time_as_one(creator))
        progress(1, _STEPS, "Looking through uploaded files")
        files = [*_files_of(rows), *forget_uploads(words)]
        forget_in_conflicts(creator.name)
        progress(2, _STEPS, "Looking through orders")
        _rename(rows, words)
        progress(3, _STEPS, "Erasing")
        for label, values in STAYING.items():
            _overwrite(rows, label, values)
        _delete(rows)
        _blank(creator, rows, today=today)
        for history, ids in (*histories_of(rows).items(), *as_one):
            _raw_delete(history, ids)
        PersonRecord.objects.create(number=creator.pk, act=PersonAct.ERASED, made_by=by, made_at=now)
        cursor.execute("set constraints all immediate")
        transaction.on_commit(lambda: remove_files(files))
    return Erased(sum(map(len, rows.goes.values())), sum(map(len, rows.stays.values())), tuple(files))


@dataclass(frozen=True)
class Words:
    """What names the person in texts that are not theirs: handles by platform, e-mail addresses."""

    handles: dict[tuple[str, str], str]
    emails: frozenset[str]


def _words_of(creator: Creator, rows: PersonRows) -> Words:
    """The handles, those of before too, each with the word that it becomes, and the addresses.

    One word a handle, whatever the platform, since an order names the handle alone.
    """
    handles, emails = names_of(creator, rows)
    new = {handle: f"{ERASED_HANDLE}{new_slug()}" for handle in sorted({handle for _, handle in handles})}
    return Words({(platform, handle): new[handle] for platform, handle in handles}, emails)


def _rename(rows: PersonRows, words: Words) -> None:
    """Handles become words that say nothing, in links and on orders alike, so that old credit still adds up."""
    for (platform, handle), word in words.handles.items():
        own = Profile.objects.filter(pk__in=rows.profiles, platform=platform, handle=handle)
        own.update(handle=word, platform_id="", followers=None)
        others = Profile.objects.filter(handle=handle).exclude(pk__in=rows.profiles).exists()
        forget_on_orders(handle, word, shared=Shared(platform, rows.numbers) if others else None)
    for link in TrackingLink.objects.filter(pk__in=rows.ids("campaigns.TrackingLink")).select_related(
        "deal__profile", "deal__campaign"
    ):
        target = tagged(
            link.destination, platform=link.deal.profile.platform, medium=link.medium,
            campaign=link.deal.campaign.slug, handle=link.deal.profile.handle, post=link.post, link_id=link.pk,
        )  # fmt: skip
        TrackingLink.objects.filter(pk=link.pk).update(target=target)
    number = Concat(Value(ERASED_HANDLE), Cast(F("pk"), models.CharField()))
    PlatformPermission.objects.filter(pk__in=rows.ids("creators.PlatformPermission")).exclude(code="").update(
        code=number
    )
    Content.objects.filter(pk__in=rows.ids("creators.Content")).update(title=number)


def _overwrite(rows: PersonRows, label: str, values: dict[str, Any]) -> None:
    model = next((model for model in rows.stays if model._meta.label == label), None)
    if model and values:
        model._base_manager.filter(pk__in=rows.stays[model]).update(**values)


def _delete(rows: PersonRows) -> None:
    for model, ids in rows.goes.items():
        for child in children_of(model):
            if child.remote_field.on_delete is models.SET_NULL:
                child.model._base_manager.filter(**{f"{child.name}__in": ids}).update(**{child.name: None})
    for model, ids in rows.goes.items():
        _raw_delete(model, ids)


def _blank(creator: Creator, rows: PersonRows, *, today: date) -> None:
    """The row that is left for the sums, or none where nothing leads to it any more."""
    if any(ids for model, ids in rows.stays.items() if model is not Profile):
        empty = {
            name: field.get_default()
            for field in Creator._meta.concrete_fields
            if (name := field.name) not in ("id", "is_sample", "created_at")
        }
        texts = {"name": ERASED, "sort_name": ERASED.lower(), "no_contact_why": ERASED}
        Creator.objects.filter(pk=creator.pk).update(**empty | texts | {"erased_on": today, "no_contact_on": today})
    else:
        _raw_delete(Profile, rows.profiles)
        _raw_delete(Creator, [creator.pk])


def _files_of(rows: PersonRows) -> list[str]:
    files: list[str] = []
    for model, ids in rows.by_table():
        for each in model._meta.concrete_fields:
            if isinstance(each, models.FileField):
                files += model._base_manager.filter(pk__in=ids).values_list(each.name, flat=True)
    return [name for name in files if name]


def remove_files(files: Iterable[str]) -> None:
    """Delete stored files; those that are gone already do no harm."""
    for name in files:
        default_storage.delete(name)


def _raw_delete(model: Model, ids: Iterable[Any]) -> None:
    rows = model._base_manager.filter(pk__in=list(ids))
    rows._raw_delete(rows.db)  # type: ignore[attr-defined]
