"""Two rows that may be one person, and two that were made one."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from creators.enums import DuplicateState, PersonAct
from creators.models.creator import Creator


class DuplicateQuerySet(models.QuerySet):
    """Pairs in the words of the trade."""

    def open(self) -> "DuplicateQuerySet":
        """Pairs that nobody has decided about."""
        return self.filter(state=DuplicateState.OPEN)

    def about(self, creator_id: int) -> "DuplicateQuerySet":
        """Pairs that this creator is one of."""
        return self.filter(Q(first=creator_id) | Q(second=creator_id))


class Duplicate(models.Model):
    """A pair of creators that may be the same person, and what people said of it.

    `first` has the lower id. `reasons` is a list of `{"words", "score"}` without the person's data. A pair that was
    dismissed is never suggested again.
    """

    first = models.ForeignKey(Creator, models.CASCADE, related_name="duplicates_after")
    second = models.ForeignKey(Creator, models.CASCADE, related_name="duplicates_before")
    reasons = models.JSONField(default=list)
    score = models.FloatField()
    state = models.CharField(max_length=9, choices=DuplicateState, default=DuplicateState.OPEN)
    found_at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    why = models.CharField(max_length=200, blank=True)

    objects = DuplicateQuerySet.as_manager()

    class Meta:
        ordering = ("-score", "pk")
        indexes = [models.Index(F("score").desc(), "id", condition=Q(state="open"), name="duplicate_open")]
        constraints = [
            models.UniqueConstraint(
                fields=("first", "second"),
                name="one_duplicate_per_pair",
                violation_error_message="This pair is already known.",
            ),
            models.CheckConstraint(
                condition=Q(first__lt=F("second")),
                name="duplicate_names_the_older_creator_first",
                violation_error_message="A pair is two creators, the one with the lower number first.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=DuplicateState.values),
                name="duplicate_state_is_known",
                violation_error_message="A pair is to be looked at, or not the same.",
            ),
            models.CheckConstraint(
                condition=~Q(state=DuplicateState.DISMISSED) | ~Q(why=""),
                name="dismissed_duplicate_has_a_reason",
                violation_error_message="Say how you know that they are two people.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} and {self.second_id}"


class Merge(models.Model):
    """That creator number `gone` became `kept`, with what is needed to take it back for a while.

    `journal` is the list of steps that were done, each with what it takes to undo it, in order; it is emptied when
    the time is over. The old creator's address leads to the kept one for ever, also where that one was merged on:
    then `kept` is not number `kept_then` any more, and that merge has to be taken back first.
    """

    kept = models.ForeignKey(Creator, models.CASCADE, related_name="merges")
    kept_then = models.BigIntegerField()
    gone = models.BigIntegerField()
    gone_name = models.CharField(max_length=120)
    journal = models.JSONField(default=list)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("-made_at", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=("gone",),
                condition=Q(undone_at=None),
                name="one_standing_merge_per_creator",
                violation_error_message="This creator was already merged into another one.",
            ),
            models.CheckConstraint(
                condition=~Q(gone=F("kept")),
                name="merge_is_of_two_creators",
                violation_error_message="Choose two different creators.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.gone_name} into {self.kept}"


class PersonRecord(models.Model):
    """That everything about a person was handed out or erased, by whom and when. It holds a number, no name."""

    number = models.BigIntegerField()
    act = models.CharField(max_length=8, choices=PersonAct)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("-made_at", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(act__in=PersonAct.values),
                name="person_act_is_known",
                violation_error_message="A person's data is handed out or erased.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_act_display()}: {self.number}"
