"""Shipments and pick lists, as lines of a file."""

from collections.abc import Iterator
from typing import Any

from campaigns.models import Shipment

SHIPMENT_HEADER = (
    "shipment", "creator", "campaign", "state", "items", "carrier", "tracking", "sent_on", "delivered_on", "ended_on",
    "goods", "shipping", "currency", "note",
)  # fmt: skip


def shipment_cells(shipment: Shipment) -> list[Any]:
    """One shipment of `shipment_rows`, in the order of `SHIPMENT_HEADER`; never an address."""
    return [
        shipment.pk,
        shipment.creator.name,
        shipment.deal.campaign.name if shipment.deal else "",
        shipment.state,
        ", ".join(f"{item.quantity} x {item.product.name}" for item in shipment.items.all()),
        shipment.carrier,
        shipment.tracking,
        shipment.sent_on,
        shipment.delivered_on,
        shipment.ended_on,
        shipment.goods,  # type: ignore[attr-defined]
        shipment.shipping_cost,
        shipment.currency,
        shipment.note,
    ]


# The first columns are those of a file of tracking numbers, so that the warehouse fills them in and sends it back.
PICK_HEADER = (
    "shipment", "carrier", "tracking", "sent_on", "cost", "sku", "product", "quantity", "name", "street", "street_2",
    "postcode", "city", "region", "country", "phone", "note",
)  # fmt: skip


def pick_cells(shipment: Shipment) -> Iterator[list[Any]]:
    """One shipment of `pick_list`, a line for each product, in the order of `PICK_HEADER`."""
    to = shipment.parcel
    for item in shipment.items.all():
        yield [
            shipment.pk,
            shipment.carrier,
            shipment.tracking,
            "",
            "",
            item.product.sku,
            item.product.name,
            item.quantity,
            to.name,
            to.street,
            to.street_2,
            to.postcode,
            to.city,
            to.region,
            to.country,
            to.phone,
            shipment.note,
        ]
