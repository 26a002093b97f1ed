"""The one deletion of snapshots: the newest of each day for 90 days, of each week for two years, nothing older.

The newest snapshot of a profile or post always stays, however old; histories thin like what was seen. The append-only
triggers are passed here, and nowhere else but where a creator is erased.
"""

from datetime import datetime, timedelta

import pgtrigger
from django.db import connection, transaction

DAILY = timedelta(days=90)
WEEKLY = timedelta(days=730)
_LOCK = 7_103  # the key of our advisory lock on thinning
_TABLES = (
    ("creators_profilesnapshot", "profile_id", "creators.ProfileSnapshot:profile_snapshot_stays"),
    ("creators_postsnapshot", "post_id", "creators.PostSnapshot:post_snapshot_stays"),
)

# By position, since passing a trigger puts a parameter of its own in front: where weeks begin, where nothing stays,
# what is too new to touch. What is left of a day or week is its newest. Weeks begin on Monday, UTC.
_THIN = """
delete from {table} snapshot using (
  select id, seen_at, row_number() over (partition by {owner}, bucket order by seen_at desc, id desc) as place,
    row_number() over (partition by {owner} order by seen_at desc, id desc) as from_newest
  from (
    select id, {owner}, seen_at, case
      when seen_at >= %s then date_trunc('day', seen_at at time zone 'utc')
      else date_trunc('week', seen_at at time zone 'utc') end as bucket
    from {table}
  ) as dated
) as placed
where snapshot.id = placed.id and placed.from_newest > 1
  and (placed.seen_at < %s or (placed.place > 1 and placed.seen_at < %s))"""


def thin(*, now: datetime) -> int:
    """Delete what the policy does not keep; how many rows. 0 while another worker is at it.

    Today's and yesterday's rows stay as they are, since jumps within days are looked at.
    """
    edges = [now - DAILY, now - WEEKLY, now - timedelta(days=2)]
    deleted = 0
    for table, owner, trigger in _TABLES:
        with transaction.atomic(), pgtrigger.ignore(trigger), connection.cursor() as cursor:
            cursor.execute("select pg_try_advisory_xact_lock(%s)", [_LOCK])
            if not cursor.fetchone()[0]:
                return deleted
            cursor.execute(_THIN.format(table=table, owner=owner), edges)
            deleted += cursor.rowcount
    return deleted
