"""The daily roll-up of clicks, recomputed as a whole for every day marked dirty and never incremented.

A click of a person is unique unless the same visitor's counted click on the same link and day was less than 30
minutes ago; the window starts at the counted click, not at the last one. A click without a visitor key is unique.
Since everything is computed from the stored clicks by their own time, the order in which they arrive changes nothing.
"""

from django.db import connection, transaction

WINDOW = "30 minutes"
DAYS_AT_ONCE = 500
LOCK = "roll_up_clicks"

_CLEAN = "drop table if exists rolled_day, repeated_click"
_TAKE = """
create temporary table rolled_day on commit drop as
with taken as (
    delete from results_dirtyday where id in (
        select id from results_dirtyday order by link_id, day_on limit %s for update skip locked
    )
    returning brand_id, link_id, day_on
)
select taken.*, taken.day_on::timestamp at time zone brand.time_zone as begins_at,
    (taken.day_on + 1)::timestamp at time zone brand.time_zone as ends_at
from taken join team_brand brand on brand.id = taken.brand_id
"""
# Only visitors who came more than once on a day need the chain of counted clicks.
_REPEATS = """
create temporary table repeated_click on commit drop as
select * from (
    select day.link_id, day.day_on, click.visitor, click.clicked_at,
        count(*) over (partition by day.link_id, day.day_on, click.visitor) as times
    from rolled_day day join results_click click on click.link_id = day.link_id
        and click.clicked_at >= day.begins_at and click.clicked_at < day.ends_at
    where click.kind = 'human' and click.visitor <> ''
) visits where times > 1
"""
_INDEX = "create index on repeated_click (link_id, day_on, visitor, clicked_at)"
_ROLL = """
with recursive counted as (
    select link_id, day_on, visitor, min(clicked_at) as clicked_at from repeated_click group by 1, 2, 3
    union all
    select counted.link_id, counted.day_on, counted.visitor, later.clicked_at
    from counted cross join lateral (
        select min(click.clicked_at) as clicked_at from repeated_click click
        where click.link_id = counted.link_id and click.day_on = counted.day_on
            and click.visitor = counted.visitor and click.clicked_at >= counted.clicked_at + %s::interval
    ) later
    where later.clicked_at is not null
), again as (
    select link_id, day_on, count(*) as clicks from repeated_click group by 1, 2
), unique_again as (
    select link_id, day_on, count(*) as clicks from counted group by 1, 2
), total as (
    select day.brand_id, day.link_id, day.day_on,
        count(*) filter (where click.kind = 'human') as clicks,
        count(*) filter (where click.kind = 'preview') as previews,
        count(*) filter (where click.kind = 'prefetch') as prefetches,
        count(*) filter (where click.kind = 'bot') as bots,
        count(*) filter (where click.kind = 'self') as own
    from rolled_day day join results_click click on click.link_id = day.link_id
        and click.clicked_at >= day.begins_at and click.clicked_at < day.ends_at
    group by 1, 2, 3
)
insert into results_clickday
    (brand_id, link_id, day_on, clicks, unique_clicks, previews, prefetches, bots, own)
select total.brand_id, link_id, day_on, total.clicks,
    total.clicks - coalesce(again.clicks, 0) + coalesce(unique_again.clicks, 0), previews, prefetches, bots, own
from total left join again using (link_id, day_on) left join unique_again using (link_id, day_on)
on conflict (link_id, day_on) do update set clicks = excluded.clicks, unique_clicks = excluded.unique_clicks,
    previews = excluded.previews, prefetches = excluded.prefetches, bots = excluded.bots, own = excluded.own
"""
_REMARK = """
with gone as (delete from results_clickday where brand_id = %s)
insert into results_dirtyday (brand_id, link_id, day_on)
select distinct click.brand_id, click.link_id, (click.clicked_at at time zone brand.time_zone)::date
from results_click click join team_brand brand on brand.id = click.brand_id where brand.id = %s
order by 2, 3
on conflict (link_id, day_on) do update set day_on = excluded.day_on
"""
# Clicks that a shipper is writing were marked by the old days: wait until they are there, or one would be forgotten.
_WAIT = "lock table results_click in share mode"
_MOVED = """
select brand.id, brand.time_zone from team_brand brand
left join results_clickbasis basis on basis.brand_id = brand.id
where basis.time_zone is distinct from brand.time_zone
order by brand.id
"""
_SETTLED = """
insert into results_clickbasis (brand_id, time_zone) values (%s, %s)
on conflict (brand_id) do update set time_zone = excluded.time_zone
"""


def roll_up_days(most: int = DAYS_AT_ONCE) -> int:
    """Recompute up to `most` marked days and take their marks away, in one transaction. Returns how many it was."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_CLEAN)
        cursor.execute(_TAKE, [most])
        days = cursor.rowcount
        if days:
            cursor.execute(_REPEATS)
            cursor.execute(_INDEX)
            cursor.execute("analyze repeated_click")
            cursor.execute(_ROLL, [WINDOW])
        return days


def roll_up_clicks() -> int:
    """Recompute every marked day, and all days of a brand whose time zone changed since they were counted.

    While another process is at the same work it is left to it; the answer is 0.
    """
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_lock(hashtext(%s))", [LOCK])
        if not cursor.fetchone()[0]:
            return 0
        try:
            _follow_zones()
            total = 0
            while days := roll_up_days():
                total += days
            return total
        finally:
            cursor.execute("select pg_advisory_unlock(hashtext(%s))", [LOCK])


def _follow_zones() -> None:
    """Start anew every brand whose days begin elsewhere than when they were counted, or were never counted."""
    with connection.cursor() as cursor:
        cursor.execute(_MOVED)
        moved = cursor.fetchall()
    for brand_id, time_zone in moved:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(_WAIT)
            cursor.execute(_REMARK, [brand_id, brand_id])
            cursor.execute(_SETTLED, [brand_id, time_zone])
