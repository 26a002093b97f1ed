"""A creator: a person with profiles and ways to reach them. The roster is shared by all brands."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower, Trim, Upper
from django.utils import timezone

from creators.enums import ContactKind, Platform, RateFormat
from creators.logic.names import sort_name
from team.history import keeps_history


@keeps_history()
class Creator(models.Model):
    """A person. `sort_name` is the name folded for sorting, since the database has no ICU collation.

    `no_contact_on` stops every message and every new deal, of all brands. With `erased_on` the row names nobody any
    more and is only there for the sums.
    """

    name = models.CharField(max_length=120)
    sort_name = models.CharField(max_length=120, editable=False)
    country = models.CharField(max_length=60, blank=True)
    region = models.CharField(max_length=60, blank=True)
    city = models.CharField(max_length=80, blank=True)
    language = models.CharField(max_length=40, blank=True)
    niches = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    notes = models.TextField(blank=True)
    formats = ArrayField(
        models.CharField(max_length=12, choices=RateFormat), verbose_name="preferred formats", default=list,
        db_default=[], blank=True,
    )  # fmt: skip
    availability = models.CharField(max_length=200, blank=True, db_default="")
    back_on = models.DateField("available again on", null=True, blank=True)
    no_contact_on = models.DateField("asked not to be contacted on", null=True, blank=True)
    no_contact_why = models.CharField(max_length=200, blank=True, db_default="")
    is_sample = models.BooleanField(default=False, db_default=False, editable=False)
    erased_on = models.DateField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("sort_name", "pk")
        indexes = [
            models.Index(fields=("sort_name", "id"), name="creator_by_name"),
            models.Index(Upper("country"), name="creator_by_country"),
            models.Index(Upper("city"), name="creator_by_city"),
            models.Index(Upper("language"), name="creator_by_language"),
            models.Index(Upper("region"), name="creator_by_region"),
            models.Index(fields=("id",), condition=Q(no_contact_on__isnull=False), name="creator_not_to_contact"),
            models.Index(fields=("id",), condition=Q(erased_on__isnull=False), name="creator_erased"),
            models.Index(fields=("country", "region", "city"), name="creator_by_place"),
            GinIndex(fields=("niches",), name="creator_by_niche"),
            GinIndex(OpClass("sort_name", name="gin_trgm_ops"), name="creator_name_search"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(name=""),
                name="creator_has_a_name",
                violation_error_message="A creator needs a name.",
            ),
            models.CheckConstraint(
                condition=Q(formats__contained_by=RateFormat.values),
                name="creator_formats_are_known",
                violation_error_message="Choose among the known formats.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep `sort_name` with the name. Bulk writes fold it themselves."""
        self.sort_name = sort_name(self.name)
        fields = kwargs.get("update_fields")
        if fields is not None and "name" in fields:
            kwargs["update_fields"] = {*fields, "sort_name"}
        super().save(*args, **kwargs)

    @property
    def place(self) -> str:
        """`Leeds, Yorkshire, United Kingdom`, as far as it is known."""
        return ", ".join(part for part in (self.city, self.region, self.country) if part)

    @property
    def format_names(self) -> str:
        """The preferred formats in words."""
        return RateFormat.words(self.formats)


# Counts and ids come from providers; what they were before stands in the snapshots.
@keeps_history(exclude=["followers", "platform_id"])
class Profile(models.Model):
    """One account on one platform. The handle is lower case, without `@`; unknown followers are null, never 0.

    `platform_id` is the platform's own id once a provider told it; by it the account is followed to a new handle.
    """

    creator = models.ForeignKey(Creator, models.CASCADE, related_name="profiles")
    platform = models.CharField(max_length=12, choices=Platform)
    handle = models.CharField(max_length=120)
    platform_id = models.CharField(max_length=120, blank=True, default="", db_default="", editable=False)
    followers = models.PositiveBigIntegerField(null=True, blank=True)
    is_main = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("-is_main", "platform", "handle")
        indexes = [
            models.Index(
                F("followers").desc(nulls_last=True),
                "creator",
                condition=Q(is_main=True),
                name="main_profile_by_followers",
            ),
            GinIndex(OpClass("handle", name="gin_trgm_ops"), name="profile_handle_search"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=("platform", "handle"),
                name="one_profile_per_platform_and_handle",
                violation_error_message="Another creator already has this profile.",
            ),
            models.UniqueConstraint(
                fields=("creator", "platform"),
                name="one_profile_per_creator_and_platform",
                violation_error_message="This creator already has a profile on this platform.",
            ),
            models.UniqueConstraint(
                fields=("creator",),
                condition=Q(is_main=True),
                name="one_main_profile_per_creator",
                violation_error_message="A creator has one main profile.",
            ),
            models.CheckConstraint(
                condition=Q(handle=Lower(Trim("handle"))) & ~Q(handle="") & ~Q(handle__startswith="@"),
                name="profile_handle_is_lower_case_without_at",
                violation_error_message="Write the handle in lower case, without @.",
            ),
            models.CheckConstraint(
                condition=Q(platform__in=Platform.values),
                name="profile_platform_is_known",
                violation_error_message="Choose one of the known platforms.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.handle} ({self.get_platform_display()})"


@keeps_history()
class Contact(models.Model):
    """One way to reach a creator."""

    creator = models.ForeignKey(Creator, models.CASCADE, related_name="contacts")
    kind = models.CharField(max_length=8, choices=ContactKind)
    value = models.CharField(max_length=200)

    class Meta:
        ordering = ("kind", "value")
        indexes = [GinIndex(OpClass(Upper("value"), name="gin_trgm_ops"), name="contact_search")]
        constraints = [
            models.UniqueConstraint(
                fields=("creator", "kind", "value"),
                name="one_contact_of_a_kind_and_value",
                violation_error_message="This contact is already there.",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=ContactKind.values),
                name="contact_kind_is_known",
                violation_error_message="Choose e-mail, phone, web page or other.",
            ),
        ]

    def __str__(self) -> str:
        return self.value
