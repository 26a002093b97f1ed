"""Who is credibly good: the data leave little doubt that a new customer through them costs less than the target."""

from dataclasses import dataclass
from datetime import datetime

from campaigns.models import Campaign
from config.lib.words import rough_money
from results.logic.cac import Cac
from results.queries.reports import DealRow, ReportQuery, cac_report

SURE = 0.95
"""How likely the cost must lie below the target, where its interval reaches over it."""


@dataclass(frozen=True)
class Good:
    """A creator who is credibly good in a campaign, and why in words."""

    creator_id: int
    handle: str
    words: str


def credibly_good(campaign: Campaign, *, now: datetime) -> list[Good]:
    """Creators of the campaign whose CAC is below its target, by the interval's high end or a chance of 95 %.

    Nobody where the campaign has no target. Costs what its report costs.
    """
    if campaign.target_cac is None:
        return []
    report = cac_report(ReportQuery(brand=campaign.brand, campaign=campaign, now=now, target=campaign.target_cac))
    good = [row for row in report.rows if is_credible(row.figures.cac, target=float(campaign.target_cac))]
    return [_good(row, campaign) for row in good]


def is_credible(cac: Cac, *, target: float) -> bool:
    """Whether the estimate says so; an estimate without a high end says nothing."""
    high, chance = cac.estimate.high, cac.p_below_target
    return (high is not None and high <= target) or (chance is not None and chance >= SURE)


def _good(row: DealRow, campaign: Campaign) -> Good:
    low, high = (
        rough_money(end, campaign.brand.currency) for end in (row.figures.estimate.low, row.figures.estimate.high)
    )
    target = rough_money(campaign.target_cac, campaign.brand.currency)
    return Good(row.creator, row.handle, f"{low} to {high} for a new customer, target {target}")
