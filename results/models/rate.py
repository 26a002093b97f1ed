"""Exchange rates entered by hand, for orders in a currency that is not the brand's."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from team.models import Brand
from team.scopes import brand_manager


class ExchangeRate(models.Model):
    """From `starts_on` (the brand's day) one unit of `currency` is worth `rate` of the brand's currency.

    A rate holds until the next one of its currency begins, and is frozen on each order that it converts.
    """

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="exchange_rates")
    currency = models.CharField(max_length=3)
    starts_on = models.DateField("first day")
    rate = models.DecimalField(max_digits=18, decimal_places=8)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    objects = brand_manager()

    class Meta:
        ordering = ("currency", "-starts_on")
        constraints = [
            models.UniqueConstraint(
                fields=("brand", "currency", "starts_on"),
                name="one_rate_per_currency_and_day",
                violation_error_message="There is already a rate of this currency from that day.",
            ),
            models.CheckConstraint(
                condition=Q(rate__gt=0),
                name="exchange_rate_is_positive",
                violation_error_message="A rate is above zero.",
            ),
            models.CheckConstraint(
                condition=Q(currency__regex=r"^[A-Z]{3}$"),
                name="exchange_rate_currency_is_three_capitals",
                violation_error_message="Write the currency as three capitals, such as EUR.",
            ),
        ]

    def __str__(self) -> str:
        return f"1 {self.currency} = {self.rate} from {self.starts_on}"
