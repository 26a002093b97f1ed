"""What only the creator can see of a post, told by hand or by file with a screenshot, to the brand that asked."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from creators.enums import Source
from creators.models.posts import Post
from team.history import stays
from team.models import Brand
from team.scopes import brand_manager


class CreatorReport(models.Model):
    """Numbers from the creator's own statistics. Append-only: a correction is a newer report, the newest counts."""

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="+")
    post = models.ForeignKey(Post, models.CASCADE, related_name="reports")
    seen_at = models.DateTimeField()
    source = models.CharField(max_length=12, choices=Source, default=Source.CREATOR)
    impressions = models.PositiveBigIntegerField(null=True, blank=True)
    reach = models.PositiveBigIntegerField(null=True, blank=True)
    saves = models.PositiveBigIntegerField(null=True, blank=True)
    taps = models.PositiveBigIntegerField("link taps", null=True, blank=True)
    story_views = models.PositiveBigIntegerField(null=True, blank=True)
    watch_seconds = models.PositiveBigIntegerField("watch time in seconds", null=True, blank=True)
    screenshot = models.FileField(upload_to="creator-reports/", blank=True)
    note = models.CharField(max_length=200, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    objects = brand_manager()

    class Meta:
        ordering = ("-seen_at", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=~Q(
                    impressions=None, reach=None, saves=None, taps=None, story_views=None, watch_seconds=None
                ),
                name="creator_report_says_something",
                violation_error_message="Fill in at least one number.",
            ),
            models.CheckConstraint(
                condition=Q(reach=None) | Q(impressions=None) | Q(reach__lte=models.F("impressions")),
                name="reach_is_at_most_impressions",
                violation_error_message="Reach cannot be more than impressions.",
            ),
            models.CheckConstraint(
                condition=Q(source__in=[Source.CREATOR, Source.CSV]),
                name="creator_report_is_reported",
                violation_error_message="These numbers come from the creator or a file.",
            ),
        ]
        triggers = [stays("creator_report_stays")]

    def __str__(self) -> str:
        return f"reported for {self.post}"
