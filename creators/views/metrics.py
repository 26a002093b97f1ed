"""Loading public numbers from a file: chosen, previewed with its bad lines, then stored as a whole."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from config.lib.saving import posted
from creators import tasks
from creators.actions import metric_jobs
from creators.actions.metric_files import NotMetrics
from creators.enums import Question
from creators.forms.metrics import MetricsFileForm
from team.enums import JobState
from team.models import Job
from team.requests import Request


def metrics_import(request: Request) -> HttpResponse:
    """Choose a file; it is read in the background for a preview."""
    brand = request.brand
    assert brand  # noqa: S101 - the middleware refuses people without a brand
    form = MetricsFileForm(posted(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            job = metric_jobs.take_file(
                told["file"], question=told["question"], brand=brand, by=request.user, now=timezone.now()
            )
        except NotMetrics as refusal:
            form.add_error("file", str(refusal))
        else:
            return _working(job)
    return render(request, "creators/metrics_import.html", {"form": form}, status=422 if form.errors else 200)


def metrics_preview(request: Request, pk: int) -> HttpResponse:
    """What a file would store and what is wrong with it; then all good lines at once, or none."""
    jobs = Job.objects.select_related("brand").filter(kind__in=metric_jobs.KINDS, brand__in=request.brands)
    job = get_object_or_404(jobs, pk=pk)
    if job.state in (JobState.WAITING, JobState.RUNNING):
        return redirect("team:job", job.pk)
    refusal = ""
    if request.method == "POST" and not (refusal := _refusal(request, job)):
        if metric_jobs.ask_to_store(job, now=timezone.now()):
            return _working(job)
        return redirect("creators:metrics_preview", job.pk)
    context = {"job": job, "told": job.result, "question": _label(job), "refusal": refusal or job.error}
    return render(request, "creators/metrics_preview.html", context, status=422 if refusal else 200)


def _working(job: Job) -> HttpResponse:
    tasks.work_on_metrics.delay_on_commit(job_id=job.pk)
    return redirect("team:job", job.pk)


def _refusal(request: Request, job: Job) -> str:
    if job.result.get("bad") and "skip_bad" not in request.POST:
        return "Some lines have a problem. Correct the file and read it again, or tick that they be left out."
    return ""


def _label(job: Job) -> str:
    question = job.options.get("question", "")
    return str(Question(question).label) if question in Question.values else ""
