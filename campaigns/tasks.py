"""Background work of campaigns: rosters are checked and imported, old addresses erased."""

from celery import shared_task
from django.utils import timezone

from campaigns.actions import addresses, roster_jobs
from team.actions import jobs

_WORK = ["check_roster", "import_roster"]


@shared_task
def work_on_roster(*, job_id: int, **kwargs: object) -> None:
    """Check or import one roster file, unless somebody else does."""
    now = timezone.now()
    with jobs.claimed(job_id, now=now) as job:
        if job:
            roster_jobs.work_on(job, now=now)


@shared_task
def sweep_rosters() -> None:
    """Do what was left lying, and forget old files. The claim lets two sweeps at once do no harm."""
    now = timezone.now()
    for job_id in jobs.waiting(_WORK, now=now):
        work_on_roster(job_id=job_id)
    roster_jobs.forget_old_rows(now=now)


@shared_task
def drop_old_addresses(**kwargs: object) -> int:
    """Erase addresses that nobody needs any more. Twice does no harm."""
    return addresses.drop_old_addresses(now=timezone.now())
