"""The daily roll-up of credit, so that a report costs the same at a thousand orders and at a million.

`CreditSeal` says that a deal's rows agree with its credits. Triggers on credits, orders and evidence break the seal
in the transaction that changes them, whoever writes; a report reads unsealed deals from the credits themselves.
"""

from django.db import models

from campaigns.models import Deal
from config.lib.fields import AmountField
from team.models import Brand
from team.scopes import brand_manager


class CreditDay(models.Model):
    """What was credited to one deal on one of the brand's days, recomputed as a whole, never incremented.

    `corroborated` counts code orders that also carry link evidence of the same creator; `conflicts` counts orders
    with evidence for another creator.
    """

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="+")
    deal = models.ForeignKey(Deal, models.CASCADE, related_name="credit_days", db_index=False)
    day_on = models.DateField()
    orders = models.PositiveIntegerField()
    code_orders = models.PositiveIntegerField()
    link_orders = models.PositiveIntegerField()
    new_customers = models.PositiveIntegerField()
    unknown_customers = models.PositiveIntegerField()
    gross = AmountField()
    net = AmountField()
    commission = AmountField()
    corroborated = models.PositiveIntegerField()
    conflicts = models.PositiveIntegerField()

    objects = brand_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=("deal", "day_on"),
                name="one_credit_roll_up_per_deal_and_day",
                violation_error_message="This day is already rolled up.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.deal_id} {self.day_on}"


class CreditSeal(models.Model):
    """The deal's `CreditDay` rows agree with its credits, by the days of `time_zone`."""

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="+")
    deal = models.OneToOneField(Deal, models.CASCADE, related_name="+")
    time_zone = models.CharField(max_length=64)
    sealed_at = models.DateTimeField()

    objects = brand_manager()

    def __str__(self) -> str:
        return f"{self.deal_id} sealed {self.sealed_at}"
