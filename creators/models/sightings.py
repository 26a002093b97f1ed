"""An ad seen running on a day. An observation: no rule stops it, since it is the alarm."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import ExpressionWrapper, F, OuterRef, Q
from django.utils import timezone

from config.lib.constraints import Agrees
from creators.enums import Place, RightKind, SightingSource
from creators.models.creator import Creator
from creators.models.rights import Content, Right
from team.models import Brand
from team.scopes import brand_manager

# A right that somebody else is writing is waited for, or neither would see the other.
_TOLD_APART = """
    perform from creators_creator where id = new.creator_id for share;
    new.is_outside = not exists (
        select from creators_right held
        where (held.brand_id, held.creator_id) = (new.brand_id, new.creator_id)
            and (held.kind, held.place) = (new.kind, new.place)
            and (held.territory = '' or new.territory in ('', held.territory))
            and (held.content_id is null or new.content_id is null or held.content_id = new.content_id)
            and held.held @> new.seen_on
    );
    return new;
"""


class SightingQuerySet(models.QuerySet):
    """Sightings in the words of the trade."""

    def uncovered(self) -> "SightingQuerySet":
        """Ads seen on a day when no right of their brand allowed them."""
        return self.filter(is_outside=True)

    def under(self, right: Right) -> "SightingQuerySet":
        """Ads of the kind, place, territory and piece that a right is about, on whatever day."""
        territory = Q() if not right.territory else Q(territory="") | Q(territory=right.territory)
        content = Q() if right.content_id is None else Q(content=None) | Q(content=right.content_id)
        return self.filter(
            territory, content, brand=right.brand_id, creator=right.creator_id, kind=right.kind, place=right.place
        )

    def about_right(self) -> "SightingQuerySet":
        """The same where the right is that of the outer query."""
        return self.annotate(
            right_territory=ExpressionWrapper(OuterRef("territory"), models.CharField()),
            right_content=ExpressionWrapper(OuterRef("content"), models.BigIntegerField()),
        ).filter(
            Q(territory="") | Q(right_territory="") | Q(territory=F("right_territory")),
            Q(content=None) | Q(right_content=None) | Q(content=F("right_content")),
            brand=OuterRef("brand"), creator=OuterRef("creator"), kind=OuterRef("kind"), place=OuterRef("place"),
        )  # fmt: skip

    def unsettled(self) -> "SightingQuerySet":
        """Sightings that nobody dealt with."""
        return self.filter(settled_on=None)


class Sighting(models.Model):
    """An ad with a creator's content that somebody saw on a day. `ad` is its name or number at the platform.

    A blank territory and an empty content mean that they are not known. `settled_on` is the day on which a person
    said that an ad outside its rights was taken down or cleared.

    `is_outside`: no right of the brand allowed the ad on that day. What is not known of an ad is not held against it:
    a right for any territory or piece covers an unknown one. The database finds out when the sighting is written and
    when a right to such ads changes; to do so for all sightings took most of the time of a page.
    """

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="+")
    creator = models.ForeignKey(Creator, models.CASCADE, related_name="sightings")
    kind = models.CharField(max_length=12, choices=RightKind, default=RightKind.PAID)
    place = models.CharField(max_length=12, choices=Place)
    territory = models.CharField(max_length=2, blank=True)
    content = models.ForeignKey(Content, models.CASCADE, null=True, blank=True, related_name="sightings")
    ad = models.CharField(max_length=200, blank=True)
    seen_on = models.DateField("day")
    source = models.CharField(max_length=4, choices=SightingSource, default=SightingSource.HAND)
    is_outside = models.BooleanField(db_default=False, editable=False)
    settled_on = models.DateField(null=True, blank=True)
    settled_why = models.CharField(max_length=200, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    objects = brand_manager(SightingQuerySet)

    class Meta:
        ordering = ("-seen_on", "-pk")
        indexes = [
            models.Index(fields=("brand", "creator", "seen_on"), name="sighting_by_creator"),
            models.Index(fields=("brand", "-seen_on", "-id"), name="sighting_newest"),
            models.Index(fields=("brand", "creator"), condition=Q(is_outside=True), name="sighting_outside"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="ad_is_told_apart", when=pgtrigger.Before, operation=pgtrigger.Insert | pgtrigger.Update,
                func=_TOLD_APART,
            ),
        ]  # fmt: skip
        constraints = [
            Agrees(
                fk="content",
                name="sighting_is_of_its_contents_brand",
                violation_error_message="Choose a piece of content of this brand.",
            ),
            Agrees(
                fk="content",
                on="creator",
                name="sighting_is_of_its_contents_creator",
                violation_error_message="Choose a piece of content of this creator.",
            ),
            models.UniqueConstraint(
                fields=("brand", "creator", "kind", "place", "territory", "content", "ad", "seen_on"),
                nulls_distinct=False,
                name="one_sighting_of_an_ad_on_a_day",
                violation_error_message="This ad is already recorded for that day.",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=RightKind.values) & Q(place__in=Place.values),
                name="sighting_kind_and_place_are_known",
                violation_error_message="Choose one of the known kinds and places.",
            ),
            models.CheckConstraint(
                condition=Q(territory__regex=r"^([A-Z]{2})?$"),
                name="sighting_territory_is_two_capitals_or_none",
                violation_error_message="Write a territory as two capitals, such as DE; leave it empty if not known.",
            ),
            models.CheckConstraint(
                condition=Q(settled_on__isnull=True, settled_why="")
                | (Q(settled_on__isnull=False) & ~Q(settled_why="")),
                name="settled_sighting_says_how",
                violation_error_message="Say what was done about it.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.creator} on {self.get_place_display()}, {self.seen_on}"
