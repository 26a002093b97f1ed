"""Orders of a brand's shops, with what they say about who sent the customer."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from config.lib.constraints import Agrees
from config.lib.fields import AmountField
from results.enums import NotCounted, OrderKind
from results.models.seals import seal_breakers
from team.models import Brand, Job
from team.scopes import brand_manager


class Shop(models.Model):
    """Where orders come from. A file upload without a shop of its own goes to the brand's first one."""

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="shops")
    name = models.CharField(max_length=120)

    objects = brand_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=("brand", "name"),
                name="one_shop_per_brand_and_name",
                violation_error_message="This brand already has a shop of this name.",
            )
        ]

    def __str__(self) -> str:
        return self.name


class OrderQuerySet(models.QuerySet):
    """Orders in the words of the trade."""

    def counted(self) -> "OrderQuerySet":
        """Orders that are in the sums."""
        return self.filter(not_counted="")


class Order(models.Model):
    """One order as its shop last told it. `gross` and `net` are in the brand's currency, null while no rate is known.

    `customer` is the keyed hash of the normalised e-mail, empty where there was none. `is_first` is derived: the
    earliest counted order of that customer in this brand's history here. `facts` is a fingerprint of everything the
    shop said, so that a second import of the same facts changes nothing.
    """

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="orders")
    shop = models.ForeignKey(Shop, models.CASCADE, related_name="orders")
    external_id = models.CharField(max_length=64)
    name = models.CharField(max_length=64, blank=True)
    kind = models.CharField(max_length=8, choices=OrderKind, default=OrderKind.SALE)
    ordered_at = models.DateTimeField()
    status = models.CharField(max_length=24, blank=True)
    not_counted = models.CharField(max_length=16, choices=NotCounted, blank=True)
    currency = models.CharField(max_length=3)
    subtotal = AmountField()
    total = AmountField()
    discount = AmountField(default=0)
    refunded = AmountField(default=0)
    rate = models.DecimalField(max_digits=18, decimal_places=8, null=True, blank=True)
    gross = AmountField(null=True, blank=True)
    net = AmountField(null=True, blank=True)
    customer = models.BinaryField(max_length=32)
    is_first = models.BooleanField(default=False)
    codes = ArrayField(models.CharField(max_length=255), default=list)
    utm = models.JSONField(default=dict)
    country = models.CharField(max_length=60, blank=True)
    facts = models.BinaryField(max_length=32)
    imported_at = models.DateTimeField(default=timezone.now)

    objects = brand_manager(OrderQuerySet)

    class Meta:
        ordering = ("-ordered_at", "-pk")
        indexes = [
            models.Index(fields=("brand", "ordered_at", "id"), name="order_by_time"),
            models.Index(fields=("brand", "customer", "ordered_at"), name="order_by_customer"),
            models.Index(fields=("brand", "name"), name="order_by_name"),
            # So that orders waiting for a rate are counted at once, however many others there are.
            models.Index(fields=("brand",), condition=Q(not_counted="no_rate"), name="order_without_rate"),
        ]
        # A new order has no credit yet, and a deleted one takes its credit along.
        triggers = seal_breakers("order", only_updates=True)
        constraints = [
            Agrees(
                fk="shop",
                name="order_is_of_its_shops_brand",
                violation_error_message="An order and its shop belong to the same brand.",
            ),
            models.UniqueConstraint(
                fields=("shop", "external_id"),
                name="one_order_per_shop_and_id",
                violation_error_message="This order is already here.",
            ),
            models.CheckConstraint(
                condition=Q(subtotal__gte=0, total__gte=0, refunded__gte=0, discount__gte=0),
                name="order_amounts_are_not_negative",
                violation_error_message="An order's amounts may not be negative.",
            ),
            models.CheckConstraint(
                condition=Q(rate__isnull=True, gross__isnull=True, net__isnull=True, not_counted__gt="")
                | Q(rate__isnull=False, gross__isnull=False, net__isnull=False, rate__gt=0, gross__gte=0, net__gte=0),
                name="order_without_rate_is_in_no_sum",
                violation_error_message="An order without an exchange rate cannot be counted.",
            ),
            models.UniqueConstraint(
                fields=("brand", "customer"),
                condition=Q(is_first=True) & ~Q(customer=b""),
                name="one_first_order_per_customer",
                violation_error_message="This customer already has a first order.",
            ),
            models.CheckConstraint(
                condition=Q(not_counted="") | Q(not_counted__in=NotCounted.values),
                name="order_reason_is_known",
                violation_error_message="Choose one of the known reasons.",
            ),
            models.CheckConstraint(
                condition=Q(is_first=False) | Q(not_counted=""),
                name="first_order_is_counted",
                violation_error_message="Only a counted order can be somebody's first.",
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.external_id

    @property
    def customer_word(self) -> str:
        """Whether the customer is new to our records, returning, or unknown. Blank where the order is in no sum."""
        if self.not_counted:
            return ""
        if not bytes(self.customer):
            return "unknown"
        return "new" if self.is_first else "returning"


class RawOrder(models.Model):
    """What the shop sent for an order, without anything that names a person, under the job that brought it."""

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="+")
    order = models.OneToOneField(Order, models.CASCADE, related_name="raw")
    job = models.ForeignKey(Job, models.SET_NULL, null=True, blank=True, related_name="+")
    line = models.PositiveIntegerField(null=True, blank=True)
    rows = models.JSONField()
    stored_at = models.DateTimeField(default=timezone.now)

    objects = brand_manager()

    def __str__(self) -> str:
        return f"raw {self.order_id}"
