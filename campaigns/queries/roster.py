"""The staged rows of a roster file, for pages, error files and commands."""

from collections.abc import Iterator

from django.db.models import Q, QuerySet

from campaigns.enums import RosterStep
from campaigns.logic.roster_columns import written_columns
from campaigns.models import ImportedRow, RosterRow
from team.models import Job, User

_FINE = Q(problems=[], conflicts=[])


def rows_of(job: Job) -> QuerySet[RosterRow]:
    """The rows of one job. A roster may belong to no brand, so the wall here is the job: ask who may see it first."""
    return RosterRow.objects.with_scopes_disabled().filter(job=job).order_by("line")


def imported_rows(job: Job) -> QuerySet[ImportedRow]:
    """What the job's import did, row by row; the wall is the job here too."""
    return ImportedRow.objects.with_scopes_disabled().filter(job=job).order_by("line")


def remembered(header: list[str], *, by: User) -> dict[str, str]:
    """How the person matched the columns of the last file with this first line; empty where there was none.

    Rows with errors that come back have the columns of the file that they stayed out of.
    """
    of_this_shape = Q(options__header=header) | Q(options__header=written_columns(header))
    matched = Job.objects.filter(of_this_shape, kind__in=(RosterStep.CHECK, RosterStep.IMPORT), made_by=by)
    options = matched.order_by("-pk").values_list("options", flat=True).first()
    return dict(options["mapping"]) if options else {}


def bad_rows(job: Job) -> QuerySet[RosterRow]:
    """The rows that stay out."""
    return rows_of(job).exclude(_FINE)


def cleaned_rows(job: Job) -> QuerySet[RosterRow]:
    """Rows that go in otherwise than they were written."""
    return rows_of(job).filter(_FINE).exclude(notices=[])


def bad_cells(job: Job) -> Iterator[dict[str, object]]:
    """{line, field, value, reason} of everything that keeps rows out, by line."""
    for row in bad_rows(job).iterator(chunk_size=1_000):
        for reason in row.reasons:
            yield {"line": row.line, **reason}
