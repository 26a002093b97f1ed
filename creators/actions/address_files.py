"""A file of postal addresses: read for a preview, then kept. The job row holds the lines in between only."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from config.lib.problems import Problem
from config.lib.row_files import Layout, read_rows
from creators.actions.addresses import keep_addresses
from creators.enums import AddressSource
from creators.logic.addresses import COLUMNS, REQUIRED, AddressRow, address_row
from creators.models import Address, Profile
from team.enums import JobState
from team.models import Brand, Job, User

READ = "read_addresses"
LAYOUT = Layout(COLUMNS, REQUIRED, most_rows=20_000)
PREVIEWED_FOR = timedelta(days=1)


@dataclass(frozen=True)
class Matched:
    """Lines with the creator of each, those whose creator has another address by now, and lines that fit nobody."""

    rows: list[tuple[AddressRow, int]]
    replaced: int
    problems: list[Problem]


def read_addresses(upload: UploadedFile, *, brand: Brand, by: User, now: datetime) -> Job:
    """Read a file for its preview, nothing kept yet; managers of the brand see it. Raises `NotATable`."""
    name = (upload.name or "addresses.csv")[:255]
    rows, problems = read_rows(upload, LAYOUT, address_row)
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
