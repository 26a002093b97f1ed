"""Keeping numbers fresh, as people see it: what is due, what it costs, what failed; and refreshing now."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBadRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from config.lib.htmx import render_page
from config.lib.ids import ids_of
from config.lib.paging import page_of
from config.lib.tabular import csv_response
from creators.actions import breakers, refresh_jobs, supplies
from creators.actions.refresh import ASKED_BY_HAND
from creators.enums import Failure, Source
from creators.exports.failures import HEADER, rows
from creators.forms.refresh import FailuresForm
from creators.models import Creator, Profile
from creators.queries.refresh import causes, due_by_question, failures, lots_of, purses
from creators.tasks import work_on_refresh
from team.enums import Role
from team.requests import Request


@require_safe
def refresh(request: Request) -> HttpResponse:
    """What is due, what is spent and expected, who is left alone, and what failed for which cause."""
    now = timezone.now()
    with supplies.stored() as suppliers:
        shown = purses(suppliers, now=now)
    context = {"purses": shown, "questions": due_by_question(now=now), "causes": causes(), "now": now}
    context["may_edit"] = bool(request.rights.brands(Role.MANAGER))
    return render_page(request, "creators/refresh.html", context, partial="state")


@require_safe
def refresh_failures(request: Request) -> HttpResponse:
    """The profiles behind the causes, searched and filtered."""
    form = FailuresForm(request.GET)
    page = page_of(request, failures(**form.wanted()))
    context = {"form": form, "page": page, "is_filtered": any(form.wanted().values())}
    return render_page(request, "creators/refresh_failures.html", context, partial="rows")


@require_safe
def refresh_failures_csv(request: Request) -> HttpResponseBase:
    """The same, as a file."""
    found = failures(**FailuresForm(request.GET).wanted())
    return csv_response("without-numbers", HEADER, rows(found.iterator(chunk_size=1000)))


@require_POST
def refresh_retry(request: Request) -> HttpResponse:
    """Ask again for everything that one cause left without an answer, or a provider that is left alone."""
    cause, source = request.POST.get("cause", ""), request.POST.get("source", "")
    if source in Source.values:
        breakers.close(Source(source))
        work_on_refresh.delay_on_commit()
        messages.success(request, f"{Source(source).label} is asked again.")
        return redirect("creators:refresh")
    if cause not in Failure.values:
        return HttpResponseBadRequest("Choose one of the causes.")
    with supplies.stored() as suppliers:
        job = refresh_jobs.retry(Failure(cause), suppliers, by=request.user, brand=request.brand, now=timezone.now())
    work_on_refresh.delay_on_commit()
    return redirect("team:job", job.pk)


@require_POST
def refresh_now(request: Request) -> HttpResponse:
    """Refresh some creators: first say what it costs, then ask. Where to go back to is posted."""
    ids = ids_of(request.POST.getlist("ids"))
    kept = [("ids", pk) for pk in ids]
    back = _own(request.POST.get("back", ""))
    profiles = profiles_of(Creator.objects.filter(pk__in=ids))
    return asked_now(request, profiles, action=reverse("creators:refresh_now"), kept=kept, back=back)


def profiles_of(creators: QuerySet[Creator]) -> QuerySet[Profile]:
    """Every profile of these creators."""
    return Profile.objects.filter(creator__in=creators.order_by().values("pk"))


def asked_now(
    request: Request, profiles: QuerySet[Profile], *, action: str, back: str, kept: Sequence[tuple[str, Any]] = ()
) -> HttpResponse:
    """The page that says what refreshing these profiles costs; with `sure` posted, the job that does it."""
    now = timezone.now()
    with supplies.stored() as suppliers:
        lots = lots_of(profiles, suppliers, ASKED_BY_HAND, now=now)
        if request.POST.get("sure") == "yes" and lots:
            return _begin(request, profiles, suppliers, back)
    context: Mapping[str, Any] = {
        "count": profiles.count(), "lots": lots, "served": sum(lot.profiles for lot in lots), "action": action,
        "back": back, "kept": kept,
    }  # fmt: skip
    return render(request, "creators/refresh_now.html", context)


def _begin(request: Request, profiles: QuerySet[Profile], suppliers: supplies.Suppliers, back: str) -> HttpResponse:
    ids = list(profiles.order_by().values_list("pk", flat=True))
    job = refresh_jobs.ask(
        ids, suppliers, by=request.user, brand=request.brand, now=timezone.now(), result_url=back
    )  # fmt: skip
    work_on_refresh.delay_on_commit()
    messages.success(request, "Refreshing. You may leave this page.")
    return redirect("team:job", job.pk)


def _own(address: str) -> str:
    """An address of ours to go back to; anything else leads to the list."""
    return address if address.startswith("/") and not address.startswith(("//", "/\\")) else reverse("desk:creators")
