"""What a brand may do with a creator's content, where and when; and the platform's own permission beside it.

Here the database refuses two rights for the same thing at once. Ads, which point at a right and its time, stand in
`campaigns`; what was seen running is in `creators.models.sightings`.
"""

from datetime import date

import pgtrigger
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import BigIntegerRangeField, DateRangeField, IntegerRangeField, RangeOperators
from django.db import models
from django.db.models import ExpressionWrapper, F, Func, Q, Value, functions
from django.utils import timezone

from config.lib.constraints import Agrees
from config.lib.fields import AmountField
from creators.enums import ContentStatus, PermissionKind, Place, RightKind
from creators.models.creator import Creator
from creators.models.posts import Post
from team.history import keeps_history
from team.models import Brand
from team.scopes import brand_manager

SPARK_DAYS = (7, 30, 60, 365)


class IdSpan(Func):
    """Both ends of one number, inclusive: null is every number, so that "all of it" overlaps each single one."""

    function = "int8range"
    template = "%(function)s(%(expressions)s, '[]')"
    output_field = BigIntegerRangeField()


class TerritorySpan(Func):
    """The same for a territory's number: none is worldwide, and overlaps every territory."""

    function = "int4range"
    template = "%(function)s(%(expressions)s, '[]')"
    output_field = IntegerRangeField()


def _territory_number() -> models.Expression:
    """Two letters as one number; null for none."""
    letters = functions.NullIf("territory", Value(""))
    return functions.Ord(letters) * 256 + functions.Ord(functions.Right("territory", 1))


class CutShort(Func):
    """A period up to a day that may be null."""

    arg_joiner = " * daterange(NULL, "
    template = "(%(expressions)s))"
    output_field = DateRangeField()


def _first_day_after() -> models.Expression:
    """`Least` passes over nulls: the earlier of agreed end and revocation, and the last day of all for ever."""
    return functions.Coalesce(functions.Least("during__endswith", "revoked_on"), Value(date.max))


class Days(Func):
    """The days from one up to another, or for ever where that is null."""

    function = "daterange"
    output_field = DateRangeField()


# Each sighting touched looks again whether it is outside its rights. It waits as `sightings` says.
_TELLS_ADS_APART = """
    perform from creators_creator where id in (old.creator_id, new.creator_id) order by id for no key update;
    update creators_sighting set is_outside = is_outside
    where (brand_id, creator_id, kind, place) in (
        (old.brand_id, old.creator_id, old.kind, old.place), (new.brand_id, new.creator_id, new.kind, new.place)
    );
    return null;
"""


