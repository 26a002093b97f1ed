"""Background work over whole persons, and taking imports back."""

from celery import shared_task
from django.utils import timezone

from desk.actions import erase_jobs, import_undo_jobs, merge
from team.actions import jobs


@shared_task
def forget_merges(**kwargs: object) -> int:
    """Let go of what only the undo of a merge needed, once its time is over. Twice does no harm."""
    return merge.forget_journals(now=timezone.now())


@shared_task
def erase_creator(*, job_id: int, **kwargs: object) -> None:
    """Erase one person, unless somebody else does."""
    now = timezone.now()
    with jobs.claimed(job_id, now=now) as job:
        if job:
            erase_jobs.work_on(job, now=now)


@shared_task
def sweep_erasing(**kwargs: object) -> None:
    """Erase whoever was left lying. The claim lets two sweeps at once do no harm."""
    for job_id in jobs.waiting([erase_jobs.KIND], now=timezone.now()):
        erase_creator(job_id=job_id)


@shared_task
def undo_import(*, job_id: int, **kwargs: object) -> None:
    """Undo one import, unless somebody else does."""
    now = timezone.now()
    with jobs.claimed(job_id, now=now) as job:
        if job:
            import_undo_jobs.work_on(job, now=now)


@shared_task
def sweep_undoing(**kwargs: object) -> None:
    """Undo whatever was left lying. The claim lets two sweeps at once do no harm."""
    for job_id in jobs.waiting([import_undo_jobs.KIND], now=timezone.now()):
        undo_import(job_id=job_id)
