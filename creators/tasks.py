"""Background work of creators: what beat runs, each safe to run twice and beside itself."""

from celery import shared_task
from django.utils import timezone

from creators.actions import payloads


@shared_task
def drop_old_payloads(**kwargs: object) -> int:
    """Let go of provider answers that are older than they may be."""
    return payloads.drop_old_payloads(now=timezone.now())