class Content(models.Model):
    """A piece that a creator promised, drafted or posted for a brand. `post` is what a provider saw of it."""

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="+")
    creator = models.ForeignKey(Creator, models.CASCADE, related_name="content")
    title = models.CharField(max_length=160)
    url = models.URLField("address", max_length=500, blank=True)
    status = models.CharField(max_length=8, choices=ContentStatus, default=ContentStatus.PROMISED)
    post = models.ForeignKey(Post, models.SET_NULL, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    objects = brand_manager()

    class Meta:
        ordering = ("title", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("brand", "creator", "title"),
                name="one_content_of_a_title",
                violation_error_message="The creator already has a piece of this title with the brand.",
            ),
            models.CheckConstraint(
                condition=~Q(title=""),
                name="content_has_a_title",
                violation_error_message="Name the piece of content.",
            ),
            models.CheckConstraint(
                condition=Q(status__in=ContentStatus.values),
                name="content_status_is_known",
                violation_error_message="Content is promised, drafted or posted.",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class RightQuerySet(models.QuerySet):
    """Rights in the words of the trade."""

    def on(self, day) -> "RightQuerySet":
        """Rights in force on a day."""
        return self.filter(held__contains=day)

    def with_permissions(self) -> "RightQuerySet":
        """Each with the list `permitted`. Asking its manager for them cost a new queryset a right and a time."""
        return self.prefetch_related(models.Prefetch("permissions", to_attr="permitted"))


@keeps_history(exclude=["held", "over_on"])
class Right(models.Model):
    """One kind of use of one piece (or of all) in one place and one territory (or worldwide), for a while.

    `during` is what was agreed, its end is exclusive, and none means for ever. Revoking sets `revoked_on`, the first
    day without the right. `held` is what is in force: `during` up to that day, computed by the database, and empty
    where the right was revoked before it began. Ads hang on `held`. `over_on` is the first day after it, `date.max`
    for ever, or `revoked_on` where it never began: a date is compared and sorted faster than the end of a range.
    """

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="+")
    creator = models.ForeignKey(Creator, models.CASCADE, related_name="rights")
    kind = models.CharField(max_length=12, choices=RightKind)
    place = models.CharField(max_length=12, choices=Place)
    territory = models.CharField(max_length=2, blank=True)
    content = models.ForeignKey(Content, models.RESTRICT, null=True, blank=True, related_name="rights")
    during = DateRangeField()
    revoked_on = models.DateField(null=True, blank=True)
    revoked_why = models.CharField(max_length=200, blank=True)
    held = models.GeneratedField(
        expression=CutShort(F("during"), F("revoked_on")), output_field=DateRangeField(), db_persist=True
    )
    over_on = models.GeneratedField(expression=_first_day_after(), output_field=models.DateField(), db_persist=True)
    price = AmountField(null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    terms = models.TextField(blank=True)
    note = models.TextField(blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    objects = brand_manager(RightQuerySet)
    permitted: "list[PlatformPermission]"

    class Meta:
        indexes = [
            # Both hold what their questions ask besides, so that the rights themselves are not read: which allowed an
            # ad that was seen, and which end, run and begin.
            models.Index(
                fields=("brand", "creator", "kind", "place"),
                include=("territory", "content", "held", "over_on", "id"),
                name="right_by_use",
            ),
            models.Index(fields=("brand", "over_on", "id"), include=("held",), name="right_by_end"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="right_tells_ads_apart", when=pgtrigger.After, func=_TELLS_ADS_APART,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
            ),
        ]  # fmt: skip
        constraints = [
            Agrees(
                fk="content",
                name="right_is_of_its_contents_brand",
                violation_error_message="Choose a piece of content of this brand.",
            ),
            Agrees(
                fk="content",
                on="creator",
                name="right_is_of_its_contents_creator",
                violation_error_message="Choose a piece of content of this creator.",
            ),
            ExclusionConstraint(
                name="one_right_at_a_time",
                index_type="GIST",
                expressions=[
                    ("creator", RangeOperators.EQUAL),
                    ("brand", RangeOperators.EQUAL),
                    ("kind", RangeOperators.EQUAL),
                    ("place", RangeOperators.EQUAL),
                    (TerritorySpan(_territory_number(), _territory_number()), RangeOperators.OVERLAPS),
                    (IdSpan(F("content"), F("content")), RangeOperators.OVERLAPS),
                    ("held", RangeOperators.OVERLAPS),
                ],
                violation_error_message="This right is already held in part of that time. "
                "Worldwide overlaps every territory, and all content every piece.",
            ),
            models.CheckConstraint(
                condition=Q(during__isempty=False) & Q(during__lower_inf=False),
                name="right_has_a_first_day_and_lasts",
                violation_error_message="A right needs a first day, and its last day may not be before it.",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=RightKind.values) & Q(place__in=Place.values),
                name="right_kind_and_place_are_known",
                violation_error_message="Choose one of the known kinds and places.",
            ),
            models.CheckConstraint(
                condition=Q(territory__regex=r"^([A-Z]{2})?$"),
                name="right_territory_is_two_capitals_or_none",
                violation_error_message="Write a territory as two capitals, such as DE; none is worldwide.",
            ),
            models.CheckConstraint(
                condition=Q(revoked_on__isnull=True, revoked_why="")
                | (Q(revoked_on__isnull=False) & ~Q(revoked_why="")),
                name="revoked_right_has_a_reason",
                violation_error_message="Say why the right is revoked.",
            ),
            models.CheckConstraint(
                condition=Q(price__isnull=True) | (Q(price__gte=0) & Q(currency__regex=r"^[A-Z]{3}$")),
                name="right_price_has_a_currency",
                violation_error_message="A price is not negative and has a currency.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.creator}: {self.get_kind_display()} on {self.get_place_display()}"


@keeps_history(exclude=["during"])
class PlatformPermission(models.Model):
    """What the platform itself asks before it runs a creator's post as an ad. It ends by its own clock.

    A Spark code lives 7, 30, 60 or 365 days; a partnership permission has an expiry, or none where `days` is null.
    """

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="+")
    right = models.ForeignKey(Right, models.CASCADE, related_name="permissions")
    kind = models.CharField(max_length=12, choices=PermissionKind)
    code = models.CharField(max_length=500, blank=True)
    starts_on = models.DateField("first day")
    days = models.PositiveIntegerField(null=True, blank=True)
    during = models.GeneratedField(
        expression=Days(F("starts_on"), ExpressionWrapper(F("starts_on") + F("days"), models.DateField())),
        output_field=DateRangeField(),
        db_persist=True,
    )
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    objects = brand_manager()

    class Meta:
        ordering = ("starts_on", "pk")
        constraints = [
            Agrees(
                fk="right",
                name="permission_is_of_its_rights_brand",
                violation_error_message="A permission and its right belong to the same brand.",
            ),
            models.UniqueConstraint(
                fields=("right", "kind", "code", "starts_on"),
                name="one_permission_of_a_code_and_start",
                violation_error_message="This permission is already there.",
            ),
            models.CheckConstraint(
                condition=Q(kind=PermissionKind.PARTNERSHIP) | (Q(kind=PermissionKind.SPARK) & ~Q(code="")),
                name="spark_permission_has_its_code",
                violation_error_message="Paste the Spark code.",
            ),
            models.CheckConstraint(
                condition=(Q(kind=PermissionKind.SPARK) & Q(days__isnull=False) & Q(days__in=SPARK_DAYS))
                | (Q(kind=PermissionKind.PARTNERSHIP) & (Q(days__isnull=True) | Q(days__gt=0))),
                name="permission_lasts_as_its_platform_allows",
                violation_error_message="A Spark code lives 7, 30, 60 or 365 days; "
                "a partnership permission ends after it begins.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} from {self.starts_on}"
