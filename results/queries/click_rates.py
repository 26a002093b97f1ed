"""The click-through rate of deals: clicks of people on organic links over what creators reported of the deal's posts.

A link is numbered by post but knows no post of the platform, so the posts of a deal are those of its profile within
the deal's days for which its brand was told numbers; of deals that overlap, the one that began last.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo

from django.db.models import Sum

from campaigns.enums import Medium
from campaigns.models import Deal
from creators.logic.reported import ClickRate, click_rate
from creators.models import CreatorReport
from results.models import ClickDay

Told = list[tuple[int | None, int | None]]


def click_rates(deals: Sequence[Deal]) -> dict[int, ClickRate]:
    """The rate of each deal that has clicks or reports, in two queries. Expects `brand` fetched along.

    Not known where more links were clicked than posts were reported: their clicks would count over too little.
    """
    clicks: dict[int, dict[int, int]] = defaultdict(dict)
    days = ClickDay.objects.filter(link__deal__in=[deal.pk for deal in deals], link__medium=Medium.INFLUENCER)
    summed = days.order_by().values_list("link__deal", "link").annotate(clicks=Sum("clicks"))
    for deal_id, link_id, count in summed:
        if count:
            clicks[deal_id][link_id] = count
    told = _told(deals)
    return {
        deal.pk: _rate(list(clicks[deal.pk].values()), told.get(deal.pk, []))
        for deal in deals
        if deal.pk in told or clicks.get(deal.pk)
    }


def _rate(clicks: list[int], told: Told) -> ClickRate:
    unreported: Told = [(None, None)] * (len(clicks) - len(told))
    return click_rate(sum(clicks), told + unreported)


def _told(deals: Sequence[Deal]) -> dict[int, Told]:
    """By deal, what the newest report of each of its posts says."""
    profiles = {deal.profile_id for deal in deals}
    reports = CreatorReport.objects.filter(post__profile__in=profiles, post__posted_at__isnull=False)
    newest = {
        (report.brand_id, report.post_id): report
        for report in reports.select_related("post").order_by("seen_at", "pk")
    }
    found: dict[int, Told] = defaultdict(list)
    for report in newest.values():
        deal = _deal_of(report, deals)
        if deal:
            found[deal.pk].append((report.impressions, report.reach))
    return found


def _deal_of(report: CreatorReport, deals: Sequence[Deal]) -> Deal | None:
    fitting = [deal for deal in deals if _holds(deal, report)]
    return max(fitting, key=lambda deal: (deal.starts_on or date.min, deal.pk), default=None)


def _holds(deal: Deal, report: CreatorReport) -> bool:
    if (deal.brand_id, deal.profile_id) != (report.brand_id, report.post.profile_id) or not report.post.posted_at:
        return False
    day = report.post.posted_at.astimezone(ZoneInfo(deal.brand.time_zone)).date()
    return (deal.starts_on or date.min) <= day <= (deal.ends_on or date.max)
