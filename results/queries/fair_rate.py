"""What only results know of a fair rate: exchange rates, and the new customers that a deal brings."""

from datetime import date
from decimal import Decimal

from scipy.special import gammaincinv

from campaigns.enums import DealStatus
from campaigns.models import Campaign, Deal
from config.lib.words import count
from creators.logic.fair_rate import Goal
from results.models import ExchangeRate
from results.queries.policies import CODE_FIRST
from results.queries.sums import CreditSums, credit_by_deal
from team.models import Brand

_LEAST = 3  # completed deals, under which a mean says nothing
_NEWEST = 500


def worth_in(brand: Brand, *, today: date) -> dict[str, Decimal]:
    """What a unit of each currency is worth in the brand's today; its own is 1."""
    held = ExchangeRate.objects.filter(brand=brand, starts_on__lte=today).order_by("currency", "-starts_on")
    worth = {each.currency: each.rate for each in held.distinct("currency")}
    return worth | ({brand.currency: Decimal(1)} if brand.currency else {})


def goal_of(campaign: Campaign, *, other_costs: Decimal) -> Goal | None:
    """The campaign's target CAC with the new customers that a completed deal of its brand brought.

    The mean of deals is Gamma(n + 1/2, deals), and low and high hold 90 % of it. None without a target.
    """
    if campaign.target_cac is None:
        return None
    done = Deal.objects.filter(brand=campaign.brand_id, status=DealStatus.COMPLETED).order_by("-pk")
    deals = list(done.values_list("pk", flat=True)[:_NEWEST])
    if len(deals) < _LEAST:
        why = f"{count(len(deals))} of {campaign.brand}’s deals completed, {_LEAST} are needed"
        return Goal(campaign.target_cac, None, other_costs, why)
    sums = credit_by_deal(campaign.brand, deals, policy=CODE_FIRST, first=None, last=None)
    n = float(CreditSums.total(sums.values()).new_customers)
    if not n:
        why = f"{count(len(deals))} completed deals of {campaign.brand} brought no new customer yet"
        return Goal(campaign.target_cac, None, other_costs, why)
    low, mid, high = [float(gammaincinv(n + 0.5, p)) / len(deals) for p in (0.05, 0.5, 0.95)]
    why = f"{count(len(deals))} completed deals of {campaign.brand} brought {count(n)} new customers"
    return Goal(campaign.target_cac, (low, mid, high), other_costs, why)
