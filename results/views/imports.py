"""Uploading a shop's order export: read, previewed with its problems, taken in, with progress in between."""

from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe
from django_scopes import scope

from config.lib.saving import posted
from config.lib.tabular import csv_response
from results import tasks
from results.actions import order_jobs
from results.actions.staging import problems_of
from results.forms.orders import UploadForm
from team.enums import JobState
from team.models import Job
from team.requests import Request

_SHOWN = 50
_PROBLEM_HEADER = ("line", "field", "value", "reason")


def import_orders(request: Request) -> HttpResponse:
    """Choose a file; a worker reads it for the preview."""
    brand = request.brand
    assert brand  # noqa: S101 - the middleware refuses people without a brand
    form = UploadForm(posted(request), request.FILES or None, brand=brand)
    if request.method == "POST" and form.is_valid():
        currency = form.cleaned_data.get("currency", "")
        job = order_jobs.ask_to_read(brand, form.cleaned_data["file"], currency=currency, by=request.user)
        _result_at(job, reverse("results:import_preview", args=[job.pk]), retry=reverse("results:import"))
        tasks.read_orders.delay_on_commit(job_id=job.pk)
        return redirect("team:job", job.pk)
    earlier = Job.objects.filter(brand=brand, kind=order_jobs.IMPORT)[:5]
    context = {"form": form, "brand": brand, "earlier": earlier}
    return render(request, "results/import.html", context, status=422 if form.errors else 200)


def import_preview(request: Request, pk: int) -> HttpResponse:
    """What the import would do, with every problem by its line; then the import itself."""
    read = _read(request, pk)
    if request.method == "POST":
        job = order_jobs.ask_to_import(read, skip_bad="skip_bad" in request.POST, by=request.user)
        _result_at(job, reverse("results:import_preview", args=[read.pk]), retry=reverse("results:import"))
        tasks.import_orders.delay_on_commit(job_id=job.pk)
        return redirect("team:job", job.pk)
    if read.state in (JobState.WAITING, JobState.RUNNING):
        return redirect("team:job", read.pk)
    imported = Job.objects.filter(kind=order_jobs.IMPORT, brand=read.brand, options__read=read.pk).first()
    counts = imported.result if imported and imported.state == JobState.DONE else read.result
    context = {
        "read": read, "imported": imported, "counts": counts, "problems": _problems(read)[:_SHOWN], "shown": _SHOWN,
    }  # fmt: skip
    return render(request, "results/import_preview.html", context)


@require_safe
def import_problems(request: Request, pk: int) -> HttpResponseBase:
    """Every problem of a file, as CSV, to correct it by."""
    read = _read(request, pk)
    rows = [[problem[name] for name in _PROBLEM_HEADER] for problem in _problems(read)]
    return csv_response(f"problems-{read.pk}", _PROBLEM_HEADER, rows)


def _read(request: Request, pk: int) -> Job:
    found: Job = get_object_or_404(
        Job.objects.select_related("brand"), pk=pk, kind=order_jobs.READ, brand__in=request.brands
    )
    return found


def _problems(read: Job) -> list[dict[str, Any]]:
    with scope(brand=read.brand):
        return list(read.result.get("bad") or []) if read.state == JobState.FAILED else list(problems_of(read))


def _result_at(job: Job, address: str, *, retry: str) -> None:
    job.options = {**job.options, "result_url": address, "retry_url": retry}
    job.save(update_fields=["options"])
