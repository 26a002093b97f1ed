"""Who an order is credited to, and everything that pointed at somebody."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper
from django.utils import timezone

from campaigns.models import Deal
from config.lib.constraints import Agrees
from config.lib.fields import AmountField
from creators.models import Creator
from results.enums import CreditRule, EvidenceKind
from results.models.order import Order
from results.models.seals import seal_breakers
from team.models import Brand
from team.scopes import brand_manager


class Credit(models.Model):
    """The one deal an order is credited to, with the rule and the policy it was given under."""

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="+")
    order = models.OneToOneField(Order, models.CASCADE, related_name="credit")
    deal = models.ForeignKey(Deal, models.CASCADE, related_name="credits")
    rule = models.CharField(max_length=8, choices=CreditRule)
    policy = models.CharField(max_length=24)
    commission = AmountField(default=0)
    decided_at = models.DateTimeField(default=timezone.now)

    objects = brand_manager()

    class Meta:
        constraints = [
            Agrees(
                fk="order",
                name="credit_is_of_its_orders_brand",
                violation_error_message="A credit and its order belong to the same brand.",
            ),
            Agrees(
                fk="deal",
                name="credit_is_of_its_deals_brand",
                violation_error_message="A credit and its deal belong to the same brand.",
            ),
            models.CheckConstraint(
                condition=Q(rule__in=CreditRule.values),
                name="credit_rule_is_known",
                violation_error_message="Choose one of the known rules.",
            ),
            models.CheckConstraint(
                condition=Q(commission__gte=0),
                name="credit_commission_is_not_negative",
                violation_error_message="A commission may not be negative.",
            ),
        ]
        triggers = seal_breakers("credit")

    def __str__(self) -> str:
        return f"{self.order_id} to {self.deal_id} by {self.rule}"


class Evidence(models.Model):
    """One thing on an order that points at a creator, whether it won or lost, and why.

    `could_win`: it would have won had it been alone, so another policy may choose it.
    """

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="+")
    order = models.ForeignKey(Order, models.CASCADE, related_name="evidence")
    kind = models.CharField(max_length=12, choices=EvidenceKind)
    value = models.CharField(max_length=200)
    creator = models.ForeignKey(Creator, models.CASCADE, null=True, blank=True, related_name="+")
    deal = models.ForeignKey(Deal, models.CASCADE, null=True, blank=True, related_name="+")
    could_win = models.BooleanField(default=False, db_default=False)
    won = models.BooleanField(default=False)
    reason = models.CharField(max_length=200)

    objects = brand_manager()

    class Meta:
        constraints = [
            Agrees(
                fk="order",
                name="evidence_is_of_its_orders_brand",
                violation_error_message="Evidence and its order belong to the same brand.",
            ),
            Agrees(
                fk="deal",
                name="evidence_is_of_its_deals_brand",
                violation_error_message="Evidence and its deal belong to the same brand.",
            ),
        ]
        ordering = ("-won", "kind", "pk")
        indexes = [
            models.Index(Upper("value"), name="evidence_by_value"),
            # The roll-up asks what lost; most orders carry nothing but what won.
            models.Index(fields=("order",), condition=Q(could_win=True, won=False), name="evidence_that_lost"),
        ]
        triggers = seal_breakers("evidence")

    def __str__(self) -> str:
        return f"{self.kind} {self.value}"


class CreditBasis(models.Model):
    """What a brand's credits were last computed from: a fingerprint of its deals, codes and links, and the policy.

    Where it differs from the present one, somebody changed a deal, a code or a link after the orders came in, and
    `results.actions.credit.freshen` computes all of the brand's credits again.
    """

    brand = models.OneToOneField(Brand, models.CASCADE, related_name="+")
    fingerprint = models.CharField(max_length=32)
    policy = models.CharField(max_length=24)
    computed_at = models.DateTimeField()

    objects = brand_manager()

    def __str__(self) -> str:
        return f"{self.brand_id} {self.policy}"
