"""Cost lines: what was spent on a deal. Append-only; a mistake is answered by a reversing line."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from campaigns.enums import CostKind
from campaigns.models.deal import Deal
from config.lib.fields import AmountField
from team.models import Brand
from team.scopes import brand_manager


class CostLine(models.Model):
    """One amount spent on a deal, or (negative, with `reverses`) the taking back of one."""

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="cost_lines")
    deal = models.ForeignKey(Deal, models.CASCADE, related_name="cost_lines")
    kind = models.CharField(max_length=10, choices=CostKind)
    amount = AmountField()
    currency = models.CharField(max_length=3, blank=True)
    note = models.CharField(max_length=200, blank=True)
    reverses = models.OneToOneField("self", models.CASCADE, null=True, blank=True, related_name="reversed_by")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    objects = brand_manager()

    class Meta:
        ordering = ("made_at", "pk")
        indexes = [models.Index(fields=("deal", "kind"), name="cost_by_deal")]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=0, reverses__isnull=True) | Q(amount__lt=0, reverses__isnull=False),
                name="cost_line_is_positive_unless_it_reverses",
                violation_error_message="A cost is above zero; take one back by reversing its line.",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=CostKind.values),
                name="cost_line_kind_is_known",
                violation_error_message="Choose one of the known kinds of cost.",
            ),
        ]
        triggers = [pgtrigger.Protect(name="cost_line_stays", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.amount} {self.currency}"
