"""Campaigns of a brand, with how many deals they have and what they cost so far."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, DecimalField, F, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from campaigns.enums import COUNTED_COSTS, DealStatus
from campaigns.models import Campaign, CostLine, Deal
from team.models import Brand

STATUSES = (("running", "Running"), ("upcoming", "Upcoming"), ("ended", "Ended"))
_AMOUNT = DecimalField(max_digits=19, decimal_places=3)


@dataclass(frozen=True)
class Costs:
    """Spent so far, in CAC and beside it (boost, overhead). Commission follows from orders and is not in here."""

    counted: Decimal
    beside: Decimal

    @property
    def total(self) -> Decimal:
        """Everything that the budget has to hold."""
        return self.counted + self.beside


def campaign_rows(brand: Brand | None, *, find: str, status: str, today: date) -> QuerySet[Campaign]:
    """The brand's campaigns that match, newest first, each with `deal_count` and `cost`."""
    rows = Campaign.objects.filter(brand=brand)
    if find:
        rows = rows.filter(Q(name__icontains=find) | Q(slug__icontains=find))
    if status in _IN_STATUS:
        rows = rows.filter(_IN_STATUS[status](today))
    return rows.annotate(deal_count=_deals(), cost=_cost()).order_by(
        F("starts_on").desc(nulls_last=True), "name", "pk"
    )


def status_of(campaign: Campaign, today: date) -> str:
    """`running`, `upcoming` or `ended`: a campaign without dates runs."""
    if campaign.starts_on and campaign.starts_on > today:
        return "upcoming"
    return "ended" if campaign.ends_on and campaign.ends_on < today else "running"


def campaign_sums(rows: QuerySet[Campaign]) -> dict[str, Any]:
    """Deals, cost and budget over all matching campaigns, not only the page's."""
    return rows.aggregate(campaigns=Count("pk"), deals=Sum("deal_count"), spent=Sum("cost"), planned=Sum("budget"))


def costs_of(campaign: Campaign) -> Costs:
    """What the campaign has cost so far."""
    lines = CostLine.objects.in_own_money().filter(deal__campaign=campaign)
    sums = lines.aggregate(
        counted=Sum("amount", filter=Q(kind__in=COUNTED_COSTS)),
        beside=Sum("amount", filter=~Q(kind__in=COUNTED_COSTS)),
    )
    return Costs(counted=sums["counted"] or Decimal(0), beside=sums["beside"] or Decimal(0))


def _upcoming(today: date) -> Q:
    return Q(starts_on__gt=today)


def _ended(today: date) -> Q:
    return Q(ends_on__lt=today)


def _running(today: date) -> Q:
    return (Q(starts_on=None) | Q(starts_on__lte=today)) & (Q(ends_on=None) | Q(ends_on__gte=today))


_IN_STATUS = {"running": _running, "upcoming": _upcoming, "ended": _ended}


def _deals() -> Coalesce:
    deals = Deal.objects.filter(campaign=OuterRef("pk")).exclude(status=DealStatus.CANCELLED).order_by()
    return Coalesce(Subquery(deals.values("campaign").annotate(n=Count("pk")).values("n")), Value(0))


def _cost() -> Coalesce:
    lines = CostLine.objects.in_own_money().filter(deal__campaign=OuterRef("pk"), kind__in=COUNTED_COSTS)
    total = lines.order_by().values("deal__campaign").annotate(total=Sum("amount")).values("total")
    return Coalesce(Subquery(total), Value(Decimal(0)), output_field=_AMOUNT)
