"""The fees of completed deals, kept in the creators' history of rates."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from campaigns.enums import DealStatus
from campaigns.models import Deal
from creators.actions.rates import follow_deals
from creators.enums import RateFormat, RateKind
from creators.models import Rate
from team.models import User


def keep_fees(deals: QuerySet[Deal], *, by: User | None, now: datetime) -> None:
    """Let each completed deal among these have one paid rate: its fee, for its format, on its last day or today.

    A deal without a fee, or of a brand without currency, has none. The caller's transaction holds both.
    """
    done = list(deals.filter(status=DealStatus.COMPLETED).select_related("brand", "profile"))
    paid = [deal for deal in done if deal.fee > 0 and deal.currency]
    if done:
        unpaid = [deal.pk for deal in done if deal.fee <= 0]
        follow_deals([_rate(deal, by=by, now=now) for deal in paid], unpaid=unpaid)


def _rate(deal: Deal, *, by: User | None, now: datetime) -> Rate:
    return Rate(
        brand=deal.brand, profile=deal.profile, format=deal.format or RateFormat.MIXED, kind=RateKind.PAID,
        amount=deal.fee, currency=deal.currency, quoted_on=_day(deal, now), followers=deal.profile.followers,
        deal_number=deal.pk, made_by=by, made_at=now,
    )  # fmt: skip


def _day(deal: Deal, now: datetime) -> date:
    today = now.astimezone(ZoneInfo(deal.brand.time_zone)).date()
    return min(deal.ends_on or today, today)
