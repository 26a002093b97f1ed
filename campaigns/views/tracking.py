"""Tracking numbers back from the warehouse: a file, its preview, and every good line sent at once."""

from django.contrib import messages
from django.db import DatabaseError
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from campaigns.actions.tracking_files import READ, read_tracking, rows_read, send_read
from campaigns.forms.shipments import TrackingFileForm
from campaigns.logic.tracking import COLUMNS
from campaigns.models import Shipment
from campaigns.views.parcels import one_brand
from config.lib.refusals import refusal_of
from config.lib.saving import posted
from config.lib.tabular import NotATable, csv_response
from team.models import Job
from team.requests import Request

_SHOWN = 50


def _job(request: Request, pk: int) -> Job:
    job: Job = get_object_or_404(Job.objects.select_related("brand"), pk=pk, kind=READ, brand__in=request.brands)
    return job


def upload(request: Request) -> HttpResponse:
    """Choose a file; it is read for a preview at once."""
    brand = one_brand(request)
    form = TrackingFileForm(posted(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            job = read_tracking(form.cleaned_data["file"], brand=brand, by=request.user, now=timezone.now())
        except NotATable as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect("campaigns:shipments_tracking_preview", job.pk)
    context = {"form": form, "columns": COLUMNS, "brand": brand, "tab": "tracking"}
    return render(request, "campaigns/tracking.html", context, status=422 if form.errors else 200)


def preview(request: Request, pk: int) -> HttpResponse:
    """What a file would send and what is wrong with it; then every good line, or none."""
    job = _job(request, pk)
    if request.method == "POST":
        try:
            sent = send_read(job, by=request.user, now=timezone.now())
            messages.success(request, f"{sent} shipment{'' if sent == 1 else 's'} sent.")
        except DatabaseError as refusal:
            messages.error(request, f"{refusal_of(refusal)} Nothing was sent. Read the file again.")
        return redirect("campaigns:shipments_tracking_preview", job.pk)
    read = rows_read(job, _SHOWN)
    known = Shipment.objects.select_related("creator").in_bulk([row.shipment for row in read])
    rows = [(row, known.get(row.shipment)) for row in read]
    context = {"job": job, "told": job.result, "rows": rows, "tab": "tracking"}
    return render(request, "campaigns/tracking_preview.html", context)


@require_safe
def problems(request: Request, pk: int) -> HttpResponseBase:
    """The lines that stay out, with the reasons."""
    bad = _job(request, pk).result.get("bad", [])
    rows = ([each["line"], each["field"], each["value"], each["reason"]] for each in bad)
    return csv_response("tracking-problems", ["line", "field", "value", "reason"], rows)
