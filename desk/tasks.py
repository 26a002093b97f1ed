"""Background work over whole persons."""

from celery import shared_task
from django.utils import timezone

from desk.actions import merge


@shared_task
def forget_merges(**kwargs: object) -> int:
    """Let go of what only the undo of a merge needed, once its time is over. Twice does no harm."""
    return merge.forget_journals(now=timezone.now())
