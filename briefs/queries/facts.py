"""What is known about each deal of a campaign when its brief is made: a few queries, however many deals."""

from collections.abc import Iterable
from decimal import Decimal

from django.conf import settings
from django.utils.formats import date_format

from briefs.logic.content import GIFT
from campaigns.models import Campaign, Code, Deal, TrackingLink


def values_of(campaign: Campaign, deals: Iterable[Deal]) -> dict[int, dict[str, str]]:
    """The value of every placeholder for each deal, by deal id. What is not known is an empty string."""
    deals = list(deals)
    links = _links(deals)
    codes = _codes(campaign, deals)
    return {deal.pk: _values(campaign, deal, links.get(deal.pk), codes.get(deal.creator_id)) for deal in deals}


def _links(deals: list[Deal]) -> dict[int, TrackingLink]:
    found = TrackingLink.objects.filter(deal__in=deals, medium="influencer", off_at=None).order_by("-post", "-pk")
    return {link.deal_id: link for link in found}


def _codes(campaign: Campaign, deals: list[Deal]) -> dict[int, Code]:
    creators = [deal.creator_id for deal in deals]
    found = Code.objects.filter(brand=campaign.brand_id, creator__in=creators).order_by("pk")
    return {code.creator_id: code for code in found}


def _values(campaign: Campaign, deal: Deal, link: TrackingLink | None, code: Code | None) -> dict[str, str]:
    percent = code.percent if code and code.percent is not None else campaign.discount_percent
    return {
        "creator": deal.creator.name,
        "handle": f"@{deal.profile.handle}",
        "platform": deal.profile.get_platform_display(),
        "brand": campaign.brand.name,
        "campaign": campaign.name,
        "link": f"{settings.SITE_URL}/r/{link.slug}" if link else "",
        "code": code.code if code else "",
        "percent": f"{_plain(percent)} %",
        "fee": f"{_plain(deal.fee)} {deal.currency or campaign.brand.currency}" if deal.fee else "no fee",
        **({"gift": GIFT} if deal.is_seeding else {}),
        "commission": f"{_plain(deal.commission_percent)} %" if deal.commission_percent else "none",
        "first_day": _day(deal.starts_on or campaign.starts_on),
        "last_day": _day(deal.ends_on or campaign.ends_on),
        "brief": f"{settings.SITE_URL}{deal.brief_path}",
    }


def _plain(amount: Decimal) -> str:
    return f"{amount:f}".rstrip("0").rstrip(".") if "." in f"{amount:f}" else f"{amount:f}"


def _day(day) -> str:
    return date_format(day, "j F Y") if day else "a day we agree"
