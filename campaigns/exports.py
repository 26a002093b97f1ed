"""What goes out as files: links with their codes and brief links, and deals."""

from collections.abc import Iterable, Iterator
from typing import Any

from campaigns.enums import Medium
from campaigns.logic.channels import ga4_channel
from campaigns.logic.links import PlannedLink
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
