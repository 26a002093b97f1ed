"""The brand's campaigns with what each brought and cost, from the same sums as a campaign's own report."""

from collections.abc import Sequence
from dataclasses import dataclass

from campaigns.models import Campaign, Deal
from results.queries.reports import Figures, Lens, figures_of, totalled
from team.models import Brand


@dataclass(frozen=True)
class CampaignTotals:
    """One campaign, its deals and their figures of all time under code-first-1."""

    campaign: Campaign
    deals: int
    totals: Figures


def campaign_totals(brand: Brand, campaigns: Sequence[Campaign]) -> list[CampaignTotals]:
    """The totals of some campaigns of one brand, in a fixed number of queries."""
    deals = list(Deal.objects.filter(brand=brand, campaign__in=campaigns).select_related("campaign").order_by())
    of: dict[int, list[Figures]] = {campaign.pk: [] for campaign in campaigns}
    for deal, figures in zip(deals, figures_of(Lens(brand=brand), deals), strict=True):
        of[deal.campaign_id].append(figures)
    return [
        CampaignTotals(campaign, deals=len(of[campaign.pk]), totals=totalled(of[campaign.pk], target=None))
        for campaign in campaigns
    ]
