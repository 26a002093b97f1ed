"""Clicks as the redirect wrote them down, and their daily roll-up. Clicks are only ever added."""

import pgtrigger
from django.db import models

from campaigns.models import TrackingLink
from config.lib.constraints import Agrees
from results.enums import ClickClass
from team.models import Brand
from team.scopes import brand_manager


class Click(models.Model):
    """One GET of a short link. `id` is the click id (`tclid`), a UUID of version 7.

    `visitor` is a hash under a daily salt that is destroyed; `network` is the truncated address.
    """

    id = models.UUIDField(primary_key=True)
    brand = models.ForeignKey(Brand, models.CASCADE, related_name="+", db_index=False)
    link = models.ForeignKey(TrackingLink, models.CASCADE, related_name="clicks", db_index=False)
    clicked_at = models.DateTimeField()
    kind = models.CharField(max_length=8, choices=ClickClass)
    visitor = models.BinaryField(max_length=16)
    network = models.CharField(max_length=45, blank=True)
    agent = models.CharField(max_length=300, blank=True)
    referrer = models.CharField(max_length=300, blank=True)
    is_qr = models.BooleanField(default=False)

    objects = brand_manager()

    class Meta:
        ordering = ("-clicked_at", "-pk")
        indexes = [
            models.Index(fields=("link", "clicked_at"), name="click_by_link"),
            models.Index(fields=("brand", "-clicked_at", "-id"), name="click_by_time"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=ClickClass.values),
                name="click_class_is_known",
                violation_error_message="A click is a person's, a preview's, a prefetch, a robot's or our own.",
            )
        ]
        triggers = [pgtrigger.Protect(name="click_stays", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return str(self.id)


class ClickDay(models.Model):
    """Clicks of one link on one of the brand's days, recomputed as a whole, never incremented.

    `clicks` counts people; `unique_clicks` counts a person once in 30 minutes; the rest is kept beside.
    """

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="+")
    link = models.ForeignKey(TrackingLink, models.CASCADE, related_name="days")
    day_on = models.DateField()
    clicks = models.PositiveIntegerField()
    unique_clicks = models.PositiveIntegerField()
    previews = models.PositiveIntegerField(default=0)
    prefetches = models.PositiveIntegerField(default=0)
    bots = models.PositiveIntegerField(default=0)
    own = models.PositiveIntegerField(default=0)

    objects = brand_manager()

    class Meta:
        constraints = [
            Agrees(
                fk="link",
                name="roll_up_is_of_its_links_brand",
                violation_error_message="A roll-up and its link belong to the same brand.",
            ),
            models.UniqueConstraint(
                fields=("link", "day_on"),
                name="one_roll_up_per_link_and_day",
                violation_error_message="This day is already rolled up.",
            ),
            models.CheckConstraint(
                condition=models.Q(unique_clicks__lte=models.F("clicks")),
                name="unique_clicks_are_clicks",
                violation_error_message="There cannot be more unique clicks than clicks.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.link_id} {self.day_on}"


class DirtyDay(models.Model):
    """A link's day whose roll-up no longer agrees with its clicks; marked where the clicks are stored."""

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="+")
    link = models.ForeignKey(TrackingLink, models.CASCADE, related_name="+")
    day_on = models.DateField()

    objects = brand_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=("link", "day_on"),
                name="one_mark_per_link_and_day",
                violation_error_message="This day is already marked.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.link_id} {self.day_on}"


class ClickBasis(models.Model):
    """By which time zone's days a brand's clicks were counted; where the brand has another, they are counted anew."""

    brand = models.OneToOneField(Brand, models.CASCADE, related_name="+")
    time_zone = models.CharField(max_length=64)

    objects = brand_manager()

    def __str__(self) -> str:
        return f"{self.brand_id} {self.time_zone}"
