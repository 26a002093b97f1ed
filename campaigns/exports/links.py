"""Links with their codes and brief links, as lines of a file."""

from collections.abc import Iterable, Iterator
from typing import Any

from campaigns.enums import Medium
from campaigns.logic.channels import ga4_channel
from campaigns.logic.links import PlannedLink
from campaigns.models import TrackingLink
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
