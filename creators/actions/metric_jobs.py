"""A file of public numbers on its way through the pages: uploaded, read in the background, stored likewise.

The file may name people, so it is kept only until it is stored, or for a day.
"""

from datetime import datetime, timedelta

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.urls import reverse

from creators.actions.metric_files import NotMetrics, read_metrics, store_metrics, table_of
from team.actions.jobs import Refused, progress_of
from team.enums import JobState
from team.models import Brand, Job, User

READ, STORE = KINDS = ["read_metrics", "store_metrics"]
_KEPT = timedelta(days=1)


@transaction.atomic
def take_file(upload: UploadedFile, *, question: str, brand: Brand, by: User, now: datetime) -> Job:
    """Keep a file and have it read. Raises `NotMetrics`, and then nothing stays."""
    drop_files(now=now)
    job = Job.objects.create(
        kind=READ, brand=brand, made_by=by, file=upload, file_name=(upload.name or "numbers.csv")[:255],
        made_at=now, options={"question": question},
    )  # fmt: skip
    try:
        table_of(job)
    except NotMetrics:
        job.file.delete(save=False)
        raise
    places = {"result_url": reverse("creators:metrics_preview", args=[job.pk])}
    job.options |= places | {"retry_url": reverse("creators:metrics_import")}
    job.save(update_fields=["options"])
    return job


def ask_to_store(job: Job, *, now: datetime) -> bool:
    """Have a file that was read stored. False where it is being worked on, or was stored."""
    here = Job.objects.filter(pk=job.pk).exclude(result__has_key="stored")
    rested = here.filter(kind=READ, state=JobState.DONE) | here.filter(kind=STORE, state=JobState.FAILED)
    asked = {"kind": STORE, "state": JobState.WAITING, "error": "", "made_at": now, "ended_at": None}
    return bool(rested.update(**asked))


def work_on(job: Job, *, now: datetime) -> None:
    """Read or store the job's file, as it was asked for. Safe to run twice."""
    step = read_metrics if job.kind == READ else store_metrics
    try:
        job.result = step(job, now=now, progress=progress_of(job))
    except NotMetrics as refusal:
        raise Refused(str(refusal)) from refusal


def drop_files(*, now: datetime) -> None:
    """Delete files of previews that nobody stored within a day; beat and each upload see to it."""
    for job in Job.objects.filter(kind__in=KINDS, made_at__lt=now - _KEPT).exclude(file="")[:100]:
        job.file.delete(save=False)
        Job.objects.filter(pk=job.pk).update(file="")
