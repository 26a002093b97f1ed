"""The CAC report: one frozen question, one frozen answer that the page, the CSV and the API all print."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, OuterRef, Q, Subquery, Sum

from campaigns.enums import Medium
from campaigns.models import Campaign, Code, CostLine, Deal
from config.lib.estimates import Estimate
from results.enums import NotCounted
from results.logic.cac import Cac, cac_alone, cac_of_creators
from results.logic.sentences import chance_words
from results.models import ClickDay, Order
from results.queries.costs import Costs, costs_by_deal
from results.queries.policies import CODE_FIRST
from results.queries.sums import CreditSums, credit_by_deal
from team.models import Brand


@dataclass(frozen=True, kw_only=True)
class Lens:
    """How to look at any deals of a brand. `first` and `last` are its days, both included; None: an open end."""

    brand: Brand
    policy: str = CODE_FIRST
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, kw_only=True)
class ReportQuery(Lens):
    """What is asked about a campaign. `target` is a cost per new customer in the brand's currency."""

    campaign: Campaign
    now: datetime
    target: Decimal | None = None


@dataclass(frozen=True)
class Figures:
    """The figures of one deal or of all. `commission` is part of `cost`; `costs` holds its other parts."""

    clicks: int
    unique_clicks: int
    credit: CreditSums
    costs: Costs
    commission: Decimal
    cac: Cac

    @property
    def cost(self) -> Decimal:
        """What is in the CAC."""
        return self.costs.counted + self.commission

    @property
    def roas(self) -> Decimal | None:
        """Net sales for each unit of cost, to four places; None where nothing was spent."""
        return round(self.credit.net / self.cost, 4) if self.cost else None

    @property
    def chance_below_target(self) -> str:
        """How likely the cost of a new customer lies below the target, in words."""
        return chance_words(self.cac.p_below_target)

    @property
    def estimate(self) -> Estimate:
        """The cost of a new customer."""
        return self.cac.estimate


@dataclass(frozen=True)
class DealRow:
    """One deal of the campaign with its figures. `code` is the creator's latest code of this brand, if any."""

    deal: int
    creator: int
    handle: str
    platform: str
    code: str | None
    figures: Figures


@dataclass(frozen=True)
class CacReport:
    """The answer. `since` is the brand's first order day here: "new" means new to our records since then."""

    query: ReportQuery
    rows: tuple[DealRow, ...]
    totals: Figures
    since: date | None
    waiting: int

    @property
    def deals(self) -> int:
        """How many deals the campaign has."""
        return len(self.rows)


def cac_report(query: ReportQuery) -> CacReport:
    """One row a deal, those without orders too, by handle; and their totals. Needs the brand's scope to be open.

    Orders and clicks are those of the period. A deal's cost, its commission included, falls in the period of the
    deal's start.
    """
    deals = _deals(query)
    figures = _with_cac(query, figures_of(query, deals))
    since, waiting = _records(query.brand)
    return CacReport(
        query=query,
        rows=tuple(_row(deal, of) for deal, of in zip(deals, figures, strict=True)),
        totals=totalled(figures, target=query.target),
        since=since,
        waiting=waiting,
    )


def _row(deal: Any, figures: Figures) -> DealRow:
    return DealRow(deal.pk, deal.creator_id, deal.profile.handle, deal.profile.platform, deal.code, figures)


def _deals(query: ReportQuery) -> list[Deal]:
    codes = Code.objects.filter(brand=query.brand, creator=OuterRef("creator")).order_by("-created_at", "-pk")
    deals = Deal.objects.filter(brand=query.brand, campaign=query.campaign).select_related("profile", "campaign")
    deals = deals.annotate(code=Subquery(codes.values("code")[:1]))
    return sorted(deals.order_by(), key=lambda deal: (deal.profile.handle, deal.profile.platform))


def figures_of(lens: Lens, deals: Sequence[Deal]) -> list[Figures]:
    """The figures of each deal (with its campaign at hand), but for the CAC, which needs to know beside whom."""
    ids = [deal.pk for deal in deals]
    credit = credit_by_deal(lens.brand, ids, policy=lens.policy, first=lens.first, last=lens.last)
    # By campaign, since a list of a thousand deals takes longer to write down than to look up.
    campaigns = sorted({deal.campaign_id for deal in deals})
    costs = costs_by_deal(lens.brand, CostLine.objects.filter(brand=lens.brand, deal__campaign__in=campaigns))
    clicks = clicks_by_deal(lens, campaigns)
    return [
        _of_deal(lens, deal, credit.get(deal.pk, CreditSums()), costs.get(deal.pk, Costs()), clicks.get(deal.pk))
        for deal in deals
    ]


