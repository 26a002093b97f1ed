"""Mean engagement of many profiles in one statement, on the benchmark's own basis.

The texts repeat `creators.logic.engagement` in SQL, and a test holds both against the same posts.
"""

# ruff: noqa: S608 - these texts are put together from constants only

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import connection

from creators.enums import ContentKind, Platform
from creators.logic.engagement import LATEST, MINIMUM, NEAR, SETTLED


def rated(chosen: str) -> str:
    """The texts `newest` and `rated` over a text `chosen`: the rate in percent of each counted post."""
    return f"""chosen as ({chosen}), newest as (
    select *, 2 * count(shares) over cell >= count(*) over cell as shows_shares
    from chosen where place <= %(latest)s window cell as (partition by profile_id, cell_kind)
), rated as (
    select newest.profile_id, newest.cell_kind, 100.0 * (
        newest.likes + newest.comments + case when newest.shows_shares then newest.shares else 0 end
    ) / nullif(case when profile.platform = %(youtube)s then newest.views
                    else coalesce(near.followers, profile.followers) end, 0) as rate
    from newest
    join creators_profile profile on profile.id = newest.profile_id
    left join lateral (
        select snapshot.followers from creators_profilesnapshot snapshot
        where snapshot.profile_id = newest.profile_id and snapshot.followers is not null
          and snapshot.seen_at between newest.posted_at - %(near)s and newest.posted_at + %(near)s
        order by abs(extract(epoch from snapshot.seen_at - newest.posted_at)) limit 1
    ) near on profile.platform <> %(youtube)s
)"""


ALL_KINDS = """
    select *, '' as cell_kind, row_number() over (partition by profile_id order by posted_at desc, id desc) as place
    from creators_post where removed_at is null and posted_at <= %(settled)s and kind <> %(story)s"""


def parameters(now: datetime) -> dict[str, Any]:
    """What these texts are given."""
    return {
        "settled": now - SETTLED, "near": NEAR, "latest": LATEST, "minimum": MINIMUM, "story": ContentKind.STORY,
        "youtube": Platform.YOUTUBE,
    }  # fmt: skip


def mean_rates(profile_ids: Iterable[int], *, posts: int, now: datetime) -> dict[int, float]:
    """The mean rate in percent of each profile with at least so many counted posts among the newest 15."""
    given = parameters(now) | {"profiles": list(profile_ids), "posts": posts}
    with connection.cursor() as cursor:
        cursor.execute(_MEANS, given)
        return dict(cursor.fetchall())


_MEANS = f"""
with {rated(ALL_KINDS + " and profile_id = any(%(profiles)s)")}
select profile_id, avg(rate)::float8 from rated where rate is not null
group by profile_id having count(*) >= %(posts)s"""
