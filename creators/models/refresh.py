"""What is asked of providers: the next question for each profile, and what may be spent on it."""

from django.db import models
from django.db.models import F, Q

from creators.enums import Failure, Platform, Question, RefreshState, Source
from creators.models.creator import Profile
from team.models import Job


class RefreshQuerySet(models.QuerySet):
    """Questions in the words of the trade."""

    def due(self, now) -> "RefreshQuerySet":
        """Not stopped, its day has come, and nobody works on it."""
        free = Q(state=RefreshState.IDLE) | Q(lease_until_at__lt=now)
        return self.filter(free, stopped_at=None, due_at__lte=now)

    def failed(self) -> "RefreshQuerySet":
        """Those whose last answer was a failure."""
        return self.exclude(failure="")


class Refresh(models.Model):
    """One kind of question about one profile: when it is due, who works on it, and how it went last time.

    The row is the queue: a worker claims it for a lease; a permanent failure sets `stopped_at`. `platform` repeats
    that of the profile, so that each platform and question has an index of its own. While the question runs,
    `reserved` credits of `spending` are kept for it. `job` is who asked for it last by hand.
    """

    profile = models.ForeignKey(Profile, models.CASCADE, related_name="refreshes")
    platform = models.CharField(max_length=12, choices=Platform)
    question = models.CharField(max_length=10, choices=Question)
    every = models.DurationField()
    due_at = models.DateTimeField()
    job = models.ForeignKey(Job, models.SET_NULL, null=True, blank=True, related_name="+", db_index=False)
    spending = models.ForeignKey("Spending", models.SET_NULL, null=True, blank=True, related_name="+", db_index=False)
    reserved = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=8, choices=RefreshState, default=RefreshState.IDLE)
    lease_until_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    source = models.CharField(max_length=12, choices=Source, blank=True)
    failure = models.CharField(max_length=12, choices=Failure, blank=True)
    failure_words = models.CharField(max_length=300, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)
    failures = models.PositiveIntegerField(default=0)
    stopped_at = models.DateTimeField(null=True, blank=True)

    objects = RefreshQuerySet.as_manager()

    class Meta:
        ordering = ("due_at", "pk")
        indexes = [
            models.Index(
                fields=("platform", "question", "due_at"), condition=Q(stopped_at=None), name="refresh_queue"
            ),
            models.Index(fields=("job", "due_at"), condition=Q(job__isnull=False), name="refresh_asked"),
            models.Index(fields=("failure",), condition=~Q(failure=""), name="refresh_failed"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=("profile", "question"),
                name="one_refresh_per_profile_and_question",
                violation_error_message="This question is already planned for the profile.",
            ),
            models.CheckConstraint(
                condition=~Q(state=RefreshState.RUNNING) | Q(lease_until_at__isnull=False),
                name="running_refresh_has_a_lease",
                violation_error_message="A running refresh needs a lease.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question} of {self.profile}"


class Spending(models.Model):
    """Credits or quota units of one provider in one budget period (a month, or a day of a daily quota).

    `reserved` is taken before a question is asked and becomes `used` when it is answered. The check holds across all
    workers: a reservation that would go over the budget is refused by the database.
    """

    source = models.CharField(max_length=12, choices=Source)
    begins_on = models.DateField()
    ends_on = models.DateField()
    budget = models.PositiveBigIntegerField(null=True, blank=True)
    reserved = models.PositiveBigIntegerField(default=0)
    used = models.PositiveBigIntegerField(default=0)

    class Meta:
        ordering = ("-begins_on", "source")
        constraints = [
            models.UniqueConstraint(
                fields=("source", "begins_on", "ends_on"),
                name="one_spending_per_provider_and_period",
                violation_error_message="This period is already there.",
            ),
            models.CheckConstraint(
                condition=Q(budget=None) | Q(budget__gte=F("reserved") + F("used")),
                name="spending_stays_within_the_budget",
                violation_error_message="The budget of this provider is used up for now.",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("begins_on")),
                name="spending_period_lasts",
                violation_error_message="A budget period must last a while.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} from {self.begins_on}"


class Breaker(models.Model):
    """Whether a provider is left alone for a while after failing again and again."""

    source = models.CharField(max_length=12, choices=Source, unique=True)
    failures = models.PositiveIntegerField(default=0)
    open_until_at = models.DateTimeField(null=True, blank=True)
    words = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return f"{self.source}: {'open' if self.open_until_at else 'closed'}"
