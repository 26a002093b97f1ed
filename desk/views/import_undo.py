"""Taking an import back: what would go, what would stay and why, and the press."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django_scopes import scopes_disabled

from campaigns.enums import RosterStep
from creators.models import Creator
from desk import tasks
from desk.actions.import_undo import TooLate
from desk.actions.import_undo_jobs import ask
from desk.queries.import_undo import can_be_undone, undoing
from team.models import Job
from team.requests import Request

_SHOWN = 200


def undo_import(request: Request, pk: int) -> HttpResponse:
    """Look at every row of the import as it stands now; then take back what nobody touched, in the background."""
    jobs = Job.objects.visible_to(request.user, request.brands)
    job = get_object_or_404(jobs, pk=pk, kind__in=RosterStep.values)
    if request.method == "POST":
        return _undo(request, job)
    found = None
    if can_be_undone(job, now=timezone.now()):
        with scopes_disabled():  # what another brand did counts too, and is told without its name
            found = undoing(job)
    told = dict(job.result.get("undone", {}))
    context = {
        "job": job, "found": found, "stays": found.stays[:_SHOWN] if found else [], "told": told,
        "stayed": _stayed(told),
    }  # fmt: skip
    return render(request, "desk/undo_import.html", context)


def _undo(request: Request, job: Job) -> HttpResponse:
    try:
        undoing_job = ask(job, by=request.user, now=timezone.now())
    except TooLate as refusal:
        messages.error(request, str(refusal))
        return redirect("desk:undo_import", job.pk)
    tasks.undo_import.delay_on_commit(job_id=undoing_job.pk)
    return redirect("team:job", undoing_job.pk)


def _stayed(told: dict[str, Any]) -> list[tuple[int, Creator | None, list[str]]]:
    """The first lines that stayed, with their creators; None for who is gone since."""
    lines = told.get("stays", [])[:_SHOWN]
    creators = Creator.objects.in_bulk([number for _, number, _ in lines])
    return [(line, creators.get(number), reasons) for line, number, reasons in lines]
