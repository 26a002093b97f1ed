"""A brand, and who may see and change it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from config.lib.addresses import absolute
from config.lib.fields import AmountField
from team.enums import Role
from team.history import keeps_history


@keeps_history()
class Brand(models.Model):
    """A client or product line: its own currency, days and records.

    `currency` is blank only until the first order import of a brand made by a command sets it.
    Above a fee of `audience_fee`, vetting asks the creator for their own audience figures; blank is never.
    """

    name = models.CharField(max_length=120)
    slug = models.SlugField(max_length=64, unique=True)
    currency = models.CharField(max_length=3, blank=True)
    time_zone = models.CharField(max_length=64, default="UTC")
    shop_address = models.URLField(blank=True)
    history_complete_on = models.DateField("order history complete since", null=True, blank=True)
    inactive_after_days = models.PositiveSmallIntegerField("quiet days until inactive", default=90, db_default=90)
    audience_fee = AmountField("ask for audience figures above a fee of", null=True, blank=True)
    is_open_to_applications = models.BooleanField("application form is open", default=False, db_default=False)
    application_intro = models.TextField("text above the application form", blank=True, db_default="")
    application_thanks = models.TextField("text after an application", blank=True, db_default="")
    is_sample = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("name", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(currency="") | Q(currency__regex=r"^[A-Z]{3}$"),
                name="brand_currency_is_three_capitals",
                violation_error_message="Write the currency as three capitals, such as EUR.",
            ),
            models.CheckConstraint(
                condition=Q(slug__regex=r"^[a-z0-9][a-z0-9_-]{0,63}$"),
                name="brand_slug_is_plain",
                violation_error_message="A brand's short name holds small letters, digits, _ and -.",
            ),
            models.CheckConstraint(
                condition=Q(inactive_after_days__gte=7, inactive_after_days__lte=3650),
                name="brand_waits_7_to_3650_days",
                violation_error_message="A creator becomes inactive after 7 to 3650 quiet days.",
            ),
            models.CheckConstraint(
                condition=Q(audience_fee__isnull=True) | Q(audience_fee__gte=0),
                name="brand_audience_fee_is_not_negative",
                violation_error_message="A fee may not be negative.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def application_address(self) -> str:
        """Where creators find the public form, while it is open."""
        return absolute(f"/apply/{self.slug}/")


@keeps_history()
class Membership(models.Model):
    """One person's role in one brand, or in every brand where `brand` is empty."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships")
    brand = models.ForeignKey(Brand, models.CASCADE, null=True, blank=True, related_name="memberships")
    role = models.CharField(max_length=8, choices=Role)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=("user", "brand"),
                nulls_distinct=False,
                name="one_role_per_person_and_brand",
                violation_error_message="This person already has a role there.",
            ),
            models.CheckConstraint(
                condition=Q(role__in=Role.values),
                name="membership_role_is_known",
                violation_error_message="Choose owner, manager or viewer.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.role} of {self.brand or 'every brand'}"


class Invitation(models.Model):
    """An open door for one e-mail address: a hashed token, for one use, until it expires."""

    email = models.EmailField()
    brand = models.ForeignKey(Brand, models.CASCADE, null=True, blank=True)
    role = models.CharField(max_length=8, choices=Role)
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True)
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("made_at")),
                name="invitation_ends_after_it_began",
                violation_error_message="An invitation must last a while.",
            )
        ]

    def __str__(self) -> str:
        return self.email
