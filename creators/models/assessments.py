"""The verdict over all signals of a profile, what people said of it, innocent causes, and alerts."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from creators.enums import AlertKind, CauseKind, Level, Ruling
from creators.models.creator import Profile
from team.history import stays


class AssessmentQuerySet(models.QuerySet):
    """Assessments in the words of the trade."""

    def current(self) -> "AssessmentQuerySet":
        """The newest of each profile."""
        return self.filter(ended_at=None)


class Assessment(models.Model):
    """What all rules together said of a profile, from `made_at` until another finding replaced it.

    A nightly run that finds the same only moves `checked_at`. `signals` is a list of `Signal` as JSON; `flagged` and
    `watched` repeat their codes for filters. `basis` says which norms the composite stands on.
    """

    profile = models.ForeignKey(Profile, models.CASCADE, related_name="assessments")
    level = models.CharField(max_length=12, choices=Level)
    score = models.FloatField(null=True, blank=True)
    signals = models.JSONField(default=list)
    flagged = ArrayField(models.CharField(max_length=4), default=list, blank=True)
    watched = ArrayField(models.CharField(max_length=4), default=list, blank=True)
    version = models.CharField(max_length=24)
    basis = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField()
    checked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        ordering = ("-made_at", "-pk")
        indexes = [
            models.Index(fields=("level", "profile"), condition=Q(ended_at=None), name="assessment_by_level"),
            models.Index(
                F("score").desc(nulls_last=True), "id", condition=Q(ended_at=None), name="assessment_strongest"
            ),
            GinIndex(fields=("flagged",), name="assessment_flagged"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=("profile",),
                condition=Q(ended_at=None),
                name="one_current_assessment_per_profile",
                violation_error_message="This profile already has a current assessment.",
            ),
            models.CheckConstraint(
                condition=Q(level__in=Level.values),
                name="assessment_level_is_known",
                violation_error_message="Choose clear, watch, flagged or insufficient.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.profile}: {self.level}"


class Review(models.Model):
    """What a person said about an assessment, with the reason. Append-only: the newest counts."""

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="reviews")
    profile = models.ForeignKey(Profile, models.CASCADE, related_name="reviews")
    code = models.CharField("signal", max_length=4, blank=True)
    ruling = models.CharField(max_length=10, choices=Ruling)
    reason = models.CharField(max_length=300)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("-made_at", "-pk")
        indexes = [models.Index(fields=("profile", "-made_at"), name="review_by_profile")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="review_has_a_reason",
                violation_error_message="Say why, so that others can follow.",
            ),
            models.CheckConstraint(
                condition=Q(ruling__in=Ruling.values),
                name="review_ruling_is_known",
                violation_error_message="Confirm or dismiss.",
            ),
        ]
        triggers = [stays("review_stays")]

    def __str__(self) -> str:
        return f"{self.ruling}: {self.reason}"


class Cause(models.Model):
    """What happened on a day: an innocent cause that silences growth signals, or just a note for the chart."""

    profile = models.ForeignKey(Profile, models.CASCADE, related_name="causes")
    happened_on = models.DateField()
    kind = models.CharField(max_length=10, choices=CauseKind)
    note = models.CharField(max_length=200, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("-happened_on", "-pk")
        indexes = [models.Index(fields=("profile", "happened_on"), name="cause_by_day")]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=CauseKind.values),
                name="cause_kind_is_known",
                violation_error_message="Choose what happened.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} on {self.happened_on}"


class Alert(models.Model):
    """Something about a profile that a manager should hear of once. `key` keeps the same news from coming twice."""

    profile = models.ForeignKey(Profile, models.CASCADE, related_name="alerts")
    kind = models.CharField(max_length=16, choices=AlertKind)
    key = models.CharField(max_length=80)
    words = models.CharField(max_length=300)
    raised_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("-raised_at", "-pk")
        indexes = [models.Index(fields=("-raised_at",), condition=Q(done_at=None), name="alert_open")]
        constraints = [
            models.UniqueConstraint(
                fields=("profile", "kind", "key"),
                name="one_alert_per_piece_of_news",
                violation_error_message="This was already told.",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=AlertKind.values),
                name="alert_kind_is_known",
                violation_error_message="Choose a known kind of alert.",
            ),
        ]

    def __str__(self) -> str:
        return self.words
