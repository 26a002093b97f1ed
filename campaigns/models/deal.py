"""A deal: one creator in one campaign, and what was agreed."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from campaigns.enums import DealStatus
from campaigns.models.campaign import Campaign
from config.lib.constraints import Agrees
from config.lib.fields import AmountField, PercentField
from config.lib.tokens import signed
from creators.enums import RateFormat
from creators.models import Creator, Profile
from team.history import keeps_history
from team.models import Brand
from team.scopes import brand_manager


class DealQuerySet(models.QuerySet):
    """Deals in the words of the trade."""

    def active(self) -> "DealQuerySet":
        """Deals that were not cancelled."""
        return self.exclude(status=DealStatus.CANCELLED)


@keeps_history()
class Deal(models.Model):
    """Fee, product at cost, shipping and commission for a creator's work. `profile` is where they post.

    The amounts are what was agreed; what was spent are the deal's cost lines, which `campaigns.actions` keeps equal.
    `format` is what the fee buys one of, blank where it buys several things or nobody said.
    `status_at` is when the status last changed; null: never. `signed_on` is the day both had signed the contract.
    A seeding deal is a gift: no fee, nothing to make, no obligation to post. A commission may still be agreed.
    `overruled` says why the creator was taken against confirmed signals, `unvetted` why without a verdict that fits
    (or against "no"), `engaged` why while they promised the category to another brand.
    `brief_key` is part of the signed brief link; raising it revokes every link made before.
    """

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="deals")
    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="deals")
    creator = models.ForeignKey(Creator, models.PROTECT, related_name="deals")
    profile = models.ForeignKey(Profile, models.PROTECT, related_name="deals")
    status = models.CharField(max_length=10, choices=DealStatus, default=DealStatus.PLANNED)
    status_at = models.DateTimeField(null=True, blank=True, editable=False)
    signed_on = models.DateField("contract signed on", null=True, blank=True)
    is_seeding = models.BooleanField("a gift, with no obligation to post", default=False, db_default=False)
    fee = AmountField(default=0)
    product_cost = AmountField("product at cost", default=0)
    shipping_cost = AmountField("shipping", default=0)
    commission_percent = PercentField("commission", default=0)
    currency = models.CharField(max_length=3, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField("last day", null=True, blank=True)
    brief_key = models.PositiveSmallIntegerField(default=1, editable=False)
    format = models.CharField("fee is for", max_length=12, choices=RateFormat, blank=True, default="", db_default="")
    notes = models.TextField(blank=True)
    overruled = models.CharField("reason against confirmed signals", max_length=300, blank=True, db_default="")
    unvetted = models.CharField("reason without a fit verdict", max_length=300, blank=True, default="", db_default="")
    engaged = models.CharField(
        "reason against exclusivity elsewhere", max_length=300, blank=True, default="", db_default=""
    )
    created_at = models.DateTimeField(default=timezone.now)

    objects = brand_manager(DealQuerySet)

    class Meta:
        ordering = ("profile__handle", "pk")
        indexes = [models.Index(fields=("brand", "creator"), name="deal_by_creator")]
        constraints = [
            Agrees(
                fk="campaign",
                name="deal_is_of_its_campaigns_brand",
                violation_error_message="A deal and its campaign belong to the same brand.",
            ),
            Agrees(
                fk="profile",
                on="creator",
                name="deal_is_on_its_creators_profile",
                violation_error_message="Choose a profile of this creator.",
            ),
            models.UniqueConstraint(
                fields=("campaign", "creator"),
                name="one_deal_per_campaign_and_creator",
                violation_error_message="This creator is already in the campaign.",
            ),
            models.CheckConstraint(
                condition=Q(fee__gte=0, product_cost__gte=0, shipping_cost__gte=0),
                name="deal_amounts_are_not_negative",
                violation_error_message="Fee, product and shipping may not be negative.",
            ),
            models.CheckConstraint(
                condition=Q(commission_percent__gte=0, commission_percent__lte=100),
                name="deal_commission_is_a_percentage",
                violation_error_message="The commission lies between 0 and 100 percent.",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(starts_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="deal_ends_after_it_starts",
                violation_error_message="The last day is before the first.",
            ),
            models.CheckConstraint(
                condition=Q(is_seeding=False) | Q(fee=0, format=""),
                name="seeding_deal_has_no_fee",
                violation_error_message="A gift has no fee. Take the fee away, or agree a deal that is no gift.",
            ),
            models.CheckConstraint(
                condition=Q(status__in=DealStatus.values),
                name="deal_status_is_known",
                violation_error_message="Choose one of the known statuses.",
            ),
            models.CheckConstraint(
                condition=Q(format__in=["", *RateFormat.values]),
                name="deal_format_is_known",
                violation_error_message="Choose one of the known formats.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.creator} in {self.campaign}"

    @property
    def brief_path(self) -> str:
        """Where the creator reads the brief, without a login. Raising `brief_key` makes it lead nowhere."""
        return f"/b/{signed('brief', self.pk, self.brief_key)}/"
