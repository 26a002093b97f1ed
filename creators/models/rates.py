"""What creators ask, were offered and were paid. Told to one brand, so it stays behind that brand's wall."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from config.lib.fields import AmountField
from creators.enums import RateFormat, RateKind
from creators.models.creator import Creator, Profile
from team.history import keeps_history
from team.models import Brand
from team.scopes import brand_manager

_THREE_CAPITALS = Q(currency__regex=r"^[A-Z]{3}$")


@keeps_history()
class Rate(models.Model):
    """One amount for one piece of a format on a profile. `followers` are those of the day, where known.

    `deal_number` is the deal that a paid rate follows; no foreign key, since deals lie further out.
    """

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="+")
    profile = models.ForeignKey(Profile, models.CASCADE, related_name="rates")
    format = models.CharField(max_length=12, choices=RateFormat)
    kind = models.CharField(max_length=8, choices=RateKind)
    amount = AmountField()
    currency = models.CharField(max_length=3)
    quoted_on = models.DateField("day")
    followers = models.PositiveBigIntegerField(null=True, blank=True, editable=False)
    note = models.CharField(max_length=300, blank=True)
    deal_number = models.BigIntegerField(null=True, blank=True, editable=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    objects = brand_manager()

    class Meta:
        ordering = ("-quoted_on", "-pk")
        indexes = [models.Index(fields=("format", "followers"), condition=Q(kind="paid"), name="paid_rate_by_format")]
        constraints = [
            models.UniqueConstraint(
                fields=("brand", "deal_number"),
                name="one_paid_rate_per_deal",
                violation_error_message="The fee of this deal is in the history already.",
            ),
            models.CheckConstraint(
                condition=Q(deal_number=None) | Q(kind=RateKind.PAID),
                name="rate_of_a_deal_is_paid",
                violation_error_message="What comes from a deal was paid.",
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0),
                name="rate_amount_is_positive",
                violation_error_message="Write an amount above zero; a piece without a fee has no rate.",
            ),
            models.CheckConstraint(
                condition=_THREE_CAPITALS,
                name="rate_currency_is_three_capitals",
                violation_error_message="Write the currency as three capitals, such as EUR.",
            ),
            models.CheckConstraint(
                condition=Q(format__in=RateFormat.values),
                name="rate_format_is_known",
                violation_error_message="Choose one of the known formats.",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=RateKind.values),
                name="rate_kind_is_known",
                violation_error_message="Choose asked, offered or paid.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_format_display()}, {self.amount} {self.currency}"


@keeps_history()
class Package(models.Model):
    """A bundle with one price. `formats` holds a format as often as the bundle has a piece of it."""

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="+")
    creator = models.ForeignKey(Creator, models.CASCADE, related_name="packages")
    name = models.CharField(max_length=80)
    formats = ArrayField(models.CharField(max_length=12, choices=RateFormat))
    amount = AmountField("price")
    currency = models.CharField(max_length=3)
    quoted_on = models.DateField("day")
    note = models.CharField(max_length=300, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    objects = brand_manager()

    class Meta:
        ordering = ("name", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("brand", "creator", "name"),
                name="one_package_of_a_name_per_creator",
                violation_error_message="This creator already has a package of this name.",
            ),
            models.CheckConstraint(
                condition=~Q(name=""),
                name="package_has_a_name",
                violation_error_message="A package needs a name.",
            ),
            models.CheckConstraint(
                condition=Q(formats__len__gt=0, formats__contained_by=[each.value for each in RateFormat]),
                name="package_holds_known_formats",
                violation_error_message="Say what is in the package.",
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0),
                name="package_price_is_positive",
                violation_error_message="Write a price above zero.",
            ),
            models.CheckConstraint(
                condition=_THREE_CAPITALS,
                name="package_currency_is_three_capitals",
                violation_error_message="Write the currency as three capitals, such as EUR.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def contents(self) -> str:
        """`1 × Reel or TikTok, 3 × Story frame`."""
        counted = [(each, self.formats.count(each.value)) for each in RateFormat]
        return ", ".join(f"{n} × {each.label}" for each, n in counted if n)
