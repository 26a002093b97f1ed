"""A tracking link: a short address of a deal's post that leads to the shop with its UTMs. Never reused."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from campaigns.enums import Medium
from campaigns.models.deal import Deal
from config.lib.constraints import Agrees
from team.history import keeps_history
from team.models import Brand
from team.scopes import brand_manager


class LinkQuerySet(models.QuerySet):
    """Links in the words of the trade."""

    def active_at(self, now) -> "LinkQuerySet":
        """Links that still redirect."""
        return self.filter(Q(off_at__isnull=True) | Q(off_at__gt=now)).filter(
            Q(expires_at__isnull=True) | Q(expires_at__gt=now)
        )


@keeps_history()
class TrackingLink(models.Model):
    """`destination` is the page before UTMs; `target` the stored address that the redirect sends people to."""

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="links")
    deal = models.ForeignKey(Deal, models.CASCADE, related_name="links")
    slug = models.CharField(max_length=7, unique=True)
    post = models.PositiveSmallIntegerField(default=1)
    medium = models.CharField(max_length=12, choices=Medium, default=Medium.INFLUENCER)
    destination = models.URLField(max_length=500)
    target = models.TextField()
    off_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects = brand_manager(LinkQuerySet)

    class Meta:
        ordering = ("deal", "post", "pk")
        constraints = [
            Agrees(
                fk="deal",
                name="link_is_of_its_deals_brand",
                violation_error_message="A link and its deal belong to the same brand.",
            ),
            models.CheckConstraint(
                condition=Q(medium__in=Medium.values),
                name="link_medium_is_known",
                violation_error_message="Choose an organic or a boosted post.",
            ),
            models.UniqueConstraint(
                fields=("deal", "medium", "post"),
                name="one_link_per_deal_medium_and_post",
                violation_error_message="This post already has a link.",
            ),
            models.CheckConstraint(
                condition=Q(slug__regex=r"^[23456789abcdefghjkmnpqrstuvwxyz]{7}$"),
                name="link_slug_is_seven_clear_characters",
                violation_error_message="A short link has seven characters without look-alikes.",
            ),
            models.CheckConstraint(
                condition=Q(post__gte=1),
                name="link_post_counts_from_one",
                violation_error_message="Posts are numbered from 1.",
            ),
        ]

    def __str__(self) -> str:
        return self.slug

    @property
    def short_path(self) -> str:
        """Where people click, below the address of this installation."""
        return f"/r/{self.slug}"
