"""The overlays: spans beside the stage that rules open and close as facts come and go, and a person may overrule."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from creators.enums import TopRuling, Track
from creators.logic.lifecycle import RULES, Ground
from creators.models import Creator, LifecycleSpan
from team.models import Brand, User


@transaction.atomic
def hold(brand: Brand, track: Track, grounds: Mapping[int, Ground], *, now: datetime) -> int:
    """Let exactly these creators have the overlay, each on its ground; what a person said stays.

    How many spans were opened or closed; doing it again changes nothing.
    """
    values: dict[str, Any] = {
        "brand": brand.pk, "track": track.value, "now": now,
        "creators": list(grounds),
        "rules": [RULES[ground.rule].key for ground in grounds.values()],
        "whys": [ground.why[:200] for ground in grounds.values()],
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, values)
        cursor.execute(_WANTED + _CLOSE, values)
        closed = cursor.rowcount
        cursor.execute(_WANTED + _OPEN, values)
        return closed + cursor.rowcount


_RULED = {TopRuling.TOP: Track.TOP_PERFORMER, TopRuling.NOT_TOP: Track.NOT_TOP}


@transaction.atomic
def rule_on_top(
    creator: Creator, ruling: TopRuling | str, *, brand: Brand, why: str, by: User | None, now: datetime
) -> bool:
    """Say whether a creator is a top performer, whatever the figures say, or let them decide again. True: it changed.

    What a person said stands until a person says otherwise. Raises ValueError for another ruling or no reason.
    """
    if not why.strip():
        raise ValueError("A ruling needs a reason.")
    wanted = _RULED.get(TopRuling(ruling))
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, {"track": Track.TOP_PERFORMER.value, "brand": brand.pk})
    spans = list(LifecycleSpan.objects.filter(brand=brand, creator=creator, track__in=_RULED.values()))
    held = [span for span in spans if span.during.upper is None]
    if any(span.track == wanted and not span.rule for span in held):
        return False
    over = [span for span in held if wanted or not span.rule]
    moment = max([now, *(span.during.upper or span.during.lower + _INSTANT for span in spans)])
    for span in over:
        LifecycleSpan.objects.filter(pk=span.pk).update(during=DateTimeTZRange(span.during.lower, moment))
    if wanted:
        LifecycleSpan.objects.create(
            creator=creator, brand=brand, track=wanted, during=(moment, None), why=why.strip()[:200], made_by=by,
            made_at=now,
        )  # fmt: skip
    return bool(wanted or over)


_INSTANT = timedelta(microseconds=1)
_LOCK = "select pg_advisory_xact_lock(hashtext(%(track)s), %(brand)s::int)"

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
where past.is_open is not true and wanted.creator_id not in (
  select creator_id from creators_lifecyclespan
  where brand_id = %(brand)s and track = 'not_top' and upper_inf(during)
)"""
