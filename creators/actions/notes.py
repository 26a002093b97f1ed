"""Writing, changing, pinning and reading notes about a creator for a brand.

Removed and former texts stay in the history tables, which the creator's timeline tells from.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction

from creators.actions.lifecycle import advance
from creators.enums import NoteKind, Stage
from creators.logic.mentions import named_in, spellings
from creators.models import Creator, Mention, Note
from team.models import Brand, User
from team.queries import people_of


@transaction.atomic
def add_note(
    creator: Creator, *, brand: Brand, kind: NoteKind | str, text: str, told_at: datetime, by: User | None,
    now: datetime, people: Iterable[User] = (),
) -> Note:  # fmt: skip
    """Write a note, or a contact that somebody had at `told_at`.

    It mentions `people` and whoever the text names by `@name`, as far as they may see the brand. After a contact
    the creator is contacted at least.
    """
    note = Note.objects.create(
        brand=brand, creator=creator, kind=kind, text=text.strip(), told_at=told_at, made_by=by, made_at=now
    )
    _mention(note, people)
    _reach(note, now=now)
    return note


@transaction.atomic
def edit_note(
    note: Note, *, kind: NoteKind | str, text: str, told_at: datetime, now: datetime, people: Iterable[User] = ()
) -> None:
    """Change a note. Who is newly mentioned hears of it; who is no longer, and has not read it, does not."""
    note.kind, note.text, note.told_at = NoteKind(kind), text.strip(), told_at
    note.save(update_fields=["kind", "text", "told_at"])
    _mention(note, people)
    _reach(note, now=now)


@transaction.atomic
def remove_note(note: Note) -> None:
    """Take a note away with its mentions."""
    note.delete()


@transaction.atomic
def pin_note(note: Note) -> None:
    """Put this note at the top of the creator's page, instead of the one of this brand that was there."""
    Creator.objects.select_for_update(no_key=True).get(pk=note.creator_id)  # two people pinning at once take turns
    Note.objects.filter(brand=note.brand_id, creator=note.creator_id, is_pinned=True).update(is_pinned=False)
    Note.objects.filter(pk=note.pk).update(is_pinned=True)


@transaction.atomic
def unpin_note(note: Note) -> None:
    """Take the note from the top of the page."""
    Note.objects.filter(pk=note.pk, is_pinned=True).update(is_pinned=False)


@transaction.atomic
def read_mention(mention: Mention, *, by: User, now: datetime) -> None:
    """The person named has read it. A second time, or by anybody else, changes nothing."""
    Mention.objects.filter(pk=mention.pk, user=by, read_at=None).update(read_at=now)


def _reach(note: Note, *, now: datetime) -> None:
    """A contact moves the creator at once; one from before the brand calls somebody inactive is left to the sweep."""
    quiet = timedelta(days=note.brand.inactive_after_days)
    if note.kind != NoteKind.NOTE and now - note.told_at < quiet:
        advance(
            [note.creator_id], brand=note.brand, stage=Stage.CONTACTED, rule="reply", at=note.told_at,
            by=note.made_by, now=now,
        )  # fmt: skip


def _mention(note: Note, people: Iterable[User]) -> None:
    """Mention these and those named in the text, but for whoever wrote it."""
    allowed = {user.pk: user for user in people_of([note.brand])}
    named = named_in(note.text, {pk: spellings(user.name, user.email) for pk, user in allowed.items()})
    wanted = {*named, *(user.pk for user in people if user.pk in allowed)} - {note.made_by_id}
    Mention.objects.filter(note=note, read_at=None).exclude(user__in=wanted).delete()
    Mention.objects.bulk_create(
        [Mention(brand_id=note.brand_id, note=note, user_id=pk) for pk in sorted(wanted)], ignore_conflicts=True
    )
