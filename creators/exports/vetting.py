"""Vettings as a table."""

from typing import Any

from creators.queries.vetting import mean_of_row

HEADER = [
    "creator", "handle", "brand", "stage", "verdict", "in short", "mean", "judged", "asked to vet by", "since",
    "judged by", "judged on", "audience figures asked", "audience figures received",
]  # fmt: skip


def row(listed: Any) -> list[object]:
    """One vetting of `creators.queries.vetting.with_figures`."""
    mean = mean_of_row(listed)
    return [
        listed.creator.name, listed.handle, listed.brand.name, listed.stage or "", listed.verdict or "waiting",
        listed.reason, round(mean.mean, 2) if mean.mean is not None and mean.is_enough else None, mean.n,
        str(listed.made_by or ""), listed.made_at, str(listed.decided_by or ""), listed.decided_at,
        listed.audience_asked_on, listed.audience_received_on,
    ]  # fmt: skip
