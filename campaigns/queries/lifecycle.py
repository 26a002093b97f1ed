"""What a brand's deals, parcels, posts and contacts say about its creators, for the rules of the lifecycle.

One statement for any number of creators. Orders are known further out: `results.queries.lifecycle`.
"""

# ruff: noqa: S608 - these texts are put together from constants only

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import connection

from campaigns.enums import DealStatus
from creators.logic.lifecycle import Facts, Standing
from creators.queries.lifecycle import SETTLES
from team.models import Brand

OPEN = (DealStatus.PLANNED, DealStatus.BRIEFED, DealStatus.ACCEPTED, DealStatus.LIVE)


def facts_of(brand: Brand, *, now: datetime, creator_ids: Iterable[int] | None = None) -> dict[int, Facts]:
    """The facts about the given creators, or about all whom the brand has a deal with, talked or sent to."""
    with connection.cursor() as cursor:
        cursor.execute(_FACTS, _values(brand, creator_ids) | {"now": now, "zone": brand.time_zone})
        return {creator: Facts(*moments) for creator, *moments in cursor.fetchall()}


def standings_of(brand: Brand, *, creator_ids: Iterable[int] | None = None) -> dict[int, Standing]:
    """Where the rules find the given creators, or all who have a stage with the brand."""
    with connection.cursor() as cursor:
        cursor.execute(_STANDINGS, _values(brand, creator_ids))
        return {creator: Standing(*told) for creator, *told in cursor.fetchall()}


def _values(brand: Brand, creator_ids: Iterable[int] | None) -> dict[str, Any]:
    return {
        "brand": brand.pk,
        "creators": None if creator_ids is None else sorted(set(creator_ids)),
        "open": [status.value for status in OPEN],
    }


_THESE = "(%(creators)s::bigint[] is null or creator_id = any(%(creators)s::bigint[]))"

# A contract and a parcel count from the beginning of their day. A deal that is still open counts as happening until
# its last day.
# A post counts for the brand where it is marked as made for one and no other brand has an open deal on the profile.
_FACTS = f"""
with deal as materialized (
  select deal.creator_id, deal.profile_id, deal.status, deal.signed_on, deal.created_at,
    greatest(deal.created_at, deal.status_at) as changed_at, deal.status = any(%(open)s) as is_open,
    coalesce(deal.starts_on::timestamp at time zone %(zone)s, deal.created_at) as begins_at,
    (coalesce(deal.ends_on, campaign.ends_on) + 1)::timestamp at time zone %(zone)s as ends_at
  from campaigns_deal deal join campaigns_campaign campaign on campaign.id = deal.campaign_id
  where deal.brand_id = %(brand)s and deal.status <> 'cancelled' and {_THESE.replace("creator_id", "deal.creator_id")}
), post as (
  select deal.creator_id, post.posted_at,
    deal.is_open and post.removed_at is null and post.posted_at >= deal.begins_at and not exists (
      select from campaigns_deal other
      where other.profile_id = deal.profile_id and other.brand_id <> %(brand)s and other.status = any(%(open)s)
    ) as is_live
  from deal join creators_post post on post.profile_id = deal.profile_id
  where post.is_campaign and post.posted_at >= least(deal.begins_at, deal.created_at) and post.posted_at <= %(now)s
), piece as (
  select content.creator_id, coalesce(post.posted_at, content.made_at) as posted_at
  from creators_content content left join creators_post post on post.id = content.post_id
  where content.brand_id = %(brand)s and content.status = 'posted'
    and {_THESE.replace("creator_id", "content.creator_id")}
), parcel as (
  select creator_id, sent_on::timestamp at time zone %(zone)s as sent_at from campaigns_shipment
  where brand_id = %(brand)s and sent_on is not null and {_THESE}
), opened as (
  select creator_id, min(begins_at) as since from deal where is_open group by creator_id
), told as (
  select creator_id, created_at as deal_at, case when status = 'accepted' then changed_at end as reply_at,
    null::timestamptz as shipped_at, signed_on::timestamp at time zone %(zone)s as signed_at,
    case when status = 'completed' then changed_at end as completed_at,
    case when status = 'live' then changed_at end as live_at,
    greatest(changed_at, case when is_open and ends_at is not null then least(ends_at, %(now)s) end) as event_at
  from deal
  union all
  select creator_id, null, null, null, null, null, case when is_live then posted_at end, posted_at from post
  union all
  select creator_id, null, null, null, null, null, case when posted_at >= since then posted_at end, posted_at
  from piece left join opened using (creator_id)
  union all
  select creator_id, null, told_at, null, null, null, null, told_at from creators_note
  where brand_id = %(brand)s and kind <> 'note' and told_at <= %(now)s and {_THESE}
  union all
  select creator_id, null, null, sent_at, null, null, null, sent_at from parcel where sent_at <= %(now)s
)
select creator_id, max(deal_at), max(reply_at), max(shipped_at), max(signed_at), max(completed_at), max(live_at),
  max(event_at)
from told group by creator_id"""

_STANDINGS = f"""
select creator_id, max(stage) filter (where upper_inf(during)), max(lower(during)) filter (where upper_inf(during)),
  max(rule) filter (where upper_inf(during)), max(lower(during)) filter (where {SETTLES})
from creators_lifecyclespan
where brand_id = %(brand)s and track = 'stage' and {_THESE}
group by creator_id having bool_or(upper_inf(during))"""
