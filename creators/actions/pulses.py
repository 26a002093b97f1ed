"""How each creator does now, computed as a whole in one statement for the list, every night.

The rate is that of `creators.queries.means`, over all kinds but stories; the verdict repeats
`creators.logic.engagement.verdict_of`, and a test holds both against each other.
"""

# ruff: noqa: S608 - the text is put together from constants only

from datetime import datetime
from typing import Any

from django.db import connection, transaction

from creators.actions.benchmarks import TIER
from creators.enums import Platform, Tier
from creators.logic.benchmarks import basis_of, benchmark_for
from creators.queries.benchmarks import cells
from creators.queries.means import ALL_KINDS, parameters, rated

_LOCK = "troupe: pulses"


def take_pulses(*, now: datetime) -> int | None:
    """Replace every pulse by what the posts say now. How many there are; None where another process is at it."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_xact_lock(hashtext(%s))", [_LOCK])
        if not cursor.fetchone()[0]:
            return None
        cursor.execute("delete from creators_pulse")
        cursor.execute(_SQL, parameters(now) | _benchmarks() | {"now": now})
        return cursor.rowcount


def _benchmarks() -> dict[str, Any]:
    """The benchmark of every platform and tier that has one, as three lists of one length."""
    own = cells()
    places = [(platform, tier) for platform in Platform.values for tier in Tier.values]
    found = [(*place, benchmark_for(*place, basis=basis_of(place[0]), cells=own)) for place in places]
    known = [(platform, tier, held.rate) for platform, tier, held in found if held]
    return dict(zip(("platforms", "tiers", "rates"), map(list, zip(*known, strict=True)), strict=True))


_SQL = f"""
with {rated(ALL_KINDS)}, means as (
    select profile_id, avg(rate)::float8 as mean, count(*) as n
    from rated where rate is not null group by profile_id having count(*) >= %(minimum)s
), benchmark as (
    select * from unnest(%(platforms)s::varchar[], %(tiers)s::varchar[], %(rates)s::float8[])
        as held (platform, tier, benchmark)
), main as (
    select id, creator_id, platform, case {TIER} end as tier from creators_profile where is_main
), last as (
    select profile.creator_id, max(post.posted_at) as posted_at
    from creators_post post join creators_profile profile on profile.id = post.profile_id
    where post.removed_at is null and post.posted_at <= %(now)s group by profile.creator_id
)
insert into creators_pulse (creator_id, rate, n, verdict, posted_at, made_at)
select main.creator_id, means.mean, coalesce(means.n, 0),
    case when means.mean is null or benchmark is null then ''
         when round(mean::numeric, 6) > round((benchmark * 1.5)::numeric, 6) then 'exceptional'
         when round(mean::numeric, 6) > round(benchmark::numeric, 6) then 'above'
         when round(mean::numeric, 6) > round(benchmark::numeric, 6) * 0.5 then 'below' else 'low' end,
    last.posted_at, %(now)s
from main
left join means on means.profile_id = main.id
left join benchmark on benchmark.platform = main.platform and benchmark.tier = main.tier
left join last on last.creator_id = main.creator_id
where means.mean is not null or last.posted_at is not null
"""
