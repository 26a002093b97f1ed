"""Background work of campaigns: rosters are imported, stages follow posts, old addresses are erased."""

from datetime import timedelta

from celery import shared_task
from django.utils import timezone
from django_scopes import scope

from campaigns.actions import addresses, posts, roster_jobs
from team.actions import jobs
from team.models import Brand

_WORK = ["check_roster", "import_roster"]
# Longer than a file of numbers takes to be stored, since its posts are of the moment at which that began.
_NEWS = timedelta(minutes=10)


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


@shared_task
def follow_posts(**kwargs: object) -> int:
    """Let stages follow the posts that providers, files and reports brought lately. Twice does no harm."""
    now, moved = timezone.now(), 0
    for brand in Brand.objects.all():
        with scope(brand=brand):
            moved += posts.follow_posts(brand, since=now - _NEWS, now=now)
    return moved
