"""Loading public numbers from a file: chosen, previewed with its bad lines, then stored as a whole."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from config.lib.saving import posted
from creators.actions.metric_files import READ, NotMetrics, read_metrics, store_metrics
from creators.enums import Question
from creators.forms.metrics import MetricsFileForm
from team.models import Job
from team.requests import Request


def metrics_import(request: Request) -> HttpResponse:
    """Choose a file; it is read for a preview at once."""
    brand = request.brand
    assert brand  # noqa: S101 - the middleware refuses people without a brand
    form = MetricsFileForm(posted(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            job = read_metrics(
                told["file"], question=told["question"], brand=brand, by=request.user, now=timezone.now()
            )
        except NotMetrics as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect("creators:metrics_preview", job.pk)
    return render(request, "creators/metrics_import.html", {"form": form}, status=422 if form.errors else 200)


def metrics_preview(request: Request, pk: int) -> HttpResponse:
    """What a file would store and what is wrong with it; then all good lines at once, or none."""
    job = get_object_or_404(Job.objects.select_related("brand"), pk=pk, kind=READ, brand__in=request.brands)
    refusal = ""
    if request.method == "POST":
        refusal = _store(request, job)
        if not refusal:
            return redirect("creators:metrics_preview", job.pk)
    context = {"job": job, "told": job.result, "question": _label(job), "refusal": refusal}
    return render(request, "creators/metrics_preview.html", context, status=422 if refusal else 200)


def _store(request: Request, job: Job) -> str:
    """Store the file's lines; the reason where they are refused."""
    if job.result.get("bad") and "skip_bad" not in request.POST:
        return "Some lines have a problem. Correct the file and read it again, or tick that they be left out."
    try:
        stored = store_metrics(job, now=timezone.now())
    except NotMetrics as refusal:
        return str(refusal)
    job.refresh_from_db(fields=["result"])
    new = job.result.get("new", stored)
    known = "" if new else " All of it was known already."
    messages.success(request, f"{stored} line{'' if stored == 1 else 's'} read in, with the file as source.{known}")
    return ""


def _label(job: Job) -> str:
    question = job.options.get("question", "")
    return str(Question(question).label) if question in Question.values else ""
