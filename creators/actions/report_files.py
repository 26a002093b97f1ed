"""A file of creator-reported numbers: read for a preview, then stored as a whole. The job row keeps it in between."""

from dataclasses import asdict
from datetime import datetime
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from config.lib.row_files import Layout, read_rows
from creators.actions.reports import match, store_reports
from creators.logic.reported import COLUMNS, REQUIRED, ReportedRow, reported_row
from team.enums import JobState
from team.models import Brand, Job, User

READ = "read_creator_reports"
LAYOUT = Layout(COLUMNS, REQUIRED, most_rows=5_000)


def read_reports(upload: UploadedFile, *, brand: Brand, by: User, now: datetime) -> Job:
    """Read a file for its preview: good rows and problems by line, nothing stored yet. Raises `NotATable`."""
    name = (upload.name or "numbers.csv")[:255]
    zone = ZoneInfo(brand.time_zone)
    rows, problems = read_rows(upload, LAYOUT, partial(reported_row, now=now, zone=zone))
    matched = match(rows)
    problems = sorted([*problems, *matched.problems], key=lambda problem: problem.line)
    return Job.objects.create(
        kind=READ, brand=brand, made_by=by, file_name=name, state=JobState.DONE, made_at=now, ended_at=now,
        options={"rows": [_kept(row) for row, _, _ in matched.rows]},
        result={"rows": len(matched.rows), "bad": [asdict(problem) for problem in problems]},
    )  # fmt: skip


@transaction.atomic
def store_read(job: Job, *, by: User, now: datetime) -> int:
    """Store the good rows of a file that was read, once: a second press adds nothing."""
    locked = Job.objects.select_for_update().get(pk=job.pk)
    if "stored" in locked.result or locked.brand is None:
        return int(locked.result.get("stored", 0))
    rows = [_row(kept) for kept in locked.options["rows"]]
    stored = store_reports(rows, brand=locked.brand, by=by, now=now)
    locked.result = {**locked.result, "stored": stored}
    locked.save(update_fields=["result"])
    return stored


def _kept(row: ReportedRow) -> dict[str, Any]:
    told = asdict(row)
    return told | {name: told[name].isoformat() if told[name] else None for name in ("posted_at", "seen_at")}


def _row(kept: dict[str, Any]) -> ReportedRow:
    moments = {name: datetime.fromisoformat(kept[name]) if kept[name] else None for name in ("posted_at", "seen_at")}
    return ReportedRow(**{**kept, **moments})
