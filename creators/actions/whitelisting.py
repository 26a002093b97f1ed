"""The overlay "whitelisted": a creator has it with a brand while a whitelisting right is in force."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction

from creators.logic.lifecycle import RULES
from team.models import Brand

_RULE = RULES["whitelisting"]


@transaction.atomic
def follow_rights(brand: Brand, *, today: date, now: datetime, creator_ids: Iterable[int] | None = None) -> int:
    """Open and close the overlay's spans as the rights of `today` ask, for all creators or the given ones.

    `today` is the brand's day. A span begins when its right did, or was written down where that is later, and ends
    when the last right did, however late somebody looks. How many spans were opened or closed; doing it again changes
    nothing.
    """
    values: dict[str, Any] = {
        "brand": brand.pk, "today": today, "now": now, "why": _RULE.why, "rule": _RULE.key, "zone": brand.time_zone,
        "creators": None if creator_ids is None else sorted(set(creator_ids)),
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, values)
        cursor.execute(_HELD + _CLOSE, values)
        closed = cursor.rowcount
        cursor.execute(_HELD + _OPEN, values)
        return closed + cursor.rowcount


# Two at once would both open a span, and the second would be refused.
_LOCK = "select pg_advisory_xact_lock(hashtext('whitelisted'), %(brand)s::int)"

_HELD = """
with held as (
  select creator_id, min(greatest(lower(held)::timestamp at time zone %(zone)s, made_at)) as began_at
  from creators_right
  where brand_id = %(brand)s and kind = 'whitelisting' and held @> %(today)s::date
  group by creator_id
)"""

# A span may not be empty: one that began this very moment ends just after it. Where no right ended within it (one was
# moved, or revoked before it began), it ends now.
_CLOSE = """
update creators_lifecyclespan span
set during = tstzrange(lower(during), greatest(coalesce((
    select max(upper(ended.held)::timestamp at time zone %(zone)s) from creators_right ended
    where ended.brand_id = span.brand_id and ended.creator_id = span.creator_id and ended.kind = 'whitelisting'
      and upper(ended.held) <= %(today)s::date
      and upper(ended.held)::timestamp at time zone %(zone)s > lower(span.during)
  ), %(now)s), lower(during) + interval '1 microsecond'))
where brand_id = %(brand)s and track = 'whitelisted' and upper_inf(during)
  and (%(creators)s::bigint[] is null or creator_id = any(%(creators)s::bigint[]))
  and not exists (select from held where held.creator_id = span.creator_id)"""

_OPEN = """
insert into creators_lifecyclespan (creator_id, brand_id, track, stage, during, rule, why, made_at)
select held.creator_id, %(brand)s, 'whitelisted', '',
  tstzrange(greatest(least(held.began_at, %(now)s), (
    select max(upper(during)) from creators_lifecyclespan span
    where span.creator_id = held.creator_id and span.brand_id = %(brand)s and span.track = 'whitelisted'
  )), null), %(rule)s, %(why)s, %(now)s
from held
where (%(creators)s::bigint[] is null or held.creator_id = any(%(creators)s::bigint[]))
  and not exists (
    select from creators_lifecyclespan span
    where span.creator_id = held.creator_id and span.brand_id = %(brand)s and span.track = 'whitelisted'
      and upper_inf(span.during)
  )"""
