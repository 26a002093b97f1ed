"""Background work as the person who asked for it sees it."""

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from config.lib.htmx import render_page
from config.lib.paging import page_of
from team.actions.jobs import shown_progress
from team.enums import JobState
from team.forms import JobFilterForm
from team.models import Job
from team.models.job import JobQuerySet
from team.requests import Request

QUICK = timedelta(seconds=30)
OVER = {JobState.DONE, JobState.FAILED}


def job(request: Request, pk: int) -> HttpResponse:
    """Where one job stands; the page asks again by itself until the job is over."""
    found = get_object_or_404(_visible(request), pk=pk)
    context = {"job": found, "progress": shown_progress(found), "over": found.state in OVER, "pause": _pause(found)}
    return render_page(request, "team/job.html", context, partial="state")


def jobs(request: Request) -> HttpResponse:
    """Recent work of the person's brands, newest first."""
    form = JobFilterForm(request.GET)
    page = page_of(request, form.narrowed(_visible(request)).select_related("brand", "made_by"))
    return render_page(request, "team/jobs.html", {"page": page, "form": form}, partial="rows")


def _pause(found: Job) -> int:
    """Seconds until the page asks again: short at first, longer for work that takes long."""
    return 1 if timezone.now() - found.made_at < QUICK else 2


def _visible(request: Request) -> JobQuerySet:
    return Job.objects.visible_to(request.user, request.brands)
