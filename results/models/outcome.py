"""What each creator has brought a brand, over all its deals, so that lists can be filtered by it. Derived."""

from django.db import models
from django.db.models import Q

from config.lib.fields import AmountField
from creators.models import Creator
from team.models import Brand
from team.scopes import brand_manager


class Outcome(models.Model):
    """Deals (cancelled ones apart), cost, orders and new customers of a creator with a brand, to date.

    `low`, `mid` and `high` are the cost of a new customer beside the brand's other creators, by `method`; null where
    it is not known. `target` is that of the newest deal's campaign. Money is in the brand's currency.
    """

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="+")
    creator = models.ForeignKey(Creator, models.CASCADE, related_name="outcomes")
    deals = models.PositiveIntegerField()
    cost = AmountField()
    orders = models.PositiveIntegerField()
    new_customers = models.PositiveIntegerField()
    low = models.FloatField(null=True, blank=True)
    mid = models.FloatField(null=True, blank=True)
    high = models.FloatField(null=True, blank=True)
    method = models.CharField(max_length=24)
    target = AmountField(null=True, blank=True)
    made_at = models.DateTimeField()

    objects = brand_manager()

    class Meta:
        indexes = [models.Index(fields=("brand", "mid", "creator"), name="outcome_by_cac")]
        constraints = [
            models.UniqueConstraint(
                fields=("brand", "creator"),
                name="one_outcome_per_brand_and_creator",
                violation_error_message="What this creator brought the brand is summed up already.",
            ),
            models.CheckConstraint(
                condition=Q(cost__gte=0) & (Q(mid__isnull=True) | Q(low__lte=models.F("mid"))),
                name="outcome_bounds_rise",
                violation_error_message="The low end of a cost cannot be above its middle.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.creator} for {self.brand}"
