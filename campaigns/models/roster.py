"""Staged rows of a roster file: cleaned, checked, and not yet anybody's data."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from config.lib.fields import AmountField, PercentField
from creators.models import Creator
from team.models import Brand, Job
from team.scopes import brand_manager


class RosterRow(models.Model):
    """One row of a job's file. A blank cell is blank or null; `line` is the row's first line in the file.

    `problems` were found in the row itself, `conflicts` with other rows or with what is already known; both are lists
    of {field, value, reason}, and either keeps the row out. `notices` say what was cleaned.
    """

    job = models.ForeignKey(Job, models.CASCADE, related_name="+")
    brand = models.ForeignKey(Brand, models.CASCADE, null=True, blank=True, related_name="+")
    line = models.PositiveIntegerField()
    handle = models.CharField(max_length=120, blank=True)
    platform = models.CharField(max_length=12, blank=True)
    name = models.CharField(max_length=120, blank=True)
    sort_name = models.CharField(max_length=120, blank=True)
    email = models.CharField(max_length=200, blank=True)
    followers = models.PositiveBigIntegerField(null=True, blank=True)
    language = models.CharField(max_length=40, blank=True)
    country = models.CharField(max_length=60, blank=True)
    region = models.CharField(max_length=60, blank=True)
    city = models.CharField(max_length=80, blank=True)
    niches = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    code = models.CharField(max_length=64, blank=True)
    fee = AmountField(null=True, blank=True)
    product_cost = AmountField(null=True, blank=True)
    shipping_cost = AmountField(null=True, blank=True)
    commission_percent = PercentField(null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    notes = models.TextField(blank=True)
    problems = models.JSONField(default=list)
    conflicts = models.JSONField(default=list)
    notices = models.JSONField(default=list)

    objects = brand_manager()

    class Meta:
        ordering = ("line",)
        constraints = [
            models.UniqueConstraint(
                fields=("job", "line"),
                name="one_roster_row_per_line",
                violation_error_message="This line of the file was read before.",
            )
        ]

    def __str__(self) -> str:
        return f"line {self.line}"

    @property
    def reasons(self) -> list[dict[str, str]]:
        """Everything that keeps the row out."""
        return [*self.problems, *self.conflicts]


class ImportedRow(models.Model):
    """What an import did with one row, kept as long as the import can be undone.

    `before` and `after` hold what it wrote over: `creator` (its fields), `followers` with the profile's number, and
    `terms` of the deal (four amounts, and why it was paid without a verdict), each only where it changed. `contact`
    and `code` are what it added.
    """

    job = models.ForeignKey(Job, models.CASCADE, related_name="+")
    brand = models.ForeignKey(Brand, models.CASCADE, null=True, blank=True, related_name="+")
    creator = models.ForeignKey(Creator, models.CASCADE, related_name="+")
    line = models.PositiveIntegerField()
    is_new = models.BooleanField(default=False)
    deal_is_new = models.BooleanField(default=False)
    contact = models.CharField(max_length=200, blank=True)
    code = models.CharField(max_length=64, blank=True)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)

    objects = brand_manager()

    class Meta:
        ordering = ("line",)
        constraints = [
            models.UniqueConstraint(
                fields=("job", "line"),
                name="one_imported_row_per_line",
                violation_error_message="This line was imported before.",
            )
        ]

    def __str__(self) -> str:
        return f"line {self.line}"
