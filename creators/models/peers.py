"""What the signals measure a creator against, once there are enough of our own: percentiles of peers, and limits."""

from django.db import models
from django.db.models import F, Q

from creators.enums import Platform, Tier


class NormCell(models.Model):
    """How a measure is spread over our own clean creators of one platform and tier. Made anew every week."""

    platform = models.CharField(max_length=12, choices=Platform)
    tier = models.CharField(max_length=8, choices=Tier)
    measure = models.CharField(max_length=24)
    p01 = models.FloatField()
    p05 = models.FloatField()
    p50 = models.FloatField()
    p95 = models.FloatField()
    p99 = models.FloatField()
    n = models.PositiveIntegerField()
    version = models.CharField(max_length=24)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("platform", "tier", "measure")
        constraints = [
            models.UniqueConstraint(
                fields=("platform", "tier", "measure"),
                name="one_norm_per_cell_and_measure",
                violation_error_message="This measure already has a norm for the platform and tier.",
            ),
            models.CheckConstraint(
                condition=Q(p01__lte=F("p05"), p05__lte=F("p50"), p50__lte=F("p95"), p95__lte=F("p99")),
                name="norm_percentiles_rise",
                violation_error_message="Percentiles rise from the first to the 99th.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure} of {self.n} {self.tier} on {self.platform}"


class ExpectationCell(models.Model):
    """What one counter leads to expect of another at our own clean creators of a platform. Made anew every week."""

    platform = models.CharField(max_length=12, choices=Platform)
    measure = models.CharField(max_length=24)
    base = models.FloatField()
    slopes = models.JSONField(default=dict)
    p01 = models.FloatField()
    p05 = models.FloatField()
    p50 = models.FloatField()
    p95 = models.FloatField()
    p99 = models.FloatField()
    n = models.PositiveIntegerField()
    version = models.CharField(max_length=24)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("platform", "measure")
        constraints = [
            models.UniqueConstraint(
                fields=("platform", "measure"),
                name="one_expectation_per_platform_and_measure",
                violation_error_message="This platform already has an expectation of the measure.",
            ),
            models.CheckConstraint(
                condition=Q(p01__lte=F("p05"), p05__lte=F("p50"), p50__lte=F("p95"), p95__lte=F("p99")),
                name="expectation_percentiles_rise",
                violation_error_message="Percentiles rise from the first to the 99th.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure} to expect on {self.platform}"


class LimitCell(models.Model):
    """From which score creators of one platform and tier are watched and flagged, as reviews have moved it."""

    platform = models.CharField(max_length=12, choices=Platform)
    tier = models.CharField(max_length=8, choices=Tier)
    watch = models.FloatField()
    flagged = models.FloatField()
    n = models.PositiveIntegerField("verdicts")
    version = models.CharField(max_length=24)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("platform", "tier")
        constraints = [
            models.UniqueConstraint(
                fields=("platform", "tier"),
                name="one_limit_per_cell",
                violation_error_message="This platform and tier already has its limits.",
            ),
            models.CheckConstraint(
                condition=Q(watch__gt=0, flagged__gt=F("watch")),
                name="flagged_begins_above_watch",
                violation_error_message="A creator is flagged from a higher score than watched.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tier} on {self.platform}: flagged above {self.flagged:g}"
