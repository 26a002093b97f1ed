"""The overlays that rules hold up: spans beside the stage that are opened and closed as facts come and go."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from creators.enums import Track
from creators.logic.lifecycle import RULES, Ground
from team.models import Brand


@transaction.atomic
def hold(brand: Brand, track: Track, grounds: Mapping[int, Ground], *, now: datetime) -> int:
    """Let exactly these creators have the overlay, each on its ground; an open one of a person stays.

    How many spans were opened or closed; doing it again changes nothing.
    """
    values: dict[str, Any] = {
        "brand": brand.pk, "track": track.value, "now": now,
        "creators": list(grounds),
        "rules": [RULES[ground.rule].key for ground in grounds.values()],
        "whys": [ground.why[:200] for ground in grounds.values()],
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext(%(track)s), %(brand)s::int)", values)
        cursor.execute(_WANTED + _CLOSE, values)
        closed = cursor.rowcount
        cursor.execute(_WANTED + _OPEN, values)
        return closed + cursor.rowcount


_WANTED = """
with wanted as (
  select * from unnest(%(creators)s::bigint[], %(rules)s::text[], %(whys)s::text[]) as given (creator_id, rule, why)
)"""

# A span may not be empty: one that began this very moment ends just after it.
_CLOSE = """
update creators_lifecyclespan span
set during = tstzrange(lower(during), greatest(%(now)s, lower(during) + interval '1 microsecond'))
where brand_id = %(brand)s and track = %(track)s and upper_inf(during) and rule <> ''
  and not exists (select from wanted where wanted.creator_id = span.creator_id and wanted.rule = span.rule)"""

_OPEN = """
insert into creators_lifecyclespan (creator_id, brand_id, track, stage, during, rule, why, made_at)
select wanted.creator_id, %(brand)s, %(track)s, '', tstzrange(greatest(%(now)s, past.ended_at), null), wanted.rule,
  wanted.why, %(now)s
from wanted left join (
  select creator_id, max(upper(during)) as ended_at, bool_or(upper_inf(during)) as is_open
  from creators_lifecyclespan where brand_id = %(brand)s and track = %(track)s group by creator_id
) past using (creator_id)
where past.is_open is not true"""
