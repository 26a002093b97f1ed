"""The assessment of everybody: every night, after a refresh, and when the rules change. The row is the queue.

A profile waits while its assessment was last checked before the night began, or was made by other rules. Any number
of workers take blocks of ids side by side; a killed one loses the block in hand. All are assessed as of the night's
beginning, so a run that was cut off and taken up again ends with the same findings.
"""

from datetime import datetime, time, timedelta
from typing import Any

from django.db import connection, transaction

from creators.actions.assess import BATCH, assess_profiles
from creators.logic.fraud.signal import VERSION

HOUR = time(2, 0)
"""When the night begins, in UTC."""
_LOCK = 7_301  # the first key of our advisory locks on blocks of profiles


def night_of(now: datetime) -> datetime:
    """When the last night began."""
    begun = now.replace(hour=HOUR.hour, minute=HOUR.minute, second=0, microsecond=0)
    return begun if begun <= now else begun - timedelta(days=1)


def assess_next(*, after: int, now: datetime) -> int | None:
    """Assess the first block beyond the id `after` that waits and that no other worker has in hand.

    The last id of that block, from which to go on; None where nothing is left to take.
    """
    given: dict[str, Any] = {"night": night_of(now), "version": VERSION, "after": after}
    while (first := _value(_NEXT, given)) is not None:
        block = first // BATCH
        given["after"] = after = (block + 1) * BATCH - 1
        if _assess_block(block, given, now):
            return after
    return None


@transaction.atomic
def assess_refreshed(*, now: datetime) -> int:
    """Assess some of the profiles that a provider told of since they were last assessed. How many; 0 when done.

    One worker at a time; what another one has in hand comes to no more than this.
    """
    if not _value("select pg_try_advisory_xact_lock(%(lock)s, -1)", {"lock": _LOCK}):
        return 0
    with connection.cursor() as cursor:
        cursor.execute(_REFRESHED, {"now": now, "most": BATCH})
        waiting = [pk for (pk,) in cursor.fetchall()]
    assess_profiles(waiting, now)
    return len(waiting)


@transaction.atomic
def _assess_block(block: int, given: dict[str, Any], now: datetime) -> bool:
    if not _value("select pg_try_advisory_xact_lock(%(lock)s, %(block)s)", {"lock": _LOCK, "block": block}):
        return False
    with connection.cursor() as cursor:
        cursor.execute(_BLOCK, {**given, "low": block * BATCH, "high": (block + 1) * BATCH})
        waiting = cursor.fetchall()
    assess_profiles((pk for pk, is_of_today in waiting if not is_of_today), given["night"])
    assess_profiles((pk for pk, is_of_today in waiting if is_of_today), now)
    return True


def _value(statement: str, given: dict[str, Any]) -> int | None:
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        row = cursor.fetchone()
    return row[0] if row else None


_REFRESHED = """
select distinct refresh.profile_id from creators_refresh refresh
left join creators_assessment standing on standing.profile_id = refresh.profile_id and standing.ended_at is null
where refresh.answered_at <= %(now)s and (standing.id is null or standing.checked_at < refresh.answered_at)
order by refresh.profile_id limit %(most)s"""

_WAITING = """
from creators_profile profile
left join creators_assessment standing on standing.profile_id = profile.id and standing.ended_at is null
where profile.created_at <= %(night)s
  and (standing.id is null or standing.checked_at < %(night)s or standing.version <> %(version)s)"""
_NEXT = f"select profile.id {_WAITING} and profile.id > %(after)s order by profile.id limit 1"
# Old rules that have spoken since the night began are asked again as of now: their facts are newer than the night's.
_BLOCK = f"""
select profile.id, coalesce(standing.checked_at > %(night)s, false) {_WAITING}
  and profile.id >= %(low)s and profile.id < %(high)s order by profile.id"""
