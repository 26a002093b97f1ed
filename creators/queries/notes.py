"""Notes about a creator in the brands of the open scope, and those that mention somebody."""

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import F, Q, QuerySet, TextField, Value
from django.db.models.functions import Coalesce, NullIf

from creators.enums import NoteKind
from creators.models import Creator, Mention, Note
from team.models import User

CONTACTS = "contacts"


def notes_of(creator: Creator, *, q: str = "", kind: str = "") -> QuerySet[Note]:
    """Pinned notes first, then the newest, each with `named`: the people it mentions.

    `kind` is one of `NoteKind`, or `CONTACTS` for all but plain notes.
    """
    notes = Note.objects.filter(creator=creator).select_related("brand", "made_by")
    if words := q.strip().replace("\0", ""):
        notes = notes.filter(Q(text__icontains=words) | Q(made_by__name__icontains=words))
    if kind:
        notes = notes.exclude(kind=NoteKind.NOTE) if kind == CONTACTS else notes.filter(kind=kind)
    name = Coalesce(NullIf("mentions__user__name", Value("")), F("mentions__user__email"), output_field=TextField())
    named = ArrayAgg(name, filter=Q(mentions__isnull=False), default=Value([]), order_by=["mentions__user__name"])
    return notes.annotate(named=named).order_by("-is_pinned", "-told_at", "-pk")


def unread_mentions(user: User) -> QuerySet[Mention]:
    """Notes that name the person and that they have not read, newest first."""
    found = Mention.objects.filter(user=user, read_at=None)
    return found.select_related("note__creator", "note__made_by", "note__brand").order_by("-note__made_at", "-pk")
