"""Background work that every app shares."""

from celery import shared_task
from django.db import connection, transaction
from django.utils import timezone

from team.actions import documents

_DOCUMENTS = 7_341  # the key of our advisory lock on letting documents go


@shared_task
def let_documents_go(**kwargs: object) -> int:
    """Remove documents whose time is over, and files that belong to nothing, unless another worker does."""
    now = timezone.now()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_xact_lock(%s)", [_DOCUMENTS])
        if not cursor.fetchone()[0]:
            return 0
        return documents.let_go(now=now) + documents.sweep_files(now=now)
