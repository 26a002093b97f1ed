"""A campaign: what a brand runs with many creators for a while."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower, Trim
from django.utils import timezone

from campaigns.enums import Kpi
from config.lib.fields import AmountField, PercentField
from team.history import keeps_history
from team.models import Brand
from team.scopes import brand_manager


@keeps_history()
class Campaign(models.Model):
    """Dates, destination, discount and targets. Amounts are in the brand's currency; `ends_on` is the last day.

    `category` is lower case and one of those that exclusivities name; blank asks about none.
    """

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="campaigns")
    name = models.CharField(max_length=120)
    slug = models.CharField(max_length=64, unique=True)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField("last day", null=True, blank=True)
    destination = models.URLField("landing page", max_length=500, blank=True)
    discount_percent = PercentField(default=10)
    category = models.CharField(max_length=60, blank=True, default="", db_default="")
    budget = AmountField(null=True, blank=True)
    target_cac = AmountField("target CAC", null=True, blank=True)
    kpi = models.CharField(
        "judged by", max_length=16, choices=Kpi, default=Kpi.NEW_CUSTOMERS, db_default=Kpi.NEW_CUSTOMERS.value
    )
    created_at = models.DateTimeField(default=timezone.now)

    objects = brand_manager()

    class Meta:
        ordering = ("-starts_on", "name", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(slug__regex=r"^[a-z0-9][a-z0-9_-]{0,63}$"),
                name="campaign_slug_is_plain",
                violation_error_message="A campaign's short name holds small letters, digits, _ and -.",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(starts_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="campaign_ends_after_it_starts",
                violation_error_message="The last day is before the first.",
            ),
            models.CheckConstraint(
                condition=Q(discount_percent__gte=0, discount_percent__lte=100),
                name="campaign_discount_is_a_percentage",
                violation_error_message="The discount lies between 0 and 100 percent.",
            ),
            models.CheckConstraint(
                condition=Q(category=Lower(Trim("category"))),
                name="campaign_category_is_lower_case",
                violation_error_message="Write the category in lower case.",
            ),
            models.CheckConstraint(
                condition=(Q(budget__isnull=True) | Q(budget__gte=0))
                & (Q(target_cac__isnull=True) | Q(target_cac__gt=0)),
                name="campaign_amounts_are_not_negative",
                violation_error_message="The budget may not be negative, and the target must be above zero.",
            ),
            models.CheckConstraint(
                condition=Q(kpi__in=Kpi.values),
                name="campaign_kpi_is_known",
                violation_error_message="Choose what the campaign is judged by.",
            ),
        ]

    def __str__(self) -> str:
        return self.name
