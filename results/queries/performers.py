"""Who performs best for a brand, and on what ground, for the overlay "top performer"."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from campaigns.enums import Kpi
from campaigns.models import Deal
from config.lib.words import count
from creators.enums import Level, Stage, Verdict
from creators.logic.benchmarks import basis_of, benchmark_for
from creators.logic.engagement import LATEST, verdict_of
from creators.logic.lifecycle import Ground
from creators.logic.tiers import tier_of
from creators.models import Assessment, LifecycleSpan, Profile
from creators.queries.benchmarks import cells
from creators.queries.means import mean_rates
from results.logic.quartiles import top_quartile
from results.queries.reports import Figures, Lens, figures_of
from team.models import Brand

_MEASURES = {
    Kpi.NEW_CUSTOMERS: lambda figures: figures.credit.new_customers,
    Kpi.ORDERS: lambda figures: figures.credit.orders,
    Kpi.CLICKS: lambda figures: figures.unique_clicks,
}
_WORDS = {
    Kpi.NEW_CUSTOMERS: "new customers for their cost",
    Kpi.ORDERS: "orders for their cost",
    Kpi.CLICKS: "clicks for their cost",
}


def top_performers(brand: Brand, *, now: datetime) -> dict[int, Ground]:
    """The brand's top performers among those with a stage that is not inactive, each with its ground."""
    spans = LifecycleSpan.objects.stages().open().filter(brand=brand).exclude(stage=Stage.INACTIVE)
    active = set(spans.values_list("creator", flat=True))
    figures = _figures(brand, active)
    ordered = {deal.creator_id for deal, each in figures if each.credit.orders}
    return _by_posts(active - ordered, now=now) | _by_results(brand, figures)


def _figures(brand: Brand, creators: set[int]) -> list[tuple[Deal, Figures]]:
    # Cancelled ones too, as in the report: what they cost is spent, and their codes may still sell.
    deals = Deal.objects.filter(brand=brand).select_related("campaign")
    found = [deal for deal in deals.order_by("pk") if deal.creator_id in creators]
    return list(zip(found, figures_of(Lens(brand=brand), found), strict=True))


def _by_results(brand: Brand, figures: list[tuple[Deal, Figures]]) -> dict[int, Ground]:
    """The top quartile of each KPI over the brand's campaigns that are judged by it."""
    found: dict[int, Ground] = {}
    for kpi, measure in _MEASURES.items():
        results: dict[int, float] = defaultdict(float)
        costs: dict[int, float] = defaultdict(float)
        for deal, each in figures:
            if deal.campaign.kpi == kpi:
                results[deal.creator_id] += float(measure(each))
                costs[deal.creator_id] += float(each.cost)
        creators = sorted(results)
        named = top_quartile([results[c] for c in creators], [costs[c] for c in creators], seed=brand.pk)
        paid = count(sum(cost > 0 for cost in costs.values()))
        why = f"In the top quartile of {paid} creators by {_WORDS[kpi]}"
        found |= {creators[place]: Ground("top_quartile", why) for place in named}
    return found


def _by_posts(creators: Iterable[int], *, now: datetime) -> dict[int, Ground]:
    """Whose main profile is clear and beats its benchmark 1.5 times over 15 posts."""
    clear = Assessment.objects.current().filter(level=Level.CLEAR).values("profile")
    mains = Profile.objects.filter(creator__in=list(creators), is_main=True, pk__in=clear)
    profiles = list(mains.order_by("pk"))
    means = mean_rates([profile.pk for profile in profiles], posts=LATEST, now=now)
    own = cells()
    why = f"Engagement is over 1.5 times the benchmark on {LATEST} posts"
    return {
        profile.creator_id: Ground("top_posts", why)
        for profile in profiles
        if profile.pk in means and _is_exceptional(profile, means[profile.pk], own)
    }


def _is_exceptional(profile: Profile, mean: float, own: list) -> bool:
    tier = tier_of(profile.followers)
    near = [cell for cell in own if cell.platform == profile.platform and cell.tier == tier]
    benchmark = benchmark_for(profile.platform, tier, "", basis=basis_of(profile.platform), cells=near)
    return benchmark is not None and verdict_of(mean, benchmark.rate) == Verdict.EXCEPTIONAL
