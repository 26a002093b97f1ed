"""A piece of background work: the row is the queue, a Celery message only a nudge."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from team.enums import JobState
from team.models.brand import Brand


class JobQuerySet(models.QuerySet):
    """Which jobs a person may see, and which a sweep should take up."""

    def visible_to(self, user, brands) -> "JobQuerySet":
        """Jobs of these brands, and the person's own where the job belongs to no brand."""
        return self.filter(Q(brand__in=brands) | Q(brand=None, made_by=user))

    def search(self, words: str) -> "JobQuerySet":
        """Jobs whose kind, file or person holds the words."""
        kind = words.strip().lower().replace(" ", "_")
        person = Q(made_by__name__icontains=words) | Q(made_by__email__icontains=words)
        return self.filter(Q(kind__contains=kind) | Q(file_name__icontains=words) | person)

    def left_lying(self, now) -> "JobQuerySet":
        """Waiting, or claimed by a worker whose lease has run out."""
        waiting = Q(state=JobState.WAITING)
        abandoned = Q(state=JobState.RUNNING, lease_until_at__lt=now)
        return self.filter(waiting | abandoned)


class Job(models.Model):
    """Work of one `kind` with its input, progress, and outcome, for a person to come back to."""

    kind = models.CharField(max_length=40)
    brand = models.ForeignKey(Brand, models.CASCADE, null=True, blank=True, related_name="jobs")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True)
    state = models.CharField(max_length=8, choices=JobState, default=JobState.WAITING)
    file = models.FileField(upload_to="jobs/", blank=True)
    file_name = models.CharField(max_length=255, blank=True)
    options = models.JSONField(default=dict)
    result = models.JSONField(default=dict)
    error = models.TextField(blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    lease_until_at = models.DateTimeField(null=True, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        ordering = ("-made_at", "-pk")
        indexes = [models.Index(fields=("state", "made_at"), name="job_queue")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=JobState.RUNNING) | Q(lease_until_at__isnull=False),
                name="running_job_has_a_lease",
                violation_error_message="A running job needs a lease.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def label(self) -> str:
        """What kind of work it is, for people: `import_orders` is "Import orders"."""
        return self.kind.replace("_", " ").capitalize()
