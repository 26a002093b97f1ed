"""Importing a roster, by page and by command: stage the rows, check them, then write all or nothing."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from campaigns.actions.roster_conflicts import find_conflicts
from campaigns.actions.roster_plan import Overtaken, RosterCounts, carry_out, plan_import
from campaigns.logic.roster import CleanRow, clean_row
from campaigns.models import Campaign, RosterRow
from campaigns.queries.roster import rows_of
from config.lib.tabular import Row, Table
from team.actions.jobs import Progress, nothing_shown
from team.models import Job, User

_TABLE = RosterRow._meta.db_table
_TEXTS = (
    "handle", "platform", "name", "sort_name", "email", "language", "country", "region", "city", "code", "currency",
    "notes",
)  # fmt: skip
_NUMBERS = ("followers", "fee", "product_cost", "shipping_cost", "commission_percent")
_COPY = (
    f"copy {_TABLE} (job_id, brand_id, line, {', '.join(_TEXTS)}, {', '.join(_NUMBERS)}, niches, problems, conflicts,"
    " notices) from stdin"
)
_SHOW_EVERY = 2_000
_TRIES = 3


class BadRows(Exception):
    """Rows stay out, and nobody said that the rest may go in. Nothing was written."""

    def __init__(self, counts: RosterCounts):
        self.counts = counts
        super().__init__(f"{counts.bad} rows have problems, so nothing was written.")


@transaction.atomic
def stage_roster(job: Job, table: Table, mapping: Mapping[str, str], *, progress: Progress = nothing_shown) -> int:
    """Clean every row of the table into staged rows of the job, in place of any there were. How many rows.

    `mapping` names the file's column for each roster column. Raises `NotATable` for a file that breaks off.
    """
    rows_of(job).delete()
    count = 0
    with connection.cursor() as cursor:
        with cursor.copy(_COPY) as copy:
            for count, row in enumerate(table.rows(), start=1):
                copy.write_row(_staged(job, row, _clean(row, mapping, table)))
                if count % _SHOW_EVERY == 0:
                    progress(count, 0, "Reading the file")
        cursor.execute(f"analyze {_TABLE}")
    return count


@transaction.atomic
def check_roster(job: Job, campaign: Campaign | None) -> RosterCounts:
    """What an import of the staged rows would do now. Their conflicts are written beside them."""
    find_conflicts(job, campaign)
    return plan_import(job, campaign)


def import_roster(
    job: Job,
    campaign: Campaign | None,
    *,
    skip_bad: bool,
    by: User | None,
    now: datetime,
    progress: Progress = nothing_shown,
) -> RosterCounts:
    """Write the staged rows: creators, profiles and contacts; with a campaign also codes, deals, costs and stages.

    All or nothing. Raises `BadRows` where rows have problems and `skip_bad` does not let the rest in.
    """
    for attempt in range(1, _TRIES + 1):
        try:
            counts = _import_once(job, campaign, skip_bad=skip_bad, by=by, now=now, progress=progress)
            break
        except Overtaken:
            if attempt == _TRIES:
                raise
    if counts.bad and not skip_bad:
        raise BadRows(counts)
    return counts


@transaction.atomic
def _import_once(
    job: Job, campaign: Campaign | None, *, skip_bad: bool, by: User | None, now: datetime, progress: Progress
) -> RosterCounts:
    _one_at_a_time()
    progress(0, 0, "Checking")
    counts = check_roster(job, campaign)
    if counts.bad and not skip_bad:
        return counts  # the conflicts just found stay, for people to read
    total = counts.new + counts.updated + counts.unchanged
    carry_out(job, campaign, by=by, now=now, step=lambda done, text: progress(done, total, text))
    return counts


def _one_at_a_time() -> None:
    # Two imports of one file at once would both find its creators new.
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext('troupe: roster import'))")


def _clean(row: Row, mapping: Mapping[str, str], table: Table) -> CleanRow:
    cells = {column: row.cells[name] for column, name in mapping.items() if name in row.cells}
    if row.problem:
        broken = CleanRow()
        broken.refuse("", "", row.problem)
        return broken
    # Files with semicolons come from countries that write decimal commas, where 1.234 may be 1234.
    return clean_row(cells, strict_groups=table.separator == ";")


def _staged(job: Job, row: Row, clean: CleanRow) -> tuple[Any, ...]:
    values = clean.values
    return (
        job.pk,
        job.brand_id,
        row.line,
        *[values.get(name, "") for name in _TEXTS],
        *[values.get(name) for name in _NUMBERS],
        values.get("niches", []),
        json.dumps(clean.problems) if clean.problems else "[]",
        "[]",
        json.dumps(clean.notices) if clean.notices else "[]",
    )
