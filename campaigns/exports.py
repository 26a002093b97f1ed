"""What goes out as files: links with their codes and brief links, deals, shipments and pick lists."""

from collections.abc import Iterable, Iterator
from typing import Any

from campaigns.enums import Medium
from campaigns.logic.channels import ga4_channel
from campaigns.logic.links import PlannedLink
from campaigns.models import Deal, Shipment, TrackingLink
from config.lib.addresses import absolute

HEADER = ("handle", "platform", "code", "link", "target", "brief", "post", "medium", "ga4_channel", "new")


def link_rows(rows: Iterable[PlannedLink], medium: str = Medium.INFLUENCER) -> Iterator[list[Any]]:
    """One row for each link, in the order of `HEADER`; `link` and `target` are blank in a plan not yet made."""
    for row in rows:
        yield [
            row.deal.handle,
            row.deal.platform,
            row.code,
            absolute(f"/r/{row.link.slug}") if row.link else "",
            row.link.target if row.link else "",
            absolute(row.deal.brief_path),
            row.post,
            str(medium),
            ga4_channel(row.deal.platform, medium),
            row.new,
        ]


LINK_HEADER = (
    "handle", "platform", "name", "code", "link", "target", "brief", "post", "medium", "ga4_channel", "off",
)  # fmt: skip


def link_cells(link: TrackingLink) -> list[Any]:
    """One link of `link_list`, in the order of `LINK_HEADER`."""
    profile = link.deal.profile
    return [
        profile.handle,
        profile.platform,
        link.deal.creator.name,
        link.code,  # type: ignore[attr-defined]
        absolute(link.short_path),
        link.target,
        absolute(link.deal.brief_path),
        link.post,
        link.medium,
        ga4_channel(profile.platform, link.medium),
        link.off_at.isoformat() if link.off_at else "",
    ]


DEAL_HEADER = (
    "handle", "platform", "name", "followers", "status", "fee", "product_cost", "shipping_cost",
    "commission_percent", "currency", "cost", "code", "links", "starts_on", "ends_on", "notes",
)  # fmt: skip


def deal_cells(deal: Deal) -> list[Any]:
    """One deal of `deal_rows`, in the order of `DEAL_HEADER`; its terms are named as in a roster."""
    return [
        deal.profile.handle,
        deal.profile.platform,
        deal.creator.name,
        deal.profile.followers,
        deal.status,
        deal.fee,
        deal.product_cost,
        deal.shipping_cost,
        deal.commission_percent,
        deal.currency,
        deal.cost,  # type: ignore[attr-defined]
        deal.code,  # type: ignore[attr-defined]
        deal.link_count,  # type: ignore[attr-defined]
        deal.starts_on,
        deal.ends_on,
        deal.notes,
    ]


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
