"""Parcels: made for one or many, picked with an address, changed, and moved on. Sending is in `sending`."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet

from campaigns.enums import ShipmentState
from campaigns.logic.shipments import DAY_OF, sources_of
from campaigns.models import ParcelAddress, Shipment, ShipmentItem
from campaigns.queries.deals import money_of
from campaigns.queries.parcels import Foreseen, Target, foresee
from creators.models import Address
from team.models import Brand, User


@dataclass(frozen=True)
class Parcel:
    """What goes into each parcel: pieces by product id, and what is known of its way."""

    pieces: Mapping[int, int]
    shipping_cost: Decimal = Decimal(0)
    note: str = ""


@dataclass(frozen=True)
class MadeShipments:
    """The new shipments, and who stayed out."""

    ids: list[int]
    foreseen: Foreseen


@dataclass(frozen=True)
class Picked:
    """How many shipments got their address now, had it before, or go to somebody without one."""

    picked: int
    already: int
    without_address: int


@transaction.atomic
def make_shipments(
    brand: Brand, targets: Sequence[Target], parcel: Parcel, *, again: bool, by: User | None, now: datetime
) -> MadeShipments:
    """Plan one parcel for each target who has an address, and with `again` for those who have the product already.

    Two presses at once go one after the other, so that the second finds the parcels of the first. Raises
    IntegrityError (see `config.lib.refusals`) for products of another brand or no pieces.
    """
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext('troupe: shipments'), %s)", [brand.pk])
    foreseen = foresee(brand, targets, parcel.pieces)
    chosen = foreseen.chosen(again=again)
    values: dict[str, Any] = {
        "brand": brand.pk, "creators": [each.creator_id for each in chosen],
        "deals": [each.deal_id for each in chosen],
        "shipping": parcel.shipping_cost, "currency": money_of(brand), "note": parcel.note[:300],
        "by": by.pk if by else None, "now": now, "products": list(parcel.pieces),
        "quantities": list(parcel.pieces.values()),
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_MAKE, values)
        return MadeShipments([pk for (pk,) in cursor.fetchall()], foreseen)


@transaction.atomic
def pick(shipments: QuerySet[Shipment], *, now: datetime) -> Picked:
    """Freeze the creators' present addresses on the planned shipments among these; one that has one keeps it."""
    planned = list(shipments.filter(state=ShipmentState.PLANNED).order_by("pk").values_list("pk", flat=True))
    already = ParcelAddress.objects.filter(shipment__in=planned).count()
    picked = freeze_addresses(planned, now=now)
    return Picked(picked, already, len(planned) - already - picked)


def freeze_addresses(shipment_ids: Iterable[int], *, now: datetime) -> int:
    """Copy each creator's address to those of the shipments that have none. How many got one."""
    with connection.cursor() as cursor:
        cursor.execute(_FREEZE, {"ids": list(shipment_ids), "now": now})
        return cursor.rowcount


@transaction.atomic
def pick_again(shipment: Shipment, *, now: datetime) -> bool:
    """Take the creator's present address for a planned shipment, instead of the one that it was picked with."""
    planned = Shipment.objects.select_for_update(of=("self",)).filter(pk=shipment.pk, state=ShipmentState.PLANNED)
    if not planned or not Address.objects.filter(creator=shipment.creator_id).exists():
        return False
    ParcelAddress.objects.filter(shipment=shipment).delete()
    return freeze_addresses([shipment.pk], now=now) == 1


@transaction.atomic
def change_pieces(shipment: Shipment, pieces: Mapping[int, int]) -> bool:
    """Other products or quantities in a planned shipment; False where it has left meanwhile."""
    planned = Shipment.objects.select_for_update(of=("self",)).filter(pk=shipment.pk, state=ShipmentState.PLANNED)
    if not planned:
        return False
    ShipmentItem.objects.filter(shipment=shipment).exclude(product__in=list(pieces)).delete()
    known = {item.product_id: item for item in ShipmentItem.objects.filter(shipment=shipment)}
    for product, quantity in pieces.items():
        item = known.get(product) or ShipmentItem(brand=shipment.brand, shipment=shipment, product_id=product)
        if item.pk is None or item.quantity != quantity:
            item.quantity = quantity
            item.save()
    return True


@dataclass(frozen=True)
class MovedShipments:
    """How many shipments moved, and how many may not go there from where they are."""

    moved: int
    refused: int


@transaction.atomic
def move_shipments(shipments: QuerySet[Shipment], to: ShipmentState | str, *, on: date) -> MovedShipments:
    """Mark these as delivered, returned or cancelled on a day, each only if `logic.shipments.MOVES` lets it.

    What comes back reverses no cost: what it cost to send it was spent. Raises ValueError for "sent" and "planned",
    IntegrityError for a day before the sending.
    """
    day = DAY_OF.get(ShipmentState(to))
    if day is None:
        raise ValueError(f"Nothing is moved to {to!r} here.")
    total = shipments.count()
    fields: dict[str, Any] = {"state": to, day: on}
    movable = list(shipments.filter(state__in=sources_of(to)).order_by().values_list("pk", flat=True))
    moved = Shipment.objects.filter(pk__in=movable, state__in=sources_of(to)).update(**fields)
    return MovedShipments(moved, total - moved)


_MAKE = """
with wanted as (
  select * from unnest(%(creators)s::bigint[], %(deals)s::bigint[]) as given (creator_id, deal_id)
), added as (
  insert into campaigns_shipment (brand_id, creator_id, deal_id, state, carrier, tracking, shipping_cost, currency,
                                  note, made_by_id, made_at)
  select %(brand)s, creator_id, deal_id, 'planned', '', '', %(shipping)s, %(currency)s, %(note)s, %(by)s, %(now)s
  from wanted
  returning id
), items as (
  insert into campaigns_shipmentitem (brand_id, shipment_id, shipment_state, product_id, quantity)
  select %(brand)s, added.id, 'planned', content.product_id, content.quantity
  from added cross join unnest(%(products)s::bigint[], %(quantities)s::int[]) as content (product_id, quantity)
)
select id from added order by id"""

_FREEZE = """
insert into campaigns_parceladdress (brand_id, shipment_id, name, street, street_2, postcode, city, region, country,
                                     phone, picked_at)
select s.brand_id, s.id, a.name, a.street, a.street_2, a.postcode, a.city, a.region, a.country, a.phone, %(now)s
from campaigns_shipment s join creators_address a on a.creator_id = s.creator_id
where s.id = any(%(ids)s)
on conflict (shipment_id) do nothing"""
