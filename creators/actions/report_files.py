"""A file of creator-reported numbers: read for a preview, then stored as a whole. The job row keeps it in between."""

import tempfile
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from config.lib.tabular import NotATable, Table, read_table
from creators.actions.reports import match, store_reports
from creators.logic.reported import COLUMNS, REQUIRED, Problem, ReportedRow, reported_row
from team.enums import JobState
from team.models import Brand, Job, User

READ = "read_creator_reports"
MOST_ROWS = 5_000
MOST_BYTES = 5 * 1024 * 1024


class NotReports(Exception):
    """The file cannot be read as creator-reported numbers; the text says why."""


def read_reports(upload: UploadedFile, *, brand: Brand, by: User, now: datetime) -> Job:
    """Read a file for its preview: good rows and problems by line, nothing stored yet. Raises `NotReports`."""
    name = (upload.name or "numbers.csv")[:255]
    with tempfile.NamedTemporaryFile(suffix=".csv") as file:
        for chunk in upload.chunks():
            file.write(chunk)
        file.flush()
        try:
            rows, problems = _rows(read_table(Path(file.name), name), now=now, zone=ZoneInfo(brand.time_zone))
        except NotATable as refusal:
            raise NotReports(str(refusal)) from refusal
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


def _rows(table: Table, *, now: datetime, zone: ZoneInfo) -> tuple[list[ReportedRow], list[Problem]]:
    names = {column: "_".join(column.lower().split()) for column in table.header}
    missing = [name for name in REQUIRED if name not in names.values()]
    if missing:
        raise NotReports(f"The file has no column {', '.join(missing)}. It needs {', '.join(REQUIRED)} and numbers.")
    rows: list[ReportedRow] = []
    problems: list[Problem] = []
    for number, row in enumerate(table.rows(), start=1):
        if number > MOST_ROWS:
            raise NotReports(f"The file has more than {MOST_ROWS:,} rows. Split it.")
        if row.problem:
            problems.append(Problem(row.line, "", "", row.problem))
            continue
        cells = {names[column]: text for column, text in row.cells.items() if names[column] in COLUMNS}
        read, refused = reported_row(row.line, cells, now=now, zone=zone)
        problems += refused
        if read:
            rows.append(read)
    return rows, problems


def _kept(row: ReportedRow) -> dict[str, Any]:
    told = asdict(row)
    return told | {name: told[name].isoformat() if told[name] else None for name in ("posted_at", "seen_at")}


def _row(kept: dict[str, Any]) -> ReportedRow:
    moments = {name: datetime.fromisoformat(kept[name]) if kept[name] else None for name in ("posted_at", "seen_at")}
    return ReportedRow(**{**kept, **moments})
