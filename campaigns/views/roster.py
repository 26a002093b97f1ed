"""Importing a roster in four steps: file, columns, check, result. Each is an address to come back to."""

from collections.abc import Iterator
from functools import partial
from pathlib import PurePath

from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from campaigns import tasks
from campaigns.actions import roster_jobs
from campaigns.enums import RosterStep
from campaigns.forms.roster import ColumnsForm, RosterFileForm
from campaigns.logic.roster_columns import error_columns, unmatched, written_columns
from campaigns.models import Campaign
from campaigns.queries.roster import bad_rows, cleaned_rows
from config.lib.htmx import render_page
from config.lib.paging import page_of
from config.lib.tabular import Row, Table, csv_response
from team.enums import JobState
from team.models import Job
from team.requests import Request


def upload(request: Request) -> HttpResponse:
    """Step 1: the file."""
    form = RosterFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            job = roster_jobs.take_file(
                form.cleaned_data["file"], brand=request.brand, by=request.user, now=timezone.now()
            )
        except roster_jobs.NotATable as error:
            form.add_error("file", str(error))
        else:
            return redirect(_columns_url(job, request.GET.get("campaign", "")))
    status = 422 if request.method == "POST" else 200
    return render(request, "campaigns/roster_upload.html", {"form": form}, status=status)


def _columns_url(job: Job, campaign: str) -> str:
    """The next step; the campaign whose page the person came from stays chosen."""
    query = {"campaign": campaign} if campaign.isdecimal() else None
    return reverse("campaigns:roster_columns", args=[job.pk], query=query)


def columns(request: Request, pk: int) -> HttpResponse:
    """Step 2: which column is which, and the campaign."""
    job = _job(request, pk)
    if job.kind == RosterStep.IMPORT:
        return redirect("campaigns:roster_check", job.pk)
    header, mapping = job.options["header"], job.options["mapping"]
    form = ColumnsForm(
        request.POST or None, header=header, mapping=mapping, campaigns=_campaigns(request),
        initial={"campaign": job.options.get("campaign") or request.GET.get("campaign")},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        return _check(request, job, form)
    context = {
        "job": job, "form": form, "left_out": unmatched(mapping, header),
        "samples": [(name, [row.get(name, "") for row in job.options.get("samples", [])]) for name in header],
    }  # fmt: skip
    return render(request, "campaigns/roster_columns.html", context, status=422 if request.method == "POST" else 200)


def _check(request: Request, job: Job, form: ColumnsForm) -> HttpResponse:
    campaign = form.cleaned_data["campaign"]
    with transaction.atomic():
        if roster_jobs.ask_to_check(job, mapping=form.mapping(), campaign=campaign, now=timezone.now()):
            _nudge(job)
        else:
            messages.error(request, "This file is being worked on at the moment.")
    return redirect("team:job", job.pk)


def check(request: Request, pk: int) -> HttpResponse:
    """Step 3: what would happen, and the rows that cannot go in; once it is done, step 4: what did happen."""
    job = _job(request, pk)
    if job.kind == RosterStep.FILE:
        return redirect("campaigns:roster_columns", job.pk)
    if job.state in (JobState.WAITING, JobState.RUNNING):
        return redirect("team:job", job.pk)
    return _show(request, job)


def _show(request: Request, job: Job, *, is_unticked: bool = False) -> HttpResponse:
    campaign = _campaigns(request).filter(pk=job.options.get("campaign")).first()
    cleaned, page = cleaned_rows(job), page_of(request, bad_rows(job))
    context = {
        "job": job, "counts": job.result, "campaign": campaign, "page": page,
        "problems": [(row, _in_their_words(job, each), each) for row in page for each in row.reasons],
        "cleaned": cleaned[:20], "cleaned_count": cleaned.count(), "is_unticked": is_unticked,
        "is_imported": job.kind == RosterStep.IMPORT and job.state == JobState.DONE,
        "good": job.result.get("rows", 0) - job.result.get("bad", 0),
    }  # fmt: skip
    return render_page(
        request, "campaigns/roster_check.html", context, partial="rows", status=422 if is_unticked else 200
    )


def _in_their_words(job: Job, problem: dict[str, str]) -> str:
    """The column of the file that a problem is in, as the file calls it; blank where it is about the whole row."""
    field = problem["field"]
    return str(job.options["mapping"].get(field, field))


@require_POST
def run(request: Request, pk: int) -> HttpResponse:
    """Import the rows that were checked; with bad rows among them only where the person ticks the rest."""
    job = _job(request, pk)
    skip_bad = request.POST.get("skip_bad") == "yes"
    if job.kind == RosterStep.CHECK and job.result.get("bad") and not skip_bad:
        return _show(request, job, is_unticked=True)
    with transaction.atomic():
        if roster_jobs.ask_to_import(job, skip_bad=skip_bad, now=timezone.now()):
            _nudge(job)
        else:
            messages.error(request, "This file was imported already, or is being worked on.")
    return redirect("team:job", job.pk)


def errors(request: Request, pk: int) -> HttpResponseBase:
    """The rows that cannot go in, as they were written, with their lines and reasons.

    The separator stays too: beside semicolons an amount such as 1.234 is read with more care.
    """
    job = _job(request, pk)
    table = roster_jobs.table_of(job) if job.file else None
    header, separator = error_columns(job.options["header"]), table.separator if table else ""
    name = f"{PurePath(job.file_name).stem} errors"
    return csv_response(name, header, _errors(job, table), separator=separator or ",")


def _errors(job: Job, table: Table | None) -> Iterator[list[object]]:
    reasons = {row.line: "; ".join(_said(job, each) for each in row.reasons) for row in bad_rows(job)}
    for row in table.rows() if table and reasons else ():
        if row.line in reasons:
            yield [row.line, reasons[row.line], *_written(row, job.options["header"])]


def _said(job: Job, problem: dict[str, str]) -> str:
    column = _in_their_words(job, problem)
    return f"{column}: {problem['reason']}" if column else problem["reason"]


def _written(row: Row, header: list[str]) -> list[str]:
    """The cells of a row as they stand in the file, those that nothing could be made of too."""
    cells = list(row.written) or [row.cells.get(name, "") for name in header]
    told_before = len(header) - len(written_columns(header))
    return cells[told_before:] if len(cells) > told_before else cells


def _nudge(job: Job) -> None:
    # The row is the queue: where no message gets through, the sweep finds it.
    transaction.on_commit(partial(tasks.work_on_roster.delay, job_id=job.pk), robust=True)


def _job(request: Request, pk: int) -> Job:
    jobs = Job.objects.visible_to(request.user, request.brands)
    return get_object_or_404(jobs, pk=pk, kind__in=roster_jobs.KINDS)


def _campaigns(request: Request) -> QuerySet[Campaign]:
    return Campaign.objects.filter(brand__in=request.brands).select_related("brand").order_by("name")
