"""Erasing a person in the background: it looks through every order and every uploaded file, which takes its time."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse

from config.lib.days import day_at
from creators.models import Creator
from desk.actions.erase import erase, remove_files
from desk.queries.person import may_decide
from team.actions.jobs import Refused, progress_of
from team.enums import JobState, Role
from team.models import Job, User
from team.queries import brands_of

KIND = "erase_creator"


@transaction.atomic
def ask(creator: Creator, *, by: User, now: datetime) -> Job:
    """Have the person erased. Asking twice asks once. The job names nobody but by number."""
    Creator.objects.select_for_update().get(pk=creator.pk)
    under_way = Job.objects.filter(
        kind=KIND, options__creator=creator.pk, state__in=(JobState.WAITING, JobState.RUNNING)
    ).first()  # fmt: skip
    places = {"result_url": reverse("desk:creators"), "retry_url": reverse("desk:erase", args=[creator.pk])}
    options = {"creator": creator.pk, **places}
    return under_way or Job.objects.create(kind=KIND, made_by=by, made_at=now, options=options)


def work_on(job: Job, *, now: datetime) -> None:
    """Erase whom the job names. Where a worker died after that, only the files are left to remove."""
    if "files" not in job.options:
        _erase(job, now=now)
    remove_files(job.options["files"])
    job.options = {name: value for name, value in job.options.items() if name not in ("files", "retry_url")}
    job.save(update_fields=["options"])


@transaction.atomic
def _erase(job: Job, *, now: datetime) -> None:
    creator = Creator.objects.filter(pk=job.options["creator"], erased_on=None).first()
    if creator is None:
        raise Refused("This creator is no longer here. Somebody may have erased or merged them.")
    if job.made_by is None or not may_decide(creator, brands_of(job.made_by, Role.OWNER)):
        raise Refused("Something about this creator now belongs to a brand that you do not own.")
    done = erase(creator, by=job.made_by, today=day_at(now, "UTC"), now=now, progress=progress_of(job))
    job.result = {"deleted": done.deleted, "kept": done.kept, "files": len(done.files)}
    job.options = {**job.options, "files": list(done.files)}
    job.save(update_fields=["options", "result"])
