"""Cost lines: what was spent on a deal. Append-only; a mistake is answered by a reversing line."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from campaigns.enums import CostKind
from campaigns.models.deal import Deal
from config.lib.constraints import Agrees
from config.lib.fields import AmountField
from team.models import Brand
from team.scopes import brand_manager


class CostLineQuerySet(models.QuerySet):
    """Cost lines in the words of the trade."""

    def standing(self) -> "CostLineQuerySet":
        """Lines that were not taken back, without the lines that took others back."""
        return self.filter(reverses=None, reversed_by=None)

    def in_own_money(self) -> "CostLineQuerySet":
        """Lines in their brand's currency, the only ones that a sum may hold.

        A line without currency was written before the brand had one; while it has none, all its deals share one.
        """
        return self.filter(Q(currency="") | Q(currency=F("brand__currency")) | Q(brand__currency=""))


class CostLine(models.Model):
    """One amount spent on a deal, or (negative, with `reverses`) the taking back of one.

    `from_terms` marks the fee, product and shipping lines that `campaigns.actions.deals` keeps equal to the deal's
    terms; lines added by hand stand beside them.
    """

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="cost_lines")
    deal = models.ForeignKey(Deal, models.CASCADE, related_name="cost_lines")
    kind = models.CharField(max_length=10, choices=CostKind)
    amount = AmountField()
    currency = models.CharField(max_length=3, blank=True)
    from_terms = models.BooleanField(default=False)
    note = models.CharField(max_length=200, blank=True)
    reverses = models.OneToOneField("self", models.CASCADE, null=True, blank=True, related_name="reversed_by")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    objects = brand_manager(CostLineQuerySet)

    class Meta:
        ordering = ("made_at", "pk")
        indexes = [models.Index(fields=("deal", "kind"), name="cost_by_deal")]
        constraints = [
            Agrees(
                fk="deal",
                name="cost_line_is_of_its_deals_brand",
                violation_error_message="A cost line and its deal belong to the same brand.",
            ),
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
        triggers = [
            pgtrigger.Protect(name="cost_line_stays", operation=pgtrigger.Update | pgtrigger.Delete),
            pgtrigger.Trigger(
                name="a_reversal_takes_back_its_line_in_full",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                condition=pgtrigger.Q(new__reverses__isnull=False),
                func="""
                if not exists (select from campaigns_costline line where line.id = new.reverses_id
                               and (line.deal_id, line.kind, line.amount, line.currency, line.from_terms)
                                 = (new.deal_id, new.kind, -new.amount, new.currency, new.from_terms)) then
                  raise exception 'a reversal takes back the whole of one line of the same deal';
                end if;
                return new;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.amount} {self.currency}"