def _with_cac(query: ReportQuery, figures: list[Figures]) -> list[Figures]:
    found = cac_of_creators(
        [float(row.credit.new_customers) for row in figures],
        [float(row.cost) for row in figures],
        target=None if query.target is None else float(query.target),
    )
    return [replace(row, cac=cac) for row, cac in zip(figures, found, strict=True)]


_UNKNOWN = cac_alone(0, 0)


def _of_deal(lens: Lens, deal: Deal, credit: CreditSums, costs: Costs, clicks: tuple[int, int] | None) -> Figures:
    within = _within(lens, start_of(deal, lens.brand))
    return Figures(
        *(clicks or (0, 0)),
        credit=credit,
        costs=costs if within else Costs(),
        commission=credit.commission if within else Decimal(0),
        cac=_UNKNOWN,
    )


def start_of(deal: Deal, brand: Brand) -> date:
    """The day in whose period a deal's costs fall: its own start, else its campaign's, else the day it was made."""
    return deal.starts_on or deal.campaign.starts_on or deal.created_at.astimezone(ZoneInfo(brand.time_zone)).date()


def _within(lens: Lens, day: date) -> bool:
    return (lens.first is None or lens.first <= day) and (lens.last is None or day <= lens.last)


def in_period(lens: Lens, moment: str) -> Q:
    """The condition that `moment` (a path to a datetime) lies on one of the period's days."""
    zone, within = ZoneInfo(lens.brand.time_zone), Q()
    if lens.first:
        within &= Q(**{f"{moment}__gte": datetime.combine(lens.first, time(), zone)})
    if lens.last:
        within &= Q(**{f"{moment}__lt": datetime.combine(lens.last + timedelta(days=1), time(), zone)})
    return within


def clicks_by_deal(lens: Lens, campaigns: Iterable[int]) -> dict[int, tuple[int, int]]:
    """Clicks and unique clicks of each deal's organic links in the period; boosted ones are paid for elsewhere."""
    days = ClickDay.objects.filter(
        brand=lens.brand, link__deal__campaign__in=campaigns, link__medium=Medium.INFLUENCER
    )
    if lens.first:
        days = days.filter(day_on__gte=lens.first)
    if lens.last:
        days = days.filter(day_on__lte=lens.last)
    sums = days.order_by().values_list("link__deal").annotate(Sum("clicks"), Sum("unique_clicks"))
    return {deal: (clicks, unique) for deal, clicks, unique in sums}


def first_order_day(brand: Brand) -> date | None:
    """The day of the brand's first counted order here, by its own days."""
    return _records(brand)[0]


def _records(brand: Brand) -> tuple[date | None, int]:
    """Since when the brand has orders here, and how many wait for an exchange rate, in one query."""
    orders = Order.objects.filter(brand=OuterRef("pk"))
    first = orders.filter(not_counted="").order_by("ordered_at", "pk").values("ordered_at")[:1]
    waiting = orders.filter(not_counted=NotCounted.NO_RATE).order_by().values("brand").annotate(n=Count("pk"))
    at, count = Brand.objects.filter(pk=brand.pk).values_list(Subquery(first), Subquery(waiting.values("n"))).get()
    return (at.astimezone(ZoneInfo(brand.time_zone)).date() if at else None, count or 0)


def totalled(figures: Iterable[Figures], *, target: Decimal | None) -> Figures:
    """The sums of some figures, and the CAC of the sums, which learns from nobody."""
    rows = list(figures)
    total = Figures(
        clicks=sum(row.clicks for row in rows),
        unique_clicks=sum(row.unique_clicks for row in rows),
        credit=CreditSums.total(row.credit for row in rows),
        costs=Costs.total(row.costs for row in rows),
        commission=sum((row.commission for row in rows), Decimal(0)),
        cac=_UNKNOWN,
    )
    cac = cac_alone(
        float(total.credit.new_customers), float(total.cost), target=None if target is None else float(target)
    )
    return replace(total, cac=cac)
