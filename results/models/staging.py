"""Rows of an uploaded order file between reading and importing. Redacted before they come here."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from config.lib.fields import AmountField
from results.enums import Verdict
from team.models import Brand, Job
from team.scopes import brand_manager


class StagedOrder(models.Model):
    """One run of rows of one order, cleaned, with what is wrong with it. The first run of a `key` is the order.

    Preview, dry run, error file and import all read these; `verdict` and `order_id` are worked out anew by each.
    `order_id` is no foreign key, so that a staged row never holds back an order.
    """

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="+", db_index=False)
    job = models.ForeignKey(Job, models.CASCADE, related_name="+", db_index=False)
    line = models.PositiveIntegerField()
    key = models.CharField(max_length=64)
    shop_id = models.CharField(max_length=64, blank=True)
    name = models.CharField(max_length=64, blank=True)
    ordered_at = models.DateTimeField(null=True)
    status = models.CharField(max_length=24, blank=True)
    not_counted = models.CharField(max_length=16, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    subtotal = AmountField(null=True)
    total = AmountField(null=True)
    discount = AmountField(null=True)
    refunded = AmountField(null=True)
    customer = models.BinaryField(max_length=32, null=True)
    codes = ArrayField(models.CharField(max_length=255), null=True)
    utm = models.JSONField(null=True)
    country = models.CharField(max_length=60, blank=True)
    facts = models.BinaryField(max_length=32, null=True)
    problems = models.JSONField(default=list)
    row_problems = models.JSONField(default=list)
    rows = models.JSONField()
    verdict = models.CharField(max_length=9, choices=Verdict, blank=True)
    order_id = models.BigIntegerField(null=True)

    objects = brand_manager()

    class Meta:
        ordering = ("line",)
        indexes = [models.Index(fields=("job", "key", "line"), name="staged_by_order")]

    def __str__(self) -> str:
        return self.name or self.key
