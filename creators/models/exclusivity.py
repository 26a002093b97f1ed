"""A category in which a creator works for one brand only, for a while. The database refuses it between brands."""

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower, Trim
from django.utils import timezone

from creators.models.creator import Creator
from team.history import keeps_history
from team.models import Brand
from team.scopes import brand_manager


@keeps_history()
class Exclusivity(models.Model):
    """A creator's promise to one brand. `category` is lower case and shared by all brands; no end means until further
    notice. A waived one binds nobody any more, and says why."""

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="+")
    creator = models.ForeignKey(Creator, models.CASCADE, related_name="exclusivities")
    category = models.CharField(max_length=60)
    during = DateRangeField()
    waived_on = models.DateField(null=True, blank=True)
    waived_why = models.CharField(max_length=200, blank=True)
    waived_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    note = models.CharField(max_length=200, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    objects = brand_manager()

    class Meta:
        verbose_name_plural = "exclusivities"
        indexes = [models.Index(fields=("brand", "creator"), name="exclusivity_by_creator")]
        constraints = [
            ExclusionConstraint(
                name="one_brand_per_category_at_a_time",
                index_type="GIST",
                expressions=[
                    ("creator", RangeOperators.EQUAL),
                    ("category", RangeOperators.EQUAL),
                    ("brand", RangeOperators.NOT_EQUAL),
                    ("during", RangeOperators.OVERLAPS),
                ],
                condition=Q(waived_on__isnull=True),
                # It may not say which: whoever reads it may not see the other brand.
                violation_error_message="The creator works for another brand in this category in that time.",
            ),
            models.CheckConstraint(
                condition=Q(during__isempty=False) & Q(during__lower_inf=False),
                name="exclusivity_has_a_first_day_and_lasts",
                violation_error_message="Exclusivity needs a first day, and its last day may not be before it.",
            ),
            models.CheckConstraint(
                condition=Q(category=Lower(Trim("category"))) & ~Q(category=""),
                name="exclusivity_category_is_lower_case",
                violation_error_message="Name the category, in lower case.",
            ),
            models.CheckConstraint(
                condition=Q(waived_on__isnull=True, waived_why="") | (Q(waived_on__isnull=False) & ~Q(waived_why="")),
                name="waived_exclusivity_has_a_reason",
                violation_error_message="Say why the exclusivity is waived.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.creator}: {self.category}"
