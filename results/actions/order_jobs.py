"""Uploads as background work: read a file into staged rows for a preview, then take those in.

The uploaded file holds e-mail addresses, so it is deleted as soon as it is read, whatever came of it.
"""

from datetime import datetime, timedelta
from pathlib import Path

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django_scopes import scope

from results.actions.orders import preview, take_in
from results.actions.staging import stage
from results.models import StagedOrder
from results.shops.records import BadFile
from team.actions.jobs import Refused, progress_of
from team.enums import JobState
from team.models import Brand, Job, User

READ = "read_orders"
IMPORT = "import_orders"
_KEPT = timedelta(days=7)  # how long a preview and its problems stay


def ask_to_read(brand: Brand, upload: UploadedFile, *, currency: str, by: User) -> Job:
    """Keep an uploaded file for the worker, which reads it for a preview."""
    return Job.objects.create(
        kind=READ, brand=brand, made_by=by, file=upload, file_name=(upload.name or "orders")[:255],
        options={"currency": currency},
    )  # fmt: skip


@transaction.atomic
def ask_to_import(read: Job, *, skip_bad: bool, by: User) -> Job:
    """Ask once to take in what was read; asking again hands back the same job, unless that failed."""
    Job.objects.select_for_update().get(pk=read.pk)
    asked = Job.objects.filter(kind=IMPORT, brand=read.brand, options__read=read.pk)
    going = asked.exclude(state=JobState.FAILED).first()
    return going or Job.objects.create(
        kind=IMPORT, brand=read.brand, made_by=by, file_name=read.file_name,
        options={**read.options, "read": read.pk, "skip_bad": skip_bad},
    )  # fmt: skip


def read_file(job: Job) -> None:
    """Stage the job's file and count what an import would do. Safe to run again after a worker was killed."""
    brand = _brand(job)
    with scope(brand=brand):
        try:
            if job.file:
                warnings = stage(job, brand, _path(job), job.file_name, progress=progress_of(job))
                job.result = {"warnings": warnings}
            outcome = preview(job, brand, currency=job.options.get("currency", ""))
        except BadFile as bad:
            job.result = {"bad": [bad.problem.shown]}
            raise Refused(str(bad)) from bad
        finally:
            delete_file(job)
    job.result = {**job.result, **outcome.shown(skip_bad=True), "bad": len(outcome.bad)}


def import_read(job: Job, *, now: datetime) -> None:
    """Take in what an earlier job read. The result is written with the orders, so running again changes nothing."""
    brand, skip_bad = _brand(job), bool(job.options["skip_bad"])
    read = Job.objects.get(pk=job.options["read"])
    with scope(brand=brand), transaction.atomic():
        job.result = Job.objects.select_for_update().get(pk=job.pk).result
        if job.result:
            return
        if not StagedOrder.objects.filter(job=read).exists():
            raise Refused("What was read from the file is no longer here. Upload the file again.")
        outcome = take_in(read, brand, skip_bad=skip_bad, now=now, currency=job.options.get("currency", ""))
        if outcome.bad and not skip_bad:
            raise Refused("Some orders have problems, so nothing was taken in. Leave them out, or correct the file.")
        job.result = {**outcome.shown(skip_bad=True), "bad": len(outcome.bad)}
        job.save(update_fields=["result"])


def tidy(*, now: datetime) -> None:
    """Throw away files of work that has ended, and what was staged a week ago."""
    for job in Job.objects.filter(kind=READ, state__in=(JobState.DONE, JobState.FAILED)).exclude(file=""):
        delete_file(job)
    # Every brand's: what is old is old.
    StagedOrder.objects.with_scopes_disabled().filter(job__made_at__lt=now - _KEPT).delete()


def delete_file(job: Job) -> None:
    """Delete the job's uploaded file."""
    if job.file:
        job.file.delete(save=False)
        Job.objects.filter(pk=job.pk).update(file="")


def _brand(job: Job) -> Brand:
    if job.brand is None:
        raise Refused("The brand of these orders is gone.")
    return job.brand


def _path(job: Job) -> Path:
    return Path(job.file.path)
