"""A file of tracking numbers: read for a preview, then every good line is sent. A job row keeps it between."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models.functions import Upper

from campaigns.actions.sending import Sending, send
from campaigns.enums import ShipmentState
from campaigns.logic.tracking import COLUMNS, REQUIRED, TrackedRow, told_twice, tracked_row
from campaigns.models import Shipment
from config.lib.days import day_at
from config.lib.problems import Problem
from config.lib.row_files import Layout, read_rows
from config.lib.words import day
from team.enums import JobState
from team.models import Brand, Job, User

READ = "read_tracking_numbers"
LAYOUT = Layout(COLUMNS, REQUIRED, most_rows=20_000)


@dataclass(frozen=True)
class Fitting:
    """Lines that can be sent, and what keeps the others out."""

    rows: list[TrackedRow]
    problems: list[Problem]


def read_tracking(upload: UploadedFile, *, brand: Brand, by: User, now: datetime) -> Job:
    """Read a file for its preview: good lines and problems by line, nothing written yet. Raises `NotATable`."""
    name = (upload.name or "tracking.csv")[:255]
    today = day_at(now, brand.time_zone)
    read, problems = read_rows(upload, LAYOUT, partial(tracked_row, today=today))
    found = fit(brand, read)
    bad = sorted([*problems, *found.problems], key=lambda problem: problem.line)
    return Job.objects.create(
        kind=READ, brand=brand, made_by=by, file_name=name, state=JobState.DONE, made_at=now, ended_at=now,
        options={"rows": [_kept(row) for row in found.rows]},
        result={"rows": len(found.rows), "bad": [asdict(problem) for problem in bad]},
    )  # fmt: skip


def rows_read(job: Job, most: int) -> list[TrackedRow]:
    """The first good lines of a file that was read."""
    return [_row(kept) for kept in job.options.get("rows", [])[:most]]


@transaction.atomic
def send_read(job: Job, *, by: User, now: datetime) -> int:
    """Send the good lines of a file that was read, once: a second press sends nothing.

    Lines that no longer fit (sent meanwhile, or the number was taken) are told with the others.
    """
    locked = Job.objects.select_for_update().get(pk=job.pk)
    if "sent" in locked.result or locked.brand is None:
        return int(locked.result.get("sent", 0))
    found = fit(locked.brand, [_row(kept) for kept in locked.options["rows"]])
    sendings = [Sending(row.shipment, row.sent_on, row.carrier, row.tracking, row.cost) for row in found.rows]
    told = send(locked.brand, sendings, by=by, now=now)
    bad = [*locked.result["bad"], *(asdict(problem) for problem in found.problems)]
    locked.result = {**locked.result, "sent": told.sent, "bad": sorted(bad, key=lambda each: each["line"])}
    locked.save(update_fields=["result"])
    return told.sent


def fit(brand: Brand, rows: Sequence[TrackedRow]) -> Fitting:
    """Sort out lines whose shipment is unknown or left already, or whose tracking number is taken, in two queries."""
    known = Shipment.objects.filter(brand=brand).in_bulk([row.shipment for row in rows])
    rows = [_with_carrier(row, known.get(row.shipment)) for row in rows]
    problems = told_twice(rows)
    taken = _taken(brand, rows)
    for row in rows:
        reason = _reason(row, known.get(row.shipment), taken)
        if reason:
            problems.append(Problem(row.line, reason[0], reason[1], reason[2]))
    out = {problem.line for problem in problems}
    return Fitting([row for row in rows if row.line not in out], problems)


def _with_carrier(row: TrackedRow, shipment: Shipment | None) -> TrackedRow:
    """The line with the carrier that the shipment has already, where it names none."""
    return replace(row, carrier=shipment.carrier) if shipment and not row.carrier else row


def _taken(brand: Brand, rows: Sequence[TrackedRow]) -> dict[tuple[str, str], int]:
    """The shipments that have a tracking number of the file, by carrier and number."""
    numbers = {row.tracking.upper() for row in rows if row.tracking}
    found = Shipment.objects.filter(brand=brand).annotate(folded=Upper("tracking")).filter(folded__in=numbers)
    return {(each.carrier.upper(), each.tracking.upper()): each.pk for each in found}


def _reason(
    row: TrackedRow, shipment: Shipment | None, taken: dict[tuple[str, str], int]
) -> tuple[str, str, str] | None:
    number = str(row.shipment)
    if shipment is None:
        return "shipment", number, "No shipment of this brand has this number."
    if shipment.is_sent:
        return "shipment", number, f"Already sent on {day(shipment.sent_on)}; it stays as it is."
    if shipment.state == ShipmentState.CANCELLED:
        return "shipment", number, "This shipment was cancelled."
    holder = taken.get((row.carrier.upper(), row.tracking.upper()))
    if row.tracking and holder not in (None, row.shipment):
        return "tracking", row.tracking, f"Shipment {holder} has this tracking number."
    return None


def _kept(row: TrackedRow) -> dict[str, Any]:
    cost = None if row.cost is None else str(row.cost)
    return asdict(row) | {"sent_on": row.sent_on.isoformat(), "cost": cost}


def _row(kept: dict[str, Any]) -> TrackedRow:
    cost = None if kept["cost"] is None else Decimal(kept["cost"])
    return TrackedRow(**{**kept, "sent_on": date.fromisoformat(kept["sent_on"]), "cost": cost})
