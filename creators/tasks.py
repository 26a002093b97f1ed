"""Background work of creators: what beat runs, each safe to run twice and beside itself."""

from datetime import datetime, timedelta

from celery import shared_task
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone
from django_scopes import scope

from config.lib.days import day_at
from creators.actions import (
    applications,
    benchmarks,
    duplicates,
    metric_jobs,
    nightly,
    payloads,
    peers,
    pulses,
    refresh,
    refresh_jobs,
    reminders,
    runs,
    supplies,
    thinning,
    whitelisting,
)
from team.actions import jobs
from team.models import Brand


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


_SECONDS = 10.0


@shared_task
def thin_snapshots(**kwargs: object) -> int:
    """Keep one snapshot a day for 90 days and one a week for two years."""
    return thinning.thin(now=timezone.now())


@shared_task
def drop_old_payloads(**kwargs: object) -> int:
    """Let go of provider answers that are older than they may be, and of files that were only previewed."""
    metric_jobs.drop_files(now=timezone.now())
    return payloads.drop_old_payloads(now=timezone.now())


@shared_task
def work_on_metrics(*, job_id: int, **kwargs: object) -> None:
    """Read or store one file of numbers, unless somebody else does."""
    now = timezone.now()
    with jobs.claimed(job_id, now=now) as job:
        if job:
            metric_jobs.work_on(job, now=now)


@shared_task
def sweep_metrics(**kwargs: object) -> None:
    """Do what was left lying. The claim lets two sweeps at once do no harm."""
    for job_id in jobs.waiting(metric_jobs.KINDS, now=timezone.now()):
        work_on_metrics(job_id=job_id)


_CHAINS = 2
_TURN = timedelta(seconds=50)
_PEERS = 7_302  # the key of our advisory lock on making norms


@shared_task
def sweep_assessments(**kwargs: object) -> None:
    """Let two workers begin with whatever waits: the night's work, or all of it after the rules changed."""
    until = timezone.now() + _TURN
    assess_refreshed.delay(until=until.isoformat())
    for _ in range(_CHAINS):
        assess_block.delay(after=0, until=until.isoformat())


@shared_task
def assess_refreshed(*, until: str, **kwargs: object) -> None:
    """Assess profiles that were refreshed, some at a time; stops at `until`."""
    now = timezone.now()
    if now < datetime.fromisoformat(until) and nightly.assess_refreshed(now=now):
        assess_refreshed.delay(until=until)


@shared_task
def assess_block(*, after: int, until: str, **kwargs: object) -> None:
    """Assess one block and ask for the next, so that other work gets its turn between; stops at `until`."""
    now = timezone.now()
    if now >= datetime.fromisoformat(until):
        return
    last = nightly.assess_next(after=after, now=now)
    if last is not None:
        assess_block.delay(after=last, until=until)


@shared_task
def settle_peers(**kwargs: object) -> None:
    """Make norms and limits anew, unless another worker does."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_xact_lock(%s)", [_PEERS])
        if cursor.fetchone()[0]:
            peers.settle_peers(now=timezone.now())


@shared_task
def recompute_benchmarks(**kwargs: object) -> int | None:
    """Compute our own percentiles anew."""
    return benchmarks.recompute_cells(now=timezone.now()).cells


@shared_task
def take_pulses(**kwargs: object) -> int | None:
    """Compute anew how each creator does, for the list."""
    return pulses.take_pulses(now=timezone.now())


@shared_task
def follow_rights(**kwargs: object) -> int:
    """Each brand's day: the overlay "whitelisted", and reminders of rights that end. Twice does no harm."""
    now, done = timezone.now(), 0
    for brand in Brand.objects.all():
        with scope(brand=brand):
            today = day_at(now, brand.time_zone)
            done += whitelisting.follow_rights(brand, today=today, now=now)
            done += reminders.make_reminders(brand, today=today, now=now)
            if settings.EMAIL_URL:
                reminders.mail_reminders(brand, address=f"{settings.SITE_URL}/creators/rights/", now=now)
    return done


_DUPLICATES = 7_304  # the key of our advisory lock on looking for duplicates


@shared_task
def find_duplicates(**kwargs: object) -> None:
    """Look for creators that may be one person, unless another worker does."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_xact_lock(%s)", [_DUPLICATES])
        if cursor.fetchone()[0]:
            duplicates.find_all(now=timezone.now())


@shared_task
def forget_applications(**kwargs: object) -> int:
    """Delete applications that nobody may keep any longer. Twice does no harm."""
    now, gone = timezone.now(), 0
    for brand in Brand.objects.all():
        with scope(brand=brand):
            gone += applications.forget_old(brand, now=now)
    return gone
