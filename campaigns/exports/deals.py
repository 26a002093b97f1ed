"""Deals with their terms, as lines of a file."""

from typing import Any

from campaigns.models import Deal

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
