"""A campaign's brief as the brand writes it, and the frozen version that each creator gets."""

import pgtrigger
from django.db import models
from django.utils import timezone

from campaigns.models import Campaign, Deal
from config.lib.constraints import Agrees
from team.history import keeps_history
from team.models import Brand
from team.scopes import brand_manager


@keeps_history()
class Brief(models.Model):
    """What every creator of a campaign should know. Texts may hold placeholders of our catalogue.

    `messages` is a list of three to five `{"kind", "text"}`.
    """

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="briefs")
    campaign = models.OneToOneField(Campaign, models.CASCADE, related_name="brief")
    goal = models.TextField(blank=True)
    audience = models.TextField(blank=True)
    deliverables = models.TextField(blank=True)
    timeline = models.TextField(blank=True)
    messages = models.JSONField(default=list)
    dos = models.TextField("do", blank=True)
    donts = models.TextField("don't", blank=True)
    disclosure = models.TextField(blank=True)
    review = models.TextField(blank=True)
    usage_rights = models.TextField(blank=True)
    pay = models.TextField(blank=True)
    message_text = models.TextField("message to the creator", blank=True)
    changed_at = models.DateTimeField(default=timezone.now)

    objects = brand_manager()

    class Meta:
        constraints = [
            Agrees(
                fk="campaign",
                name="brief_is_of_its_campaigns_brand",
                violation_error_message="A brief and its campaign belong to the same brand.",
            ),
        ]

    def __str__(self) -> str:
        return f"Brief of {self.campaign}"


class Asset(models.Model):
    """A file or a link that belongs to a brief."""

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="+")
    brief = models.ForeignKey(Brief, models.CASCADE, related_name="assets")
    title = models.CharField(max_length=120)
    url = models.URLField(max_length=500, blank=True)
    file = models.FileField(upload_to="assets/", blank=True)

    objects = brand_manager()

    class Meta:
        ordering = ("pk",)
        constraints = [
            Agrees(
                fk="brief",
                name="material_is_of_its_briefs_brand",
                violation_error_message="Material and its brief belong to the same brand.",
            ),
            models.CheckConstraint(
                condition=(models.Q(url="") & ~models.Q(file="")) | (~models.Q(url="") & models.Q(file="")),
                name="asset_is_a_file_or_a_link",
                violation_error_message="Give either a file or a link.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def address(self) -> str:
        """The link, or the name of the file."""
        return self.url or (self.file.name or "").rsplit("/")[-1]


class BriefVersion(models.Model):
    """What one creator was told, frozen: later edits make a new version. `content` is the rendered brief."""

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="+")
    deal = models.ForeignKey(Deal, models.CASCADE, related_name="brief_versions")
    number = models.PositiveSmallIntegerField()
    content = models.JSONField()
    made_at = models.DateTimeField(default=timezone.now)

    objects = brand_manager()

    class Meta:
        ordering = ("deal_id", "-number")
        constraints = [
            Agrees(
                fk="deal",
                name="brief_version_is_of_its_deals_brand",
                violation_error_message="A brief and its deal belong to the same brand.",
            ),
            models.UniqueConstraint(
                fields=("deal", "number"),
                name="one_brief_version_per_deal_and_number",
                violation_error_message="This version is already there.",
            ),
        ]
        triggers = [pgtrigger.Protect(name="brief_version_stays", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.deal} v{self.number}"


class Viewing(models.Model):
    """That a creator opened a version for the first time."""

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="+")
    version = models.OneToOneField(BriefVersion, models.CASCADE, related_name="viewing")
    seen_at = models.DateTimeField()

    objects = brand_manager()

    class Meta:
        constraints = [
            Agrees(
                fk="version",
                name="viewing_is_of_its_versions_brand",
                violation_error_message="A viewing and its brief belong to the same brand.",
            ),
        ]

    def __str__(self) -> str:
        return f"seen {self.seen_at}"


class Acceptance(models.Model):
    """That a creator accepted a version, with the name they typed."""

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="+")
    version = models.OneToOneField(BriefVersion, models.CASCADE, related_name="acceptance")
    typed_name = models.CharField(max_length=120)
    accepted_at = models.DateTimeField()

    objects = brand_manager()

    class Meta:
        constraints = [
            Agrees(
                fk="version",
                name="acceptance_is_of_its_versions_brand",
                violation_error_message="An acceptance and its brief belong to the same brand.",
            ),
            models.CheckConstraint(
                condition=~models.Q(typed_name=""),
                name="acceptance_has_a_typed_name",
                violation_error_message="Type your name to accept.",
            ),
        ]
        triggers = [pgtrigger.Protect(name="acceptance_stays", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.typed_name} {self.accepted_at}"
