"""What goes out as files: links with their codes and brief links, and deals."""

from collections.abc import Iterable, Iterator
from typing import Any

from campaigns.enums import Medium
from campaigns.logic.channels import ga4_channel
from campaigns.logic.links import PlannedLink
from campaigns.models import Deal, TrackingLink
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
