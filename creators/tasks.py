"""Background work of creators: what beat runs, each safe to run twice and beside itself."""

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from creators.actions import payloads, refresh, refresh_jobs, runs, supplies, thinning


@shared_task
def plan_refreshes(**kwargs: object) -> int:
    """Plan every profile's questions by the stages that it has now."""
    with supplies.stored() as suppliers:
        return refresh.plan(suppliers, now=timezone.now())


@shared_task
def work_on_refresh(**kwargs: object) -> int:
    """Ask what is due for some seconds, in one of the places for it, and hand over to the next task."""
    with runs.slot(settings.REFRESH_RUNS) as is_ours, supplies.stored() as suppliers:
        if not is_ours:
            return 0
        run = runs.Run(suppliers, clock=timezone.now, threads=settings.REFRESH_THREADS, seconds=_SECONDS)
        asked = runs.work(run)
    refresh_jobs.follow(now=timezone.now())
    if asked:
        work_on_refresh.delay()
    return asked


_SECONDS = 20.0


@shared_task
def thin_snapshots(**kwargs: object) -> int:
    """Keep one snapshot a day for 90 days and one a week for two years."""
    return thinning.thin(now=timezone.now())


@shared_task
def drop_old_payloads(**kwargs: object) -> int:
    """Let go of provider answers that are older than they may be."""
    return payloads.drop_old_payloads(now=timezone.now())
