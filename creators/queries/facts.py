"""The facts of many profiles at once: six statements for a batch, whatever its size. No model instances are made.

Only what was known at `now` is read, so that an assessment as of a moment comes out the same whenever it is made.
"""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.db import connection

from creators.enums import CauseKind, ContentKind, Platform, Tier
from creators.logic.fraud.composite import Thresholds
from creators.logic.fraud.facts import AudienceCounts, Cause, Comment, Day, Expectation, Facts, Norm, Post
from creators.logic.tiers import tier_of

DAYS = timedelta(days=90)
"""How far back the days of follower counts go; causes a week more, since they silence for a week."""
POSTS = 60
"""The newest posts at most: the view check wants those that were out when followers jumped."""
COMMENTS = 300
"""The newest sampled comments at most, but those of the creator."""
_KINDS = {kind.value: kind for kind in ContentKind}
_CAUSES = {kind.value: kind for kind in CauseKind}

Cell = tuple[str, str]
"""Platform and tier."""


@dataclass(frozen=True)
class Peers:
    """What creators of the same platform and tier are measured against."""

    norms: Mapping[Cell, dict[str, Norm]] = field(default_factory=dict)
    expectations: Mapping[str, dict[str, Expectation]] = field(default_factory=dict)
    thresholds: Mapping[Cell, Thresholds] = field(default_factory=dict)

    def thresholds_of(self, facts: Facts) -> Thresholds | None:
        """The limits that reviews have moved for creators like this one."""
        return self.thresholds.get(cell_of(facts.platform, facts.tier))


def facts_of(
    profile_ids: Sequence[int], *, now: datetime, peers: Peers, is_for_rules: bool = True
) -> dict[int, Facts]:
    """The facts of each profile that exists, by its id, as they were known at `now`; comments newest first.

    A page that shows days, posts and comments alone does without causes and audience (`is_for_rules`).
    """
    given = {"ids": list(profile_ids), "now": now, "since": now - DAYS, "posts": POSTS, "comments": COMMENTS}
    given["causes"] = (now - DAYS - timedelta(days=7)).date()
    days, steps = _days(given)
    posts, comments = _by_profile(_POSTS, given, _post), _by_profile(_COMMENTS, given, _comment)
    causes = _by_profile(_CAUSES_OF, given, _cause) if is_for_rules else {}
    audiences = _by_profile(_AUDIENCES, given, _audience) if is_for_rules else {}
    found = {}
    for pk, platform, followers in _rows(_PROFILES, given):
        series = days.get(pk, ())
        tier = tier_of(_newest(series, followers))
        cell = cell_of(platform, tier)
        found[pk] = Facts(
            platform=Platform(platform), tier=tier, now=now, days=series, posts=posts.get(pk, ()),
            comments=comments.get(pk, ()), causes=causes.get(pk, ()), followers_step=steps.get(pk, 1),
            norms=peers.norms.get(cell, {}), expectations=peers.expectations.get(platform, {}),
            audience=next(iter(audiences.get(pk, ())), None),
        )  # fmt: skip
    return found


def cell_of(platform: str, tier: Tier | None) -> Cell:
    """The key of a cell of peers."""
    return platform, tier.value if tier else ""


def _newest(days: Sequence[Day], followers: int | None) -> int | None:
    return next((day.followers for day in reversed(days) if day.followers is not None), followers)


def _days(given: dict[str, Any]) -> tuple[dict[int, tuple[Day, ...]], dict[int, int]]:
    """The days of each profile, and what the newest follower count was rounded to. Later counts of a day win."""
    days: dict[int, tuple[Day, ...]] = {}
    steps: dict[int, int] = {}
    for pk, rows in groupby(_rows(_SNAPSHOTS, given), itemgetter(0)):
        counted: dict[date, Day] = {}
        for _, on, followers, following, views, step in rows:
            counted[on] = _merged(counted.get(on), Day(on, followers, following, views))
            steps[pk] = step if followers is not None else steps.get(pk, 1)
        days[pk] = tuple(counted.values())
    return days, steps


def _merged(before: Day | None, later: Day) -> Day:
    if before is None:
        return later
    pairs = ((getattr(later, name), getattr(before, name)) for name in ("followers", "following", "views"))
    return Day(later.on, *(old if new is None else new for new, old in pairs))


def _post(row: tuple[Any, ...]) -> Post:
    _, pk, posted, kind, *rest = row
    return Post(pk, datetime.fromtimestamp(posted, UTC), _KINDS.get(kind, ContentKind.OTHER), *rest)


def _comment(row: tuple[Any, ...]) -> Comment:
    _, pk, post, author, text, posted, is_generic, promo_score, fold = row
    posted_at = None if posted is None else datetime.fromtimestamp(posted, UTC)
    return Comment(pk, post, author, text, posted_at, is_generic, promo_score, fold)


def _cause(row: tuple[Any, ...]) -> Cause:
    return Cause(row[1], _CAUSES[row[2]], row[3])


def _audience(row: tuple[Any, ...]) -> AudienceCounts:
    return AudienceCounts(row[1], row[2], tuple(json.loads(row[3]) or ()))


def _by_profile(statement: str, given: dict[str, Any], read: Any) -> dict[int, tuple[Any, ...]]:
    """The rows of each profile, read; the profile's id stands first in a row."""
    found: dict[int, list[Any]] = defaultdict(list)
    for row in _rows(statement, given):
        found[row[0]].append(read(row))
    return {pk: tuple(rows) for pk, rows in found.items()}


def _rows(statement: str, given: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        return cursor.fetchall()


_PROFILES = "select id, platform, followers from creators_profile where id = any(%(ids)s) order by id"

_SNAPSHOTS = """
select profile_id, (seen_at at time zone 'utc')::date, followers, following, views, followers_step
from creators_profilesnapshot
where profile_id = any(%(ids)s) and seen_at > %(since)s and seen_at <= %(now)s
order by profile_id, seen_at"""

# Moments come as seconds: of 100 comments a creator, reading time zones from text would take longer than the rules.
_POSTS = """
select post.* from unnest(%(ids)s::bigint[]) as wanted (id) cross join lateral (
  select profile_id, id, extract(epoch from posted_at)::float8, kind, likes, comments, shares, views, is_campaign
  from creators_post where profile_id = wanted.id and posted_at <= %(now)s
  order by posted_at desc, id desc limit %(posts)s
) post"""

_COMMENTS = """
select comment.* from unnest(%(ids)s::bigint[]) as wanted (id) cross join lateral (
  select profile_id, id, post_id, author, text, extract(epoch from posted_at)::float8, is_generic, promo_score, fold
  from creators_comment
  where profile_id = wanted.id and not is_by_creator and (posted_at is null or posted_at <= %(now)s)
  order by id desc limit %(comments)s
) comment"""

_CAUSES_OF = """
select profile_id, happened_on, kind, note from creators_cause
where profile_id = any(%(ids)s) and happened_on >= %(causes)s and kind <> 'note'
order by profile_id, happened_on, id"""

_AUDIENCES = """
select distinct on (profile_id) profile_id, n, suspicious, digits::text from creators_audiencesample
where profile_id = any(%(ids)s) and seen_at <= %(now)s
order by profile_id, seen_at desc, id desc"""
