"""Numbers that creators told: entered by hand with a screenshot, uploaded as a file, listed and handed out."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from config.lib.files import content_type_of, handed_out
from config.lib.htmx import render_page
from config.lib.paging import page_of
from config.lib.saving import posted, saved_or_refused
from config.lib.tabular import NotATable
from config.lib.uploads import at_most
from creators.actions.report_files import READ, read_reports, store_read
from creators.actions.reports import report_numbers
from creators.forms.reports import ReportForm, ReportsFileForm
from creators.logic.reported import COLUMNS
from creators.models import CreatorReport
from creators.queries.reports import reports_of, stories_asking
from creators.views.numbers import numbers_context
from team.models import Job
from team.requests import Request


def reported(request: Request, pk: int) -> HttpResponse:
    """What the creator told the person's brands of one profile's posts, and what is asked for."""
    context = numbers_context(request, pk, "reported")
    context["page"] = page_of(request, reports_of(context["profile"]))
    context["asking"] = stories_asking(timezone.now(), profile=context["profile"])[:20]
    return render_page(request, "creators/numbers_reported.html", context)


@at_most()
def report(request: Request, pk: int) -> HttpResponse:
    """Enter the numbers of one post."""
    context = numbers_context(request, pk, "reported")
    initial = {"brand": request.brand, "post": request.GET.get("post")}
    form = ReportForm(
        posted(request), request.FILES or None, profile=context["profile"], brands=request.brands, initial=initial
    )
    now = timezone.now()
    if request.method == "POST" and form.is_valid() and form.refuse_future(now):
        form.instance.screenshot = form.cleaned_data["screenshot"] or ""
        saved_or_refused(form, lambda: report_numbers(form.instance, story=form.story(), by=request.user, now=now))
        if not form.errors:
            messages.success(request, "Kept, marked as reported by the creator.")
            return redirect(f"{reverse('creators:reported', args=[pk])}?profile={context['profile'].pk}")
    return render(request, "creators/report.html", context | {"form": form}, status=422 if form.errors else 200)


@require_safe
def screenshot(request: Request, pk: int) -> HttpResponseBase:
    """Hand out a report's screenshot, always as a download."""
    found: CreatorReport = get_object_or_404(CreatorReport.objects.select_related("post__profile"), pk=pk)
    if not found.screenshot:
        messages.warning(request, "This report has no screenshot.")
        profile = found.post.profile
        return redirect(f"{reverse('creators:reported', args=[profile.creator_id])}?profile={profile.pk}")
    file = found.screenshot.open()
    kind = content_type_of(file) or "application/octet-stream"
    name = (found.screenshot.name or "screenshot").rsplit("/")[-1]
    return handed_out(file, name=name, content_type=kind)


def reports_import(request: Request) -> HttpResponse:
    """Choose a file; it is read for a preview at once."""
    form = ReportsFileForm(
        posted(request), request.FILES or None, brands=request.brands, initial={"brand": request.brand}
    )
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            job = read_reports(told["file"], brand=told["brand"], by=request.user, now=timezone.now())
        except NotATable as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect("creators:reports_preview", job.pk)
    context = {"form": form, "columns": COLUMNS}
    return render(request, "creators/reports_import.html", context, status=422 if form.errors else 200)


def reports_preview(request: Request, pk: int) -> HttpResponse:
    """What a file would add and what is wrong with it; then all good rows at once, or none."""
    job = get_object_or_404(Job.objects.select_related("brand"), pk=pk, kind=READ, brand__in=request.brands)
    refused = False
    if request.method == "POST":
        refused = bool(job.result.get("bad")) and "skip_bad" not in request.POST
        if not refused:
            stored = store_read(job, by=request.user, now=timezone.now())
            messages.success(
                request, f"{stored} report{'' if stored == 1 else 's'} kept, marked as creator-reported."
            )
            return redirect("creators:reports_preview", job.pk)
    context = {"job": job, "told": job.result, "rows": job.options.get("rows", [])[:50], "refused": refused}
    return render(request, "creators/reports_preview.html", context, status=422 if refused else 200)
