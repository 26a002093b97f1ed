"""Handing out and erasing all that is kept about one person."""

from django.contrib import messages
from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST
from django_scopes import scopes_disabled

from config.lib.saving import posted
from creators.models import Creator
from desk import tasks
from desk.actions import erase_jobs
from desk.actions.handing_out import note_export
from desk.exports.person import person_zip
from desk.forms.person import EraseForm
from desk.queries.person import may_decide
from desk.queries.person_rows import by_words
from desk.views.merging import NOT_ALL_YOURS
from team.requests import Request


def erase(request: Request, pk: int) -> HttpResponse:
    """What would go and what would stay; then, with the name typed, it goes in the background."""
    creator = get_object_or_404(Creator.objects.filter(erased_on=None).prefetch_related("profiles"), pk=pk)
    may = may_decide(creator, request.brands)
    form = EraseForm(posted(request), creator=creator)
    if may and form.is_valid():
        job = erase_jobs.ask(creator, by=request.user, now=timezone.now())
        tasks.erase_creator.delay_on_commit(job_id=job.pk)
        return redirect("team:job", job.pk)
    goes, stays = _counts(creator) if may else ([], [])
    context = {"creator": creator, "form": form, "may": may, "refusal": NOT_ALL_YOURS, "goes": goes, "stays": stays}
    return render(request, "desk/erase.html", context, status=422 if form.is_bound else 200)


def _counts(creator: Creator) -> tuple[list[tuple[str, int]], list[tuple[str, int]]]:
    with scopes_disabled():  # the person may do all of it, as was just asked
        return by_words(creator)


@require_POST
def export_person(request: Request, pk: int) -> HttpResponseBase:
    """One ZIP with everything, and a line that says who took it."""
    creator = get_object_or_404(Creator, pk=pk)
    if not may_decide(creator, request.brands):
        messages.error(request, NOT_ALL_YOURS)
        return redirect("desk:creator", pk)
    now = timezone.now()
    note_export(creator, by=request.user, now=now)
    answer = FileResponse(person_zip(creator, now=now), as_attachment=True, filename=f"creator-{pk}.zip")
    answer["Cache-Control"] = "private, no-store"
    return answer
