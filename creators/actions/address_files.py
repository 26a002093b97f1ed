"""A file of postal addresses: read for a preview, then kept. The job row holds the lines in between only."""

import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from config.lib.tabular import NotATable, Table, read_table
from creators.actions.addresses import keep_addresses
from creators.enums import AddressSource
from creators.logic.addresses import COLUMNS, REQUIRED, AddressRow, address_row
from creators.logic.reported import Problem
from creators.models import Address, Profile
from team.enums import JobState
from team.models import Brand, Job, User

READ = "read_addresses"
MOST_ROWS = 20_000
MOST_BYTES = 5 * 1024 * 1024
PREVIEWED_FOR = timedelta(days=1)


class NotAddresses(Exception):
    """The file cannot be read as addresses; the text says why."""


@dataclass(frozen=True)
class Matched:
    """Lines with the creator of each, those whose creator has another address by now, and lines that fit nobody."""

    rows: list[tuple[AddressRow, int]]
    replaced: int
    problems: list[Problem]


def read_addresses(upload: UploadedFile, *, brand: Brand, by: User, now: datetime) -> Job:
    """Read a file for its preview, nothing kept yet; managers of the brand see it. Raises `NotAddresses`."""
    name = (upload.name or "addresses.csv")[:255]
    with tempfile.NamedTemporaryFile(suffix=".csv") as file:
        for chunk in upload.chunks():
            file.write(chunk)
        file.flush()
        try:
            rows, problems = _rows(read_table(Path(file.name), name))
        except NotATable as refusal:
            raise NotAddresses(str(refusal)) from refusal
    found = match(rows)
    bad = sorted([*problems, *found.problems], key=lambda problem: problem.line)
    return Job.objects.create(
        kind=READ, brand=brand, made_by=by, file_name=name, state=JobState.DONE, made_at=now, ended_at=now,
        options={"rows": [asdict(row) for row, _ in found.rows]},
        result={"rows": len(found.rows), "replaced": found.replaced, "bad": [asdict(problem) for problem in bad]},
    )  # fmt: skip


@transaction.atomic
def keep_read(job: Job, *, by: User, now: datetime) -> int:
    """Keep the good lines of a file that was read, once, and let go of what the job held of them."""
    locked = Job.objects.select_for_update().get(pk=job.pk)
    if "kept" in locked.result or "rows" not in locked.options:
        return int(locked.result.get("kept", 0))
    rows = match([AddressRow(**kept) for kept in locked.options["rows"]]).rows
    parts = {creator: row.parts for row, creator in rows}
    keep_addresses(parts, source=AddressSource.FILE, by=by, now=now)
    locked.result = {**locked.result, "kept": len(parts)}
    locked.options = {}
    locked.save(update_fields=["result", "options"])
    return len(parts)


def drop_previews(*, now: datetime) -> int:
    """Let go of lines that were previewed and never kept, a day after. How many files."""
    old = Job.objects.filter(kind=READ, made_at__lt=now - PREVIEWED_FOR).exclude(options={})
    return old.update(options={})


def match(rows: Sequence[AddressRow]) -> Matched:
    """Find the creator of each line, in two queries. The second line of one creator is a problem."""
    profiles = Profile.objects.filter(handle__in={row.handle for row in rows})
    creators = {(each.platform, each.handle): each.creator_id for each in profiles}
    lines: dict[int, int] = {}
    found: list[tuple[AddressRow, int]] = []
    problems = []
    for row in rows:
        creator = creators.get((row.platform, row.handle))
        if creator is None:
            reason = "Nobody on the roster has this handle on this platform."
            problems.append(Problem(row.line, "handle", row.handle, reason))
        elif creator in lines:
            reason = f"This creator already stands in line {lines[creator]}."
            problems.append(Problem(row.line, "handle", row.handle, reason))
        else:
            lines[creator] = row.line
            found.append((row, creator))
    replaced = Address.objects.filter(creator__in=list(lines)).count()
    return Matched(found, replaced, problems)


def _rows(table: Table) -> tuple[list[AddressRow], list[Problem]]:
    names = {column: "_".join(column.lower().split()) for column in table.header}
    missing = [name for name in REQUIRED if name not in names.values()]
    if missing:
        raise NotAddresses(f"The file has no column {', '.join(missing)}. It has {', '.join(COLUMNS)}.")
    rows: list[AddressRow] = []
    problems: list[Problem] = []
    for number, row in enumerate(table.rows(), start=1):
        if number > MOST_ROWS:
            raise NotAddresses(f"The file has more than {MOST_ROWS:,} rows. Split it.")
        if row.problem:
            problems.append(Problem(row.line, "", "", row.problem))
            continue
        cells = {names[column]: text for column, text in row.cells.items() if names[column] in COLUMNS}
        read, refused = address_row(row.line, cells)
        problems += refused
        if read:
            rows.append(read)
    return rows, problems
