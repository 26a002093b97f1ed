"""Background work of results: what beat runs, each safe to run twice and beside itself."""

import logging
from collections.abc import Callable

from celery import shared_task
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django_scopes import scope
from redis import Redis, RedisError

from results.actions import credit, credit_days, lifecycle, order_jobs, outcomes, roll_up
from results.actions.sql import holds_lifecycle, holds_outcomes, holds_sweep
from team.actions import jobs
from team.models import Brand

logger = logging.getLogger(__name__)


@shared_task
def read_orders(*, job_id: int, **kwargs: object) -> None:
    """Read an uploaded order file for its preview."""
    with jobs.claimed(job_id, now=timezone.now()) as job:
        if job:
            order_jobs.read_file(job)


@shared_task
def import_orders(*, job_id: int, **kwargs: object) -> None:
    """Take in the orders that were read."""
    now = timezone.now()
    with jobs.claimed(job_id, now=now) as job:
        if job:
            order_jobs.import_read(job, now=now)


@shared_task
def sweep_orders(**kwargs: object) -> None:
    """Do the order jobs that nobody works on, one after the other, and tidy up."""
    now = timezone.now()
    for job_id in jobs.waiting([order_jobs.READ], now=now):
        read_orders(job_id=job_id)
    for job_id in jobs.waiting([order_jobs.IMPORT], now=now):
        import_orders(job_id=job_id)
    order_jobs.tidy(now=now)


@shared_task
def sweep_credit(**kwargs: object) -> None:
    """Compute a brand's credits again where a deal, code or link changed since they were computed."""
    for brand in Brand.objects.all():
        with scope(brand=brand), transaction.atomic():
            if holds_sweep(brand):
                credit.freshen(brand, now=timezone.now())


@shared_task
def roll_up_credit(**kwargs: object) -> int:
    """Recompute the daily roll-up of credit of every deal whose seal is broken."""
    done = 0
    for brand in Brand.objects.all():
        with scope(brand=brand):
            done += credit_days.roll_up_credit(brand, now=timezone.now())
    return done


@shared_task
def sweep_lifecycle(**kwargs: object) -> int:
    """Derive every creator's stage from the facts again. Twice, or beside itself, does no harm."""
    return _each_brand(lifecycle.sweep, holds=holds_lifecycle)


@shared_task
def name_performers(**kwargs: object) -> int:
    """Name each brand's top performers anew."""
    return _each_brand(lifecycle.name_performers, holds=holds_lifecycle)


def _each_brand(step: Callable[..., int], *, holds: Callable[[Brand], bool]) -> int:
    now, done = timezone.now(), 0
    for brand in Brand.objects.all():
        with scope(brand=brand), transaction.atomic():
            if holds(brand):
                done += step(brand, now=now)
    return done


@shared_task
def sum_up_outcomes(**kwargs: object) -> int:
    """Sum up anew what each creator brought each brand, for the list of creators. Beside itself, does nothing."""
    return _each_brand(outcomes.sum_up, holds=holds_outcomes)


@shared_task
def roll_up_clicks(**kwargs: object) -> int:
    """Recompute the daily roll-up of every link and day that got new clicks."""
    return roll_up.roll_up_clicks()


@shared_task
def destroy_salts(**kwargs: object) -> None:
    """Have Valkey write its file anew: the salts expire by themselves, but its append-only file remembers them."""
    try:
        Redis.from_url(settings.REDIS_URL, socket_timeout=5).bgrewriteaof()
    except RedisError as error:
        logger.warning("Valkey would not rewrite its file: %s", type(error).__name__)
