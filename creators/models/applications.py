"""What somebody who wants to work with a brand wrote into its public form."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower, Trim

from config.lib.fields import AmountField
from creators.enums import ApplicationState, Platform, RateFormat
from creators.models.creator import Creator
from team.models import Brand
from team.scopes import brand_manager

_OPEN = Q(state__in=(ApplicationState.NEW, ApplicationState.SPAM))
_DECIDED = Q(state__in=(ApplicationState.ACCEPTED, ApplicationState.DECLINED))


class ApplicationQuerySet(models.QuerySet):
    """Applications in the words of the trade."""

    def undecided(self) -> "ApplicationQuerySet":
        """Those that somebody may still accept or decline, spam among them."""
        return self.filter(_OPEN)


class Application(models.Model):
    """One person who applied to a brand. Who sends again while it waits is counted in `times`, and the rest of what
    they then said stands in `later`; the first words are never overwritten, since anybody can type any address.

    `others` holds further profiles as `{"platform", "handle", "followers"}`. `suspicions` say in words why it may be
    spam. `consent` is the version of the words that were agreed to. No history tables: what is erased is gone.
    """

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="+")
    state = models.CharField(max_length=8, choices=ApplicationState, default=ApplicationState.NEW)
    name = models.CharField(max_length=120)
    email = models.EmailField("e-mail", max_length=200)
    platform = models.CharField(max_length=12, choices=Platform)
    handle = models.CharField(max_length=120)
    followers = models.PositiveBigIntegerField(null=True, blank=True)
    others = models.JSONField(default=list, blank=True)
    country = models.CharField(max_length=60, blank=True)
    city = models.CharField(max_length=80, blank=True)
    niches = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    formats = ArrayField(models.CharField(max_length=12, choices=RateFormat), default=list, blank=True)
    ask = AmountField("asked rate", null=True, blank=True)
    ask_format = models.CharField("for", max_length=12, choices=RateFormat, blank=True)
    ask_currency = models.CharField("currency", max_length=3, blank=True)
    message = models.TextField(blank=True)
    links = models.PositiveSmallIntegerField("links in the message", default=0)
    suspicions = ArrayField(models.CharField(max_length=120), default=list, blank=True)
    consent = models.CharField("consent wording", max_length=24)
    consent_at = models.DateTimeField("consent given at")
    times = models.PositiveIntegerField("times sent", default=1)
    later = models.JSONField(default=list, blank=True)
    made_at = models.DateTimeField()
    last_at = models.DateTimeField("last sent at")
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    why = models.CharField("reason", max_length=200, blank=True)
    creator = models.ForeignKey(Creator, models.SET_NULL, null=True, blank=True, related_name="applications")

    objects = brand_manager(ApplicationQuerySet)

    class Meta:
        ordering = ("-made_at", "-pk")
        indexes = [
            models.Index(fields=("brand", "state", "-made_at"), name="application_queue"),
            models.Index(fields=("state", "last_at"), name="application_to_forget"),
            GinIndex(OpClass("handle", name="gin_trgm_ops"), name="application_handle_search"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=("brand", "email"),
                condition=_OPEN,
                name="one_waiting_application_per_email",
                violation_error_message="An application with this e-mail address waits already.",
            ),
            models.UniqueConstraint(
                fields=("brand", "platform", "handle"),
                condition=_OPEN,
                name="one_waiting_application_per_handle",
                violation_error_message="An application with this handle waits already.",
            ),
            models.CheckConstraint(
                condition=(~_DECIDED & Q(decided_at=None)) | (_DECIDED & Q(decided_at__isnull=False)),
                name="application_is_decided_at_a_moment",
                violation_error_message="What is accepted or declined was so at a moment; what waits was not.",
            ),
            models.CheckConstraint(
                condition=~Q(state=ApplicationState.DECLINED) | ~Q(why=""),
                name="declined_application_has_a_reason",
                violation_error_message="Say why it is declined.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=ApplicationState.values),
                name="application_state_is_known",
                violation_error_message="Choose new, accepted, declined or spam.",
            ),
            models.CheckConstraint(
                condition=Q(platform__in=Platform.values),
                name="application_platform_is_known",
                violation_error_message="Choose one of the known platforms.",
            ),
            models.CheckConstraint(
                condition=Q(handle=Lower(Trim("handle"))) & ~Q(handle="") & ~Q(handle__startswith="@"),
                name="application_handle_is_lower_case_without_at",
                violation_error_message="Write the handle in lower case, without @.",
            ),
            models.CheckConstraint(
                condition=Q(email=Lower(Trim("email"))) & ~Q(email="") & ~Q(name=""),
                name="application_has_name_and_email",
                violation_error_message="An application needs a name and an e-mail address in lower case.",
            ),
            models.CheckConstraint(
                condition=~Q(consent=""),
                name="application_has_a_consent",
                violation_error_message="Nothing is kept of a person who did not agree to it.",
            ),
            models.CheckConstraint(
                condition=Q(ask=None, ask_currency="", ask_format="")
                | Q(ask__gt=0, ask_currency__regex=r"^[A-Z]{3}$", ask_format__in=RateFormat.values),
                name="asked_rate_has_currency_and_format",
                violation_error_message="An asked rate is above zero and says its currency and what it is for.",
            ),
            models.CheckConstraint(
                condition=Q(formats__contained_by=RateFormat.values),
                name="application_formats_are_known",
                violation_error_message="Choose among the known formats.",
            ),
            models.CheckConstraint(
                condition=Q(times__gte=1) & Q(last_at__gte=models.F("made_at")),
                name="application_was_sent",
                violation_error_message="An application was sent at least once, the last time not before the first.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.handle})"
