"""Our own percentiles, computed as a whole in one statement, so that 100,000 creators are one pass over their posts.

The statement stands on that of `creators.queries.means`, and a test holds both against `creators.logic.engagement`.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from creators.enums import Level, Population, RateBasis, Ruling
from creators.logic.tiers import FLOORS
from creators.models import BenchmarkCell
from creators.queries.means import ALL_KINDS, parameters, rated

_LOCK = "troupe: benchmark cells"


@dataclass(frozen=True)
class Recomputed:
    """How many cells there are now; None where another process is at it."""

    cells: int | None


def recompute_cells(*, now: datetime) -> Recomputed:
    """Replace every cell by what the posts say now.

    Clean leaves out whoever stands confirmed, as `creators.queries.assessments.confirmed` has it, and whoever is
    flagged, unless the assessment or each of its flags was dismissed.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_xact_lock(hashtext(%s))", [_LOCK])
        if not cursor.fetchone()[0]:
            return Recomputed(cells=None)
        BenchmarkCell.objects.all().delete()
        cursor.execute(_SQL, _parameters(now))
        return Recomputed(cells=cursor.rowcount)


def _parameters(now: datetime) -> dict[str, Any]:
    return {
        **parameters(now), "now": now, "views": RateBasis.VIEWS, "followers": RateBasis.FOLLOWERS,
        "clean": Population.CLEAN, "raw": Population.RAW, "flagged": Level.FLAGGED,
        "confirmed": Ruling.CONFIRMED, "dismissed": Ruling.DISMISSED,
    }  # fmt: skip


# Tiers by their lower bounds, the largest first.
TIER = " ".join(f"when followers >= {floor} then '{tier}'" for tier, floor in reversed(FLOORS.items()))

_BY_KIND = """
    union all
    select *, kind, row_number() over (partition by profile_id, kind order by posted_at desc, id desc)
    from creators_post where removed_at is null and posted_at <= %(settled)s"""

_SQL = f"""
with {rated(ALL_KINDS + _BY_KIND)}, means as (
    select profile_id, cell_kind, avg(rate)::float8 as mean
    from rated where rate is not null group by profile_id, cell_kind having count(*) >= %(minimum)s
), said as (
    select distinct on (profile_id, code) profile_id, code, ruling, assessment_id
    from creators_review review
    where not exists (
        select from creators_review whole
        where whole.profile_id = review.profile_id and whole.code = ''
          and (whole.made_at, whole.id) > (review.made_at, review.id)
    )
    order by profile_id, code, made_at desc, id desc
), held as (
    select means.*, profile.platform, case {TIER} end as tier,
        not exists (select from said where said.profile_id = profile.id and said.ruling = %(confirmed)s)
        and not exists (
            select from creators_assessment found
            where found.profile_id = profile.id and found.ended_at is null and found.level = %(flagged)s
              and exists (
                  select from unnest(found.flagged || array['']::varchar[]) flag (code)
                  where (flag.code <> '' or cardinality(found.flagged) = 0) and not exists (
                      select from said
                      where said.assessment_id = found.id and said.code in (flag.code, '')
                        and said.ruling = %(dismissed)s
                  )
              )
        ) as is_clean
    from means join creators_profile profile on profile.id = means.profile_id
), counted as (
    select *, %(raw)s as population from held
    union all
    select *, %(clean)s from held where is_clean
), spread as (
    select platform, tier, cell_kind, population, count(*) as n, avg(mean) as mean,
        percentile_cont(array[0.05, 0.25, 0.5, 0.75, 0.95]) within group (order by mean) as p
    from counted where tier is not null group by platform, tier, cell_kind, population
)
insert into creators_benchmarkcell
    (platform, tier, kind, basis, population, n, mean, p05, p25, p50, p75, p95, made_at)
select platform, tier, cell_kind, case when platform = %(youtube)s then %(views)s else %(followers)s end,
    population, n, mean, p[1], p[2], p[3], p[4], p[5], %(now)s
from spread
"""
