"""Background work of results: what beat runs, each safe to run twice and beside itself."""

import logging

from celery import shared_task
from django.conf import settings
from django.utils import timezone
from django_scopes import scope
from redis import Redis, RedisError

from results.actions import credit_days, roll_up
from team.models import Brand

logger = logging.getLogger(__name__)


@shared_task
def roll_up_credit(**kwargs: object) -> int:
    """Recompute the daily roll-up of credit of every deal whose seal is broken."""
    done = 0
    for brand in Brand.objects.all():
        with scope(brand=brand):
            done += credit_days.roll_up_credit(brand, now=timezone.now())
    return done


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
