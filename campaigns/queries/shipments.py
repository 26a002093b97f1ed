"""Shipments as lists and files show them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import DecimalField, F, OuterRef, Prefetch, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from campaigns.enums import LEFT, ShipmentState
from campaigns.models import ParcelAddress, Product, Shipment, ShipmentItem
from config.lib.ids import id_of
from creators.models import Creator
from creators.queries.creators import creators_found_by
from team.models import Brand

_AMOUNT = DecimalField(max_digits=19, decimal_places=3)
HAS_LEFT = "left"
"""The filter's word for every parcel that left us, whatever became of it."""


@dataclass(frozen=True)
class ShipmentFilter:
    """What a person asks the list for; blank is everything.

    `state` is one of the states or `HAS_LEFT`; `campaign` is the campaign's short name, the others are ids.
    """

    q: str = ""
    state: str = ""
    campaign: str = ""
    product: int | None = None
    creator: int | None = None
    deal: int | None = None
    ids: list[int] = field(default_factory=list)


def shipments_matching(brand: Brand, wanted: ShipmentFilter) -> QuerySet[Shipment]:
    """The brand's shipments that a filter means, bare: for actions over everything that matches."""
    found = Shipment.objects.filter(brand=brand)
    if wanted.q:
        found = found.filter(_found_by(wanted.q))
    if wanted.state:
        found = found.filter(state__in=LEFT if wanted.state == HAS_LEFT else [wanted.state])
    if wanted.campaign:
        found = found.filter(deal__campaign__slug=wanted.campaign)
    if wanted.product:
        found = found.filter(pk__in=ShipmentItem.objects.filter(product=wanted.product).values("shipment"))
    if wanted.creator:
        found = found.filter(creator=wanted.creator)
    if wanted.deal:
        found = found.filter(deal=wanted.deal)
    return found.filter(pk__in=wanted.ids) if wanted.ids else found


def shipment_rows(brand: Brand, wanted: ShipmentFilter) -> QuerySet[Shipment]:
    """The same, newest first, with creator, campaign and items, and `goods` (products at cost), in two queries."""
    return with_goods(shipments_matching(brand, wanted))


def with_goods(shipments: QuerySet[Shipment]) -> QuerySet[Shipment]:
    """Shipments with what a line of a list shows of each."""
    rows = shipments.select_related("creator", "deal__campaign")
    return rows.annotate(goods=_goods()).prefetch_related(_items()).order_by("-pk")


def newest_shipments(creator: Creator, *, limit: int = 5) -> list[Shipment]:
    """A creator's newest shipments in the brands of the open scope, in two queries."""
    return list(with_goods(Shipment.objects.filter(creator=creator))[:limit])


def pick_list(brand: Brand, wanted: ShipmentFilter) -> QuerySet[Shipment]:
    """The picked and still planned shipments that match, with items and frozen address, by the name on the parcel."""
    rows = shipments_matching(brand, wanted).filter(state=ShipmentState.PLANNED, parcel__isnull=False)
    return rows.select_related("parcel", "creator").prefetch_related(_items()).order_by("parcel__name", "pk")


def products(brand: Brand, *, q: str = "", archived: bool = False) -> QuerySet[Product]:
    """The brand's products by name, with how many pieces were `sent` and are `planned`."""
    found = Product.objects.filter(brand=brand, is_archived=archived)
    if q:
        found = found.filter(Q(name__icontains=q) | Q(sku__icontains=q))
    return found.annotate(sent=_pieces(*LEFT), planned=_pieces(ShipmentState.PLANNED))


def has_parcel(shipment_ids: Iterable[int]) -> set[int]:
    """Which of these shipments are picked."""
    return set(ParcelAddress.objects.filter(shipment__in=list(shipment_ids)).values_list("shipment", flat=True))


def _items() -> Prefetch:
    return Prefetch("items", ShipmentItem.objects.select_related("product"))


def _found_by(words: str) -> Q:
    found = Q(creator__in=creators_found_by(words)) | Q(tracking__icontains=words)
    number = id_of(words.lstrip("#"))
    return found | Q(pk=number) if number else found


def _pieces(*states: str) -> Coalesce:
    items = ShipmentItem.objects.filter(product=OuterRef("pk"), shipment_state__in=states).order_by()
    return Coalesce(Subquery(items.values("product").annotate(n=Sum("quantity")).values("n")), Value(0))


def _goods() -> Coalesce:
    """What the pieces cost: as fixed at sending, before that as the products cost now."""
    items = ShipmentItem.objects.filter(shipment=OuterRef("pk")).order_by().values("shipment")
    each: Any = F("quantity") * Coalesce("unit_cost", "product__unit_cost")
    return Coalesce(Subquery(items.annotate(n=Sum(each)).values("n")), Value(Decimal(0)), output_field=_AMOUNT)
