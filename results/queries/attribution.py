"""What a brand agreed, as the credit policy reads it, and whether it changed since the credits were computed."""

from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection

from campaigns.enums import DealStatus
from campaigns.models import Code, Deal, TrackingLink
from results.logic.attribution import Book, CodeFact, DealFact
from team.models import Brand


def book_of(brand: Brand) -> Book:
    """Every deal, code and link of the brand, in three queries."""
    codes = Code.objects.filter(brand=brand).values_list("folded", "creator_id", "starts_on", "ends_on")
    links = TrackingLink.objects.filter(brand=brand).values_list("pk", "deal_id")
    zone = ZoneInfo(brand.time_zone)
    return Book(
        deals=[_deal(row, zone) for row in Deal.objects.filter(brand=brand).values(*_DEAL)],
        codes={folded: CodeFact(creator, start, end) for folded, creator, start, end in codes},
        links={str(link): deal for link, deal in links},
    )


_DEAL = (
    "id", "creator_id", "campaign__slug", "profile__handle", "profile__platform", "starts_on", "ends_on",
    "campaign__starts_on", "campaign__ends_on", "status", "commission_percent", "created_at",
)  # fmt: skip


def _deal(row: dict[str, Any], zone: ZoneInfo) -> DealFact:
    return DealFact(
        id=row["id"],
        creator_id=row["creator_id"],
        campaign=row["campaign__slug"],
        handle=row["profile__handle"],
        platform=row["profile__platform"],
        starts_on=row["starts_on"] or row["campaign__starts_on"],
        ends_on=row["ends_on"] or row["campaign__ends_on"],
        is_cancelled=row["status"] == DealStatus.CANCELLED,
        commission_percent=row["commission_percent"],
        made_at=row["created_at"].astimezone(zone),
    )


def fingerprint_of(brand: Brand) -> str:
    """32 digits that change when a deal, code or link of the brand does in a way that credit asks about."""
    with connection.cursor() as cursor:
        cursor.execute(_FINGERPRINT, {"brand": brand.pk, "zone": brand.time_zone, "cancelled": DealStatus.CANCELLED})
        return str(cursor.fetchone()[0])


_FINGERPRINT = """
select md5(concat_ws('|', %(zone)s,
  (select md5(string_agg(concat_ws(',', deal.id, deal.creator_id, campaign.slug, profile.handle, profile.platform,
                                   coalesce(deal.starts_on, campaign.starts_on)::text || 'from',
                                   coalesce(deal.ends_on, campaign.ends_on)::text || 'to',
                                   deal.status = %(cancelled)s, deal.commission_percent,
                                   extract(epoch from deal.created_at)), ';' order by deal.id))
   from campaigns_deal deal
   join campaigns_campaign campaign on campaign.id = deal.campaign_id
   join creators_profile profile on profile.id = deal.profile_id
   where deal.brand_id = %(brand)s),
  (select md5(string_agg(concat_ws(',', folded, creator_id, starts_on::text || 'from', ends_on::text || 'to'), ';'
                         order by folded)) || 'codes'
   from campaigns_code where brand_id = %(brand)s),
  (select md5(string_agg(concat_ws(',', id, deal_id), ';' order by id)) || 'links'
   from campaigns_trackinglink where brand_id = %(brand)s)
))"""
