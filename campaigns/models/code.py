"""A discount code: it belongs to a creator within a brand, for ever, and lives through campaigns."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Trim, Upper
from django.utils import timezone

from config.lib.fields import PercentField
from creators.models import Creator
from team.history import keeps_history
from team.models import Brand
from team.scopes import brand_manager


@keeps_history()
class Code(models.Model):
    """Kept as written, compared by `folded` (upper case, trimmed). Without dates it is always active."""

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="codes")
    creator = models.ForeignKey(Creator, models.PROTECT, related_name="codes")
    code = models.CharField(max_length=64)
    folded = models.GeneratedField(
        expression=Upper(Trim("code")), output_field=models.CharField(max_length=64), db_persist=True
    )
    percent = PercentField(null=True, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField("last day", null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects = brand_manager()

    class Meta:
        ordering = ("folded", "pk")
        indexes = [models.Index(fields=("brand", "creator"), name="code_by_creator")]
        constraints = [
            models.UniqueConstraint(
                fields=("brand", "folded"),
                name="one_code_per_brand_for_ever",
                violation_error_message="This code already belongs to a creator of this brand.",
            ),
            models.CheckConstraint(
                condition=~Q(folded=""),
                name="code_is_not_blank",
                violation_error_message="Write a code.",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(starts_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="code_ends_after_it_starts",
                violation_error_message="The last day is before the first.",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class SeenCode(models.Model):
    """A code that stood on an order of the brand, folded, whoever it belongs to. No new code may be the same.

    The order import writes these, since orders are further out than codes and cannot be asked from here.
    """

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="+")
    folded = models.CharField(max_length=64)

    objects = brand_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=("brand", "folded"),
                name="one_mark_per_seen_code",
                violation_error_message="This code was already seen.",
            )
        ]

    def __str__(self) -> str:
        return self.folded
