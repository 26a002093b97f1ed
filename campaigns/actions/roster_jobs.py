"""A roster file on its way through the pages: uploaded, matched, checked in the background, imported likewise."""

from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.urls import reverse
from django_scopes import scope

from campaigns.actions.roster import BadRows, check_roster, import_roster, stage_roster
from campaigns.actions.roster_plan import Overtaken
from campaigns.enums import RosterStep
from campaigns.logic.roster_columns import match_columns
from campaigns.models import Campaign
from campaigns.queries.roster import imported_rows, remembered, rows_of
from config.lib.tabular import NotATable, Table, read_table
from creators.actions.duplicates import find_new
from team.actions.jobs import Refused, progress_of
from team.enums import JobState
from team.models import Brand, Job, User

KINDS = [step.value for step in RosterStep]
KEPT_FOR = timedelta(days=7)
_SAMPLES = 3


@transaction.atomic
def take_file(upload: UploadedFile, *, brand: Brand | None, by: User, now: datetime) -> Job:
    """Keep an uploaded file with its columns matched by name. Whatever is raised (`NotATable`), nothing stays."""
    job = Job.objects.create(
        kind=RosterStep.FILE, brand=brand, made_by=by, state=JobState.DONE, file=upload, made_at=now, ended_at=now,
        file_name=(upload.name or "roster")[:255],
    )  # fmt: skip
    try:
        table = table_of(job)
        job.options = {
            "header": table.header,
            "samples": _samples(table),
            "mapping": remembered(table.header, by=by) or match_columns(table.header),
            "result_url": reverse("campaigns:roster_columns", args=[job.pk]),
        }
        job.save(update_fields=["options"])
    except Exception:
        job.file.delete(save=False)
        raise
    return job


def _samples(table: Table) -> list[dict[str, str]]:
    """The first rows as they were written, but for NUL, which the database does not hold."""
    rows = islice(table.rows(), _SAMPLES)
    return [{name: cell.replace("\0", "") for name, cell in row.cells.items()} for row in rows]


def table_of(job: Job) -> Table:
    """The job's file as a table. Raises `NotATable`."""
    return read_table(Path(job.file.path), job.file_name)


def ask_to_check(job: Job, *, mapping: dict[str, str], campaign: Campaign | None, now: datetime) -> bool:
    """Have the file checked with these columns. False where it is being worked on, or was imported."""
    options = {**job.options, "mapping": mapping, "campaign": campaign.pk if campaign else None}
    brand = campaign.brand if campaign else job.brand
    return _ask(job, RosterStep.CHECK, [RosterStep.FILE, RosterStep.CHECK], options=options, brand=brand, now=now)


def ask_to_import(job: Job, *, skip_bad: bool, now: datetime) -> bool:
    """Have the checked rows written. False where the file is being worked on, or was imported."""
    options = {**job.options, "skip_bad": skip_bad}
    return _ask(job, RosterStep.IMPORT, [RosterStep.CHECK], options=options, brand=job.brand, now=now)


def _ask(
    job: Job, step: RosterStep, before: list[RosterStep], *, options: dict, brand: Brand | None, now: datetime
) -> bool:
    here = Job.objects.filter(pk=job.pk)
    rested = here.filter(kind__in=before, state=JobState.DONE) | here.filter(kind=step, state=JobState.FAILED)
    page = reverse("campaigns:roster_check", args=[job.pk])
    columns = reverse("campaigns:roster_columns", args=[job.pk])
    changed = rested.update(
        kind=step,
        state=JobState.WAITING,
        error="",
        made_at=now,
        ended_at=None,
        brand=brand,
        options={**options, "result_url": page, "retry_url": columns if step == RosterStep.CHECK else page},
    )
    return bool(changed)


def work_on(job: Job, *, now: datetime) -> None:
    """Check or import the job's file, as it was asked for. Safe to run twice."""
    campaign = _campaign_of(job)
    with scope(brand=[campaign.brand] if campaign else []):
        if job.kind == RosterStep.CHECK:
            _check(job, campaign)
        else:
            _import(job, campaign, now=now)


def _check(job: Job, campaign: Campaign | None) -> None:
    try:
        stage_roster(job, table_of(job), job.options["mapping"], progress=progress_of(job))
    except NotATable as error:
        raise Refused(str(error)) from error
    job.result = check_roster(job, campaign).as_dict()


def _import(job: Job, campaign: Campaign | None, *, now: datetime) -> None:
    skip_bad = bool(job.options.get("skip_bad"))
    try:
        counts = import_roster(job, campaign, skip_bad=skip_bad, by=job.made_by, now=now, progress=progress_of(job))
    except BadRows as refusal:
        raise Refused(f"{refusal} Look at them and try again.") from refusal
    except Overtaken as error:
        raise Refused("Somebody else imported the same creators at this moment. Try again.") from error
    find_new(since=now, now=now)
    job.result = {**counts.as_dict(), "skipped": counts.bad}


def _campaign_of(job: Job) -> Campaign | None:
    # The job says which; whoever asked for it could see the campaign then.
    wanted = job.options.get("campaign")
    campaigns = Campaign.objects.with_scopes_disabled().select_related("brand")
    campaign = campaigns.filter(pk=wanted).first() if wanted else None
    if wanted and campaign is None:
        raise Refused("The campaign is gone. Choose another one.")
    return campaign


def forget_old_rows(*, now: datetime) -> int:
    """Delete staged rows, files and samples of rosters that nobody touched for a week. How many files."""
    old = Job.objects.filter(kind__in=KINDS, ended_at__lt=now - KEPT_FOR).exclude(file="")
    for job in old:
        rows_of(job).delete()
        imported_rows(job).delete()
        job.file.delete(save=False)
        job.file = ""
        job.options.pop("samples", None)
        job.save(update_fields=["file", "options"])
    return len(old)
