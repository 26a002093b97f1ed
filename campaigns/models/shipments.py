"""What was sent to whom: a parcel, what is in it, and the address that it was packed with."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Upper
from django.utils import timezone

from campaigns.enums import ShipmentState as S
from campaigns.models.deal import Deal
from campaigns.models.products import Product
from config.lib.constraints import Agrees, Follows
from config.lib.fields import AmountField
from creators.models import Creator, PostalAddress
from team.history import keeps_history
from team.models import Brand
from team.scopes import brand_manager

_NOT_SENT = (S.PLANNED, S.CANCELLED)
_SENT = (S.SENT, S.DELIVERED, S.RETURNED)


class ShipmentQuerySet(models.QuerySet):
    """Shipments in the words of the trade."""

    def sent(self) -> "ShipmentQuerySet":
        """Those that left, wherever they are now."""
        return self.filter(state__in=_SENT)

    def standing(self) -> "ShipmentQuerySet":
        """Those that were not cancelled."""
        return self.exclude(state=S.CANCELLED)


@keeps_history()
class Shipment(models.Model):
    """One parcel to one creator; all its amounts are in `currency`.

    `shipping_cost` is an estimate until the parcel is sent. `ended_on` is the day it came back or was cancelled. A
    parcel that was sent stays sent: it can arrive and come back, but not be cancelled.
    """

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="shipments")
    creator = models.ForeignKey(Creator, models.PROTECT, related_name="shipments")
    deal = models.ForeignKey(Deal, models.RESTRICT, null=True, blank=True, related_name="shipments")
    state = models.CharField(max_length=10, choices=S, default=S.PLANNED)
    carrier = models.CharField(max_length=60, blank=True)
    tracking = models.CharField("tracking number", max_length=80, blank=True)
    sent_on = models.DateField(null=True, blank=True)
    delivered_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    shipping_cost = AmountField("shipping", default=0)
    currency = models.CharField(max_length=3, blank=True)
    note = models.CharField(max_length=300, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    objects = brand_manager(ShipmentQuerySet)

    class Meta:
        ordering = ("-pk",)
        indexes = [
            models.Index(fields=("brand", "state", "-id"), name="shipment_by_state"),
            models.Index(fields=("brand", "creator"), name="shipment_by_creator"),
        ]
        constraints = [
            Agrees(
                fk="deal",
                name="shipment_is_of_its_deals_brand",
                violation_error_message="A shipment and its deal belong to the same brand.",
            ),
            Agrees(
                fk="deal",
                on="creator",
                name="shipment_goes_to_its_deals_creator",
                violation_error_message="A shipment goes to the creator of its deal.",
            ),
            models.UniqueConstraint(
                "brand",
                Upper("carrier"),
                Upper("tracking"),
                condition=~Q(tracking=""),
                name="one_shipment_per_tracking_number",
                violation_error_message="Another shipment has this tracking number with this carrier.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=S.values),
                name="a_shipment_has_a_known_state",
                violation_error_message="Choose planned, sent, delivered, returned or cancelled.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=_NOT_SENT, sent_on__isnull=True) | Q(state__in=_SENT, sent_on__isnull=False),
                name="sent_shipment_has_its_day",
                violation_error_message="A shipment that was sent needs its day, and one that was not has none.",
            ),
            models.CheckConstraint(
                condition=Q(delivered_on__isnull=True) & ~Q(state=S.DELIVERED)
                | Q(delivered_on__isnull=False, state__in=(S.DELIVERED, S.RETURNED)),
                name="delivered_shipment_has_its_day",
                violation_error_message="A shipment that arrived needs its day, and one that did not has none.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=(S.RETURNED, S.CANCELLED), ended_on__isnull=False)
                | Q(state__in=(S.PLANNED, S.SENT, S.DELIVERED), ended_on__isnull=True),
                name="ended_shipment_has_its_day",
                violation_error_message="A shipment that came back or was cancelled needs its day.",
            ),
            models.CheckConstraint(
                condition=(Q(delivered_on__isnull=True) | Q(delivered_on__gte=F("sent_on")))
                & (Q(ended_on__isnull=True) | Q(sent_on__isnull=True) | Q(ended_on__gte=F("sent_on"))),
                name="shipment_arrives_after_it_leaves",
                violation_error_message="A shipment cannot arrive or come back before the day it was sent.",
            ),
            models.CheckConstraint(
                condition=Q(shipping_cost__gte=0),
                name="shipment_cost_is_not_negative",
                violation_error_message="The shipping cost may not be negative.",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="a_sent_shipment_stays_sent",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__sent_on__isnull=False, new__sent_on__isnull=True),
                func="raise exception 'a shipment that was sent cannot be cancelled or planned again; "
                "mark it as returned';",
            )
        ]

    def __str__(self) -> str:
        return f"Shipment {self.pk}"

    @property
    def is_sent(self) -> bool:
        """Whether it left, wherever it is now."""
        return self.state in _SENT


@keeps_history(exclude=["shipment_state"])
class ShipmentItem(models.Model):
    """Some pieces of one product in a shipment. `unit_cost` is the product's on the day of sending, frozen then.

    `shipment_state` repeats the shipment's state and follows it, for the check below.
    """

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="+")
    shipment = models.ForeignKey(Shipment, models.CASCADE, related_name="items")
    shipment_state = models.CharField(max_length=10, choices=S, default=S.PLANNED, editable=False)
    product = models.ForeignKey(Product, models.RESTRICT, related_name="items")
    quantity = models.PositiveSmallIntegerField(default=1)
    unit_cost = AmountField(null=True, blank=True, editable=False)

    objects = brand_manager()

    class Meta:
        ordering = ("pk",)
        constraints = [
            Agrees(
                fk="shipment",
                name="shipment_item_is_of_its_shipments_brand",
                violation_error_message="A shipment and what is in it belong to the same brand.",
            ),
            Agrees(
                fk="product",
                name="shipment_item_is_of_its_products_brand",
                violation_error_message="A shipment holds products of its own brand.",
            ),
            Follows(
                fk="shipment",
                column="state",
                copy="shipment_state",
                name="shipment_item_follows_its_shipments_state",
                violation_error_message="The shipment has changed meanwhile. Load the page again.",
            ),
            models.UniqueConstraint(
                fields=("shipment", "product"),
                name="one_item_per_shipment_and_product",
                violation_error_message="This product is in the shipment already; raise its quantity.",
            ),
            models.CheckConstraint(
                condition=Q(quantity__gt=0),
                name="shipment_item_has_a_quantity",
                violation_error_message="Send at least one piece.",
            ),
            models.CheckConstraint(
                condition=Q(unit_cost__isnull=True) | Q(unit_cost__gte=0, shipment_state__in=_SENT),
                name="shipment_item_has_its_cost_once_sent",
                violation_error_message="The cost of a piece is fixed when the shipment is sent, not before.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.product}"


class ParcelAddress(PostalAddress):
    """The address that a shipment was picked with, as it was then. Private, and erased some time after arrival."""

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="+")
    shipment = models.OneToOneField(Shipment, models.CASCADE, related_name="parcel")
    picked_at = models.DateTimeField(default=timezone.now)

    objects = brand_manager()

    class Meta:
        constraints = [
            Agrees(
                fk="shipment",
                name="parcel_address_is_of_its_shipments_brand",
                violation_error_message="A shipment and its address belong to the same brand.",
            ),
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(street="") & ~Q(city="") & ~Q(country=""),
                name="parcel_address_says_who_and_where",
                violation_error_message="A parcel needs a name, a street, a city and a country.",
            ),
        ]

    def __str__(self) -> str:
        return f"Address of {self.shipment}"
