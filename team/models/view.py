"""Views of a list that a person saved: its filters, columns and order under a name, for one brand."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from config.lib.constraints import Agrees
from team.enums import SavedPage
from team.models.brand import Brand
from team.scopes import brand_manager


class SavedViewQuerySet(models.QuerySet):
    """Views in the words of the trade."""

    def visible_to(self, user) -> "SavedViewQuerySet":
        """The person's own and those that others share."""
        return self.filter(Q(owner=user) | Q(is_shared=True))


class SavedView(models.Model):
    """A list as somebody wants to see it again. `query` holds the filters of the address, nothing else."""

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="+")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_views")
    page = models.CharField(max_length=16, choices=SavedPage, default=SavedPage.CREATORS)
    name = models.CharField(max_length=60)
    query = models.TextField(blank=True)
    columns = ArrayField(models.CharField(max_length=24), default=list, blank=True)
    sort = models.CharField(max_length=24, blank=True)
    is_shared = models.BooleanField("shared with the brand's team", default=False)
    position = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField(default=timezone.now)

    objects = brand_manager(SavedViewQuerySet)

    class Meta:
        ordering = ("position", "name", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("brand", "owner", "page", "name"),
                name="one_view_of_a_name_per_person",
                violation_error_message="You already have a view of this name.",
            ),
            models.CheckConstraint(
                condition=~Q(name=""),
                name="view_has_a_name",
                violation_error_message="Name the view.",
            ),
            models.CheckConstraint(
                condition=Q(page__in=SavedPage.values),
                name="view_page_is_known",
                violation_error_message="Choose one of the known lists.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class FirstView(models.Model):
    """The view that a person sees first on a page of a brand."""

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    page = models.CharField(max_length=16, choices=SavedPage, default=SavedPage.CREATORS)
    view = models.ForeignKey(SavedView, models.CASCADE, related_name="firsts")

    objects = brand_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=("brand", "user", "page"),
                name="one_first_view_per_person",
                violation_error_message="You already start with another view.",
            ),
            models.CheckConstraint(
                condition=Q(page__in=SavedPage.values),
                name="first_view_page_is_known",
                violation_error_message="Choose one of the known lists.",
            ),
            Agrees(
                fk="view",
                name="first_view_is_of_its_views_brand",
                violation_error_message="A person starts with a view of the same brand.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} starts with {self.view}"
