"""What a brand gives and sells."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper
from django.utils import timezone

from config.lib.fields import AmountField
from team.history import keeps_history
from team.models import Brand
from team.scopes import brand_manager


class ProductQuerySet(models.QuerySet):
    """Products in the words of the trade."""

    def on_offer(self) -> "ProductQuerySet":
        """Those that may still be sent."""
        return self.filter(is_archived=False)


@keeps_history()
class Product(models.Model):
    """A product: `unit_cost` is what one piece costs the brand, `list_price` what the shop asks for it.

    The SKU is the shop's own number of it, compared without regard to case. An archived product stays in what was
    sent and is no longer offered.
    """

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="products")
    name = models.CharField(max_length=160)
    sku = models.CharField("SKU", max_length=64, blank=True)
    unit_cost = AmountField("cost of one piece")
    list_price = AmountField(null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    is_archived = models.BooleanField(default=False, db_default=False)
    made_at = models.DateTimeField(default=timezone.now)

    objects = brand_manager(ProductQuerySet)

    class Meta:
        ordering = ("name", "pk")
        constraints = [
            models.UniqueConstraint(
                "brand",
                Upper("sku"),
                condition=~Q(sku=""),
                name="one_product_per_brand_and_sku",
                violation_error_message="Another product of this brand has this SKU.",
            ),
            models.CheckConstraint(
                condition=~Q(name=""),
                name="product_has_a_name",
                violation_error_message="A product needs a name.",
            ),
            models.CheckConstraint(
                condition=Q(unit_cost__gte=0) & (Q(list_price__isnull=True) | Q(list_price__gte=0)),
                name="product_amounts_are_not_negative",
                violation_error_message="Cost and list price may not be negative.",
            ),
        ]

    def __str__(self) -> str:
        return self.name
