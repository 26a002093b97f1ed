"""Claiming and ending background jobs. The row is the queue; a Celery message is only a nudge.

Each app has its own task and sweep for its kinds of job, since nothing inner may call outward::

    @shared_task
    def import_orders(*, job_id, **kwargs):
        with jobs.claimed(job_id, now=timezone.now()) as job:
            if job:
                job.result = actions.orders.import_file(job, progress=jobs.progress_of(job))
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import pghistory
from django.core.cache import cache
from django.db.models import Q
from django.utils import timezone

from team.enums import JobState
from team.models import Job

logger = logging.getLogger(__name__)
LEASE = timedelta(minutes=15)
Progress = Callable[[int, int, str], None]


class Refused(Exception):
    """The job cannot be done; the text tells the person what to do."""


def claim(job_id: int, *, now: datetime) -> Job | None:
    """Take the job for `LEASE`, or return None where another worker has it or it has ended."""
    free = Q(state=JobState.WAITING) | Q(state=JobState.RUNNING, lease_until_at__lt=now)
    won = Job.objects.filter(free, pk=job_id).update(
        state=JobState.RUNNING, lease_until_at=now + LEASE, started_at=now
    )
    return Job.objects.get(pk=job_id) if won else None


@contextmanager
def claimed(job_id: int, *, now: datetime) -> Iterator[Job | None]:
    """Claim a job, and store its result (`job.result`) or the reason why it failed when the block ends."""
    job = claim(job_id, now=now)
    if job is None:
        yield None
        return
    try:
        with pghistory.context(user=job.made_by_id, job=job.pk):
            yield job
        job.state = JobState.DONE
    except Refused as refusal:
        job.state, job.error = JobState.FAILED, str(refusal)
    except Exception:
        logger.exception("job failed", extra={"job": job_id})
        job.state, job.error = JobState.FAILED, "Something went wrong on our side. The log of the worker says what."
    job.ended_at = timezone.now()
    job.lease_until_at = None
    job.save(update_fields=["state", "result", "error", "ended_at", "lease_until_at"])


def waiting(kinds: list[str], *, now: datetime) -> list[int]:
    """Jobs of these kinds that nobody works on: new for a minute, or claimed past their lease."""
    fresh = Q(state=JobState.WAITING, made_at__gt=now - timedelta(minutes=1))
    return list(Job.objects.left_lying(now).filter(kind__in=kinds).exclude(fresh).values_list("pk", flat=True))


def progress_of(job: Job) -> Progress:
    """A function (done, total, text) that shows how far the job is. Losing it loses nothing."""

    def show(done: int, total: int, text: str) -> None:
        cache.set(f"job:{job.pk}", {"done": done, "total": total, "text": text}, timeout=3600)

    return show


def nothing_shown(done: int, total: int, text: str) -> None:
    """Progress that nobody watches."""


def shown_progress(job: Job) -> dict[str, object]:
    """The last progress that the job showed, or an empty one."""
    return cache.get(f"job:{job.pk}") or {"done": 0, "total": 0, "text": ""}
