"""Refresh now: a job that a person can leave and find again. Its questions are rows that name it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from itertools import chain

from django.db import transaction
from django.db.models import Count, Q

from creators.actions import breakers, refresh
from creators.enums import Failure, Question
from creators.models import Profile, Refresh
from creators.providers.errors import PROVIDER_WIDE
from creators.providers.suppliers import Suppliers
from team.actions.jobs import progress_of
from team.enums import JobState
from team.models import Brand, Job, User

KIND = "refresh_profiles"
LONGEST = timedelta(days=1)
"""A job does not wait longer for a budget or a provider; its questions stay due."""
_LEASE = timedelta(hours=1)


@transaction.atomic
def ask(
    profiles: Sequence[int],
    suppliers: Suppliers,
    *,
    by: User,
    brand: Brand | None,
    now: datetime,
    result_url: str = "",
    questions: Sequence[Question] = refresh.ASKED_BY_HAND,
) -> Job:
    """Ask for these profiles now, as a job of the person. Asking twice asks once: the later job takes over."""
    wanted = dict.fromkeys(questions, profiles)
    return _begin(wanted, suppliers, by=by, brand=brand, now=now, result_url=result_url)


@transaction.atomic
def retry(cause: Failure, suppliers: Suppliers, *, by: User, brand: Brand | None, now: datetime) -> Job:
    """Ask again whatever failed for this cause; where it was the provider's, that is asked again at once too."""
    if cause in PROVIDER_WIDE:
        for supplier in suppliers:
            breakers.close(supplier.source)
    failed = refresh.failed_with(cause).order_by().values_list("question", "profile")
    profiles: dict[Question, list[int]] = defaultdict(list)
    for question, profile in failed:
        profiles[Question(question)].append(profile)
    return _begin(profiles, suppliers, by=by, brand=brand, now=now)


def _begin(
    profiles: Mapping[Question, Sequence[int]], suppliers: Suppliers, *, by: User, brand: Brand | None, now: datetime,
    result_url: str = "",
) -> Job:  # fmt: skip
    """Make the job, and these questions about these profiles due in its name."""
    count = len(set(chain.from_iterable(profiles.values())))
    job = Job.objects.create(
        kind=KIND, brand=brand, made_by=by, made_at=now, state=JobState.RUNNING, started_at=now,
        lease_until_at=now + _LEASE, options={"profiles": count, "result_url": result_url},
    )  # fmt: skip
    asked = sum(
        refresh.ask_now(about, job, suppliers, now=now, questions=[question]) for question, about in profiles.items()
    )
    Job.objects.filter(pk=job.pk).update(options={**job.options, "questions": asked})
    return job


def follow(*, now: datetime) -> int:
    """Show how far each job is and end those that are done; how many ended. Safe to run by anybody at any time."""
    jobs = Job.objects.filter(kind=KIND, state__in=(JobState.WAITING, JobState.RUNNING)).order_by("pk")
    return sum(_follow(job, now=now) for job in jobs)


@transaction.atomic
def _follow(job: Job, *, now: datetime) -> bool:
    asked, left, failed = counts_of(job)
    if left and now - job.made_at < LONGEST:
        Job.objects.filter(pk=job.pk, state=JobState.RUNNING).update(lease_until_at=now + _LEASE)
        progress_of(job)(asked - left, asked, _words(failed))
        return False
    result = {"asked": asked, "answered": asked - left - failed, "failed": failed, "waiting": left}
    # From now on its questions are planned ones again, which stand behind what the next person asks for.
    free = Refresh.objects.select_for_update(skip_locked=True).filter(job=job).order_by("pk")
    Refresh.objects.filter(pk__in=list(free.values_list("pk", flat=True))).update(job=None)
    running = Job.objects.filter(pk=job.pk, state__in=(JobState.WAITING, JobState.RUNNING))
    return bool(running.update(state=JobState.DONE, result=result, ended_at=now, lease_until_at=None))


def counts_of(job: Job) -> tuple[int, int, int]:
    """How many questions name the job, how many of them nobody asked yet, and how many failed."""
    # A failure that will be tried again has been told; a person need not wait for the next try.
    failed = Q(failed_at__gte=job.made_at) & ~Q(failure="")
    answered = Q(answered_at__gte=job.made_at, failure="")
    rows = Refresh.objects.filter(job=job).aggregate(
        asked=Count("pk"), failed=Count("pk", filter=failed), answered=Count("pk", filter=answered)
    )
    return rows["asked"], rows["asked"] - rows["failed"] - rows["answered"], rows["failed"]


def _words(failed: int) -> str:
    return f"Asking for numbers; {failed} without an answer so far" if failed else "Asking for numbers"


def profiles_of(creators: Sequence[int]) -> list[int]:
    """Every profile of these creators."""
    return list(Profile.objects.filter(creator__in=creators).values_list("pk", flat=True))
