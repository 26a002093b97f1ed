"""An ad on a creator's content. It cannot be planned outside its right, nor a right be cut short under it."""

from django.conf import settings
from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from campaigns.models.campaign import Campaign
from config.lib.constraints import Agrees, Follows
from creators.models import Right
from team.history import keeps_history
from team.models import Brand
from team.scopes import brand_manager


@keeps_history()
class Ad(models.Model):
    """An ad that runs from the first day of `ran` up to its end, exclusive.

    `reference` is its number at the platform. `right_during` repeats the time in which the right is held and follows
    it, so that the check below holds against a later change of the right too: shortening or revoking a right under an
    ad is refused.
    """

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="+")
    campaign = models.ForeignKey(Campaign, models.SET_NULL, null=True, blank=True, related_name="ads")
    right = models.ForeignKey(Right, models.RESTRICT, related_name="ads")
    right_during = DateRangeField(editable=False)
    name = models.CharField(max_length=160)
    reference = models.CharField(max_length=120, blank=True)
    ran = DateRangeField("days")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    objects = brand_manager()

    class Meta:
        ordering = ("-ran", "-pk")
        constraints = [
            Follows(
                fk="right",
                column="held",
                copy="right_during",
                name="ad_follows_its_rights_time",
                violation_error_message="The right's time has changed meanwhile. Load the page again.",
            ),
            Agrees(
                fk="right",
                name="ad_is_of_its_rights_brand",
                violation_error_message="An ad and its right belong to the same brand.",
            ),
            Agrees(
                fk="campaign",
                name="ad_is_of_its_campaigns_brand",
                violation_error_message="An ad and its campaign belong to the same brand.",
            ),
            models.CheckConstraint(
                condition=Q(ran__contained_by=F("right_during")),
                name="ad_runs_within_its_right",
                violation_error_message="An ad runs only while its right is held, "
                "and a right cannot be cut short under an ad. Move or end the ad first.",
            ),
            models.CheckConstraint(
                condition=Q(ran__isempty=False) & Q(ran__lower_inf=False) & Q(ran__upper_inf=False),
                name="ad_has_a_first_and_a_last_day",
                violation_error_message="An ad needs a first day and a last day that is not before it.",
            ),
            models.CheckConstraint(
                condition=~Q(name=""),
                name="ad_has_a_name",
                violation_error_message="Name the ad.",
            ),
        ]

    def __str__(self) -> str:
        return self.name
