"""Background work of results: what beat runs, each safe to run twice and beside itself."""

from celery import shared_task
from django.utils import timezone
from django_scopes import scope

from results.actions import credit_days
from team.models import Brand


@shared_task
def roll_up_credit(**kwargs: object) -> int:
    """Recompute the daily roll-up of credit of every deal whose seal is broken."""
    done = 0
    for brand in Brand.objects.all():
        with scope(brand=brand):
            done += credit_days.roll_up_credit(brand, now=timezone.now())
    return done
