"""What one brand keeps about a creator: who looks after them, tags, angles that worked, notes and contacts."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils import timezone

from config.lib.constraints import Agrees
from creators.enums import NoteKind
from creators.models.creator import Creator
from team.history import keeps_history
from team.models import Brand
from team.scopes import brand_manager


@keeps_history()
class Relationship(models.Model):
    """A creator seen from one brand. A pair without a row has no owner and no tags. Tags are lower case."""

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="+")
    creator = models.ForeignKey(Creator, models.CASCADE, related_name="relationships")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    tags = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    angles = models.TextField("angles that worked", blank=True)
    made_at = models.DateTimeField(default=timezone.now)

    objects = brand_manager()

    class Meta:
        indexes = [
            models.Index(fields=("brand", "owner", "creator"), name="relationship_by_owner"),
            GinIndex(fields=("tags",), name="relationship_by_tag"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=("brand", "creator"),
                name="one_relationship_per_brand_and_creator",
                violation_error_message="The brand already keeps this creator.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.creator} for {self.brand}"


@keeps_history()
class Note(models.Model):
    """What somebody wrote about a creator for a brand, or a contact that they had (a mail, a call, a meeting).

    `told_at` is when it happened; `mentions` are the people who are to read it on Today.
    """

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="+")
    creator = models.ForeignKey(Creator, models.CASCADE, related_name="brand_notes")
    kind = models.CharField(max_length=8, choices=NoteKind, default=NoteKind.NOTE)
    text = models.TextField()
    is_pinned = models.BooleanField("pinned", default=False)
    told_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    objects = brand_manager()

    class Meta:
        ordering = ("-told_at", "-pk")
        indexes = [
            models.Index(fields=("brand", "creator", "-told_at"), name="note_by_creator"),
            models.Index(
                fields=("brand", "creator", "-told_at"), condition=~Q(kind=NoteKind.NOTE), name="last_contact"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=("brand", "creator"),
                condition=Q(is_pinned=True),
                name="one_pinned_note_per_brand_and_creator",
                violation_error_message="Another note is pinned; unpin it first.",
            ),
            models.CheckConstraint(
                condition=~Q(text=""),
                name="note_is_not_blank",
                violation_error_message="Write something.",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=NoteKind.values),
                name="note_kind_is_known",
                violation_error_message="Choose note, e-mail, message, call or meeting.",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]


class Mention(models.Model):
    """A person named in a note, and whether they have read it."""

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="+")
    note = models.ForeignKey(Note, models.CASCADE, related_name="mentions")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="mentions")
    read_at = models.DateTimeField(null=True, blank=True)

    objects = brand_manager()

    class Meta:
        indexes = [models.Index(fields=("user",), condition=Q(read_at=None), name="unread_mention")]
        constraints = [
            Agrees(
                fk="note",
                name="mention_is_of_its_notes_brand",
                violation_error_message="A mention and its note belong to the same brand.",
            ),
            models.UniqueConstraint(
                fields=("note", "user"),
                name="one_mention_per_note_and_person",
                violation_error_message="This person is already named in the note.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} in {self.note}"
