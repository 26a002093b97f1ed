"""Undoing an import in the background: the database looks at all that could hang on a row, which takes its time."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse

from desk.actions.import_undo import TooLate, undo_import
from desk.queries.import_undo import can_be_undone
from team.actions.jobs import Refused, progress_of
from team.enums import JobState
from team.models import Job, User

KIND = "undo_import"


@transaction.atomic
def ask(job: Job, *, by: User, now: datetime) -> Job:
    """Have an import undone. Asking twice asks once. Raises `TooLate`."""
    job = Job.objects.select_for_update(of=("self",)).get(pk=job.pk)
    if not can_be_undone(job, now=now):
        raise TooLate
    mine = Job.objects.filter(kind=KIND, options__job=job.pk, state__in=(JobState.WAITING, JobState.RUNNING))
    place = reverse("desk:undo_import", args=[job.pk])
    options = {"job": job.pk, "result_url": place, "retry_url": place}
    return mine.first() or Job.objects.create(
        kind=KIND, brand=job.brand, file_name=job.file_name, made_by=by, made_at=now, options=options
    )


def work_on(job: Job, *, now: datetime) -> None:
    """Undo the import that the job names."""
    done = Job.objects.filter(pk=job.options["job"]).first()
    if done is None:
        raise Refused("This import is no longer here.")
    try:
        found = undo_import(done, by=job.made_by, now=now, progress=progress_of(job))
    except TooLate as refusal:
        raise Refused(str(refusal)) from refusal
    job.result = {"gone": len(found.goes), "returned": len(found.returns), "stays": len(found.stays)}
