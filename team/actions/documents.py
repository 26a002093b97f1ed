"""Keeping files for a brand: stored once, every use written down, removed, and let go after their time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pgtrigger
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Q
from django_scopes import scopes_disabled

from config.lib.files import Checked
from config.lib.retention import entries, kept_for
from team.enums import DocumentAct, DocumentKind
from team.models import Brand, Document, DocumentEvent, User
from team.models.document import FOLDER

_FRESH = timedelta(hours=24)  # a file without a row may belong to a transaction that still runs
TRAIL_STAYS = "team.DocumentEvent:document_event_stays"
EXPIRED_WORDS = "kept as long as this kind is"


@dataclass(frozen=True)
class Upload:
    """A checked file and what a person says of it."""

    kind: str
    title: str
    file: Any
    told: Checked


class AlreadyHere(Exception):
    """The brand has this very file already, as `document`."""

    def __init__(self, document: Document) -> None:
        super().__init__(f"This very file is here already, as “{document.title}”.")
        self.document = document


@transaction.atomic
def store(upload: Upload, *, brand: Brand, by: User | None, now: datetime, again: bool = False) -> Document:
    """Keep a file. Raises AlreadyHere where the brand has the same one, unless a person wants it `again`."""
    Brand.objects.select_for_update(no_key=True).get(pk=brand.pk)  # two uploads of one file take turns
    same = Document.objects.present().filter(brand=brand, sha256=upload.told.sha256).first()
    if same and not again:
        raise AlreadyHere(same)
    document = Document(
        brand=brand, kind=upload.kind, title=upload.title, file_name=upload.told.name, size=upload.told.size,
        content_type=upload.told.content_type, sha256=upload.told.sha256, uploaded_by=by, uploaded_at=now,
    )  # fmt: skip
    document.file.save(upload.told.name, upload.file, save=False)
    document.save()
    note(document, DocumentAct.UPLOADED, by=by, now=now, words=upload.told.name)
    return document


def note(document: Document, act: DocumentAct, *, by: User | None, now: datetime, words: str = "") -> None:
    """Add a line to the trail of a document."""
    DocumentEvent.objects.create(
        brand_id=document.brand_id, document=document, act=act, made_by=by, made_at=now, words=words[:200]
    )


@transaction.atomic
def remove(
    documents: Iterable[Document], *, why: str, by: User | None, now: datetime, act: DocumentAct = DocumentAct.REMOVED
) -> int:
    """Delete the files once this is committed; rows and trails stay. Those removed before stay as they are."""
    keys = [document.pk for document in documents]
    found = list(Document.objects.with_scopes_disabled().select_for_update().filter(pk__in=keys, removed_at=None))
    for document in found:
        name = document.file.name
        document.file, document.removed_at, document.removed_by, document.removed_why = "", now, by, why
        document.save(update_fields=["file", "removed_at", "removed_by", "removed_why"])
        note(document, act, by=by, now=now, words=why)
        transaction.on_commit(partial(default_storage.delete, name))
    return len(found)


def delete_files_of(brand: Brand) -> None:
    """Delete the files of a brand that goes, once that is committed."""
    for name in (
        Document.objects.with_scopes_disabled().filter(brand=brand, removed_at=None).values_list("file", flat=True)
    ):
        transaction.on_commit(partial(default_storage.delete, name))


def let_go(*, now: datetime) -> int:
    """Remove what was kept as long as its kind is, and forget rows and trails that long after their removal.

    How long stands in `config/retention.toml`. Returns how many files went.
    """
    with scopes_disabled():
        due = Q()
        for kind, days in entries()["team.Document"]["kinds"].items():
            due |= Q(kind=DocumentKind(kind), uploaded_at__lt=now - timedelta(days=days))
        gone = remove(
            Document.objects.present().filter(due), why=EXPIRED_WORDS, by=None, now=now, act=DocumentAct.EXPIRED
        )
        with pgtrigger.ignore(TRAIL_STAYS):
            Document.objects.filter(removed_at__lt=now - kept_for("team.DocumentEvent")).delete()
    return gone


def sweep_files(*, now: datetime) -> int:
    """Delete stored files that no row names: left by a crash, or by a brand that went. Young ones are let be."""
    with scopes_disabled():
        known = set(Document.objects.present().values_list("file", flat=True))
    gone = 0
    for name in _stored():
        if name not in known and default_storage.get_modified_time(name) < now - _FRESH:
            default_storage.delete(name)
            gone += 1
    return gone


def _stored() -> Iterable[str]:
    if not default_storage.exists(FOLDER):
        return
    for folder in default_storage.listdir(FOLDER)[0]:
        for name in default_storage.listdir(f"{FOLDER}/{folder}")[1]:
            yield f"{FOLDER}/{folder}/{name}"
