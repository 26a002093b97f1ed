"""Which questions are asked at all, how often, and which a person wants answered now."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet

from creators.enums import Failure, Question
from creators.logic.refresh import PACE, STANDING_OF_STAGE, Standing
from creators.models import Profile, Refresh
from creators.providers.suppliers import Suppliers
from team.models import Job

ASKED_BY_HAND = (Question.PROFILE, Question.POSTS)
"""What "refresh now" asks: samples of comments and followers are dear and change slowly."""
_LOCK = 7_101  # the key of our advisory lock on the plan

# Reads the stages and open vettings of every brand, past the walls: how closely a creator is watched is the closest
# of all brands, and nothing of whose stage or vetting it was leaves this statement.
_WANTED = """
with standing as (
  select creator_id, max(case when span.track = 'top_performer' then %(watched)s else known.rank end) as rank
  from creators_lifecyclespan span
  left join unnest(%(stages)s::text[], %(ranks)s::int[]) as known (stage, rank) on known.stage = span.stage
  where upper_inf(span.during) group by creator_id
), vetted as (
  select distinct creator_id from creators_vetting where decided_at is null
), wanted as (
  select profile.id, profile.platform, pace.question, pace.every
  from creators_profile profile
  left join standing on standing.creator_id = profile.creator_id
  left join vetted on vetted.creator_id = profile.creator_id
  join unnest(%(pace_ranks)s::int[], %(pace_questions)s::text[], %(paces)s::interval[])
    as pace (rank, question, every)
    on pace.rank = case when vetted.creator_id is not null then %(watched)s else coalesce(standing.rank, 0) end
  where profile.handle not like 'erased:%%'
)"""

# A new pace counts from the last answer; one that failed keeps the moment at which it is tried again, and comments
# follow their posts.
_INSERT = """
insert into creators_refresh (
  profile_id, platform, question, every, due_at, state, source, failure, failure_words, failures, reserved
)
select wanted.id, wanted.platform, wanted.question, wanted.every, %(now)s, 'idle', '', '', '', 0, 0
from wanted join unnest(%(platforms)s::text[], %(questions)s::text[]) as lane (platform, question)
  on lane.platform = wanted.platform and lane.question = wanted.question
order by wanted.id
on conflict (profile_id, question) do update set
  every = excluded.every, platform = excluded.platform,
  due_at = case
    when creators_refresh.failures > 0 or creators_refresh.question = 'comments' then creators_refresh.due_at
    else coalesce(creators_refresh.answered_at + excluded.every, creators_refresh.due_at)
  end
where (creators_refresh.every, creators_refresh.platform) is distinct from (excluded.every, excluded.platform)"""

_DELETE = """
delete from creators_refresh refresh where refresh.state = 'idle' and refresh.job_id is null and not exists (
  select from wanted where wanted.id = refresh.profile_id and wanted.question = refresh.question
)"""


def plan(suppliers: Suppliers, *, now: datetime) -> int:
    """Plan every profile's questions by the stages it has now; how many rows changed. 0 while another one plans.

    Profiles of creators who wait for a verdict of any brand are asked daily.
    """
    values = {**_values(suppliers), "now": now}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_xact_lock(%s)", [_LOCK])
        if not cursor.fetchone()[0]:
            return 0
        cursor.execute(_WANTED + _DELETE, values)
        changed = cursor.rowcount
        cursor.execute(_WANTED + _INSERT, values)
        return changed + cursor.rowcount


def _values(suppliers: Suppliers) -> dict[str, Any]:
    paces = [(int(rank), str(question), every) for rank, wanted in PACE.items() for question, every in wanted.items()]
    lanes = suppliers.lanes()
    return {
        "stages": [stage.value for stage in STANDING_OF_STAGE],
        "ranks": [int(rank) for rank in STANDING_OF_STAGE.values()],
        "watched": int(Standing.WATCHED),
        "pace_ranks": [rank for rank, _, _ in paces],
        "pace_questions": [question for _, question, _ in paces],
        "paces": [every for _, _, every in paces],
        "platforms": [platform for platform, _ in lanes],
        "questions": [question for _, question in lanes],
    }


_ASK = """
insert into creators_refresh (
  profile_id, platform, question, every, due_at, state, source, failure, failure_words, failures, reserved, job_id
)
select profile.id, profile.platform, lane.question, %(every)s, %(now)s, 'idle', '', '', '', 0, 0, %(job)s
from creators_profile profile join unnest(%(platforms)s::text[], %(questions)s::text[]) as lane (platform, question)
  on lane.platform = profile.platform
where profile.id = any(%(profiles)s) and profile.handle not like 'erased:%%'
order by profile.id
on conflict (profile_id, question) do update set
  due_at = least(creators_refresh.due_at, %(now)s), job_id = %(job)s, stopped_at = null, failures = 0"""


def ask_now(
    profiles: Iterable[int],
    job: Job,
    suppliers: Suppliers,
    *,
    now: datetime,
    questions: Sequence[Question] = ASKED_BY_HAND,
) -> int:
    """Make these questions due now, ahead of the rest, in the name of a job; those that were stopped are asked again.

    How many questions that is: none for a platform that no provider serves.
    """
    lanes = [lane for lane in suppliers.lanes() if lane[1] in questions]
    values: dict[str, Any] = {
        "profiles": list(profiles), "job": job.pk, "now": now, "every": PACE[Standing.RESTING][Question.PROFILE],
        "platforms": [platform for platform, _ in lanes], "questions": [question for _, question in lanes],
    }  # fmt: skip
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_ASK, values)
        return cursor.rowcount


def resume(profile: Profile, failure: Failure) -> int:
    """Ask again what was stopped for this cause, since the cause is over: an account is public again."""
    stopped = Refresh.objects.filter(profile=profile, failure=failure, stopped_at__isnull=False)
    return stopped.update(stopped_at=None, failures=0, failure="", failure_words="")


def failed_with(failure: Failure | str) -> QuerySet[Refresh]:
    """Questions that this cause left without an answer."""
    return Refresh.objects.filter(failure=failure)
