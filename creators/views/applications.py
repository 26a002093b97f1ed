"""The queue of people who applied: looked through, accepted, declined, put on the spam pile."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.db import DatabaseError
from django.db.models import QuerySet
from django.http import Http404, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.template.defaultfilters import pluralize
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe
from django_scopes import scope

from config.lib.htmx import render_page
from config.lib.ids import ids_of
from config.lib.paging import page_of
from config.lib.qr import qr_response
from config.lib.refusals import refusal_of
from config.lib.tabular import csv_response
from creators.actions import applications as actions
from creators.enums import Platform, RateFormat
from creators.exports import applications as exports
from creators.forms.applications import ApplicationFilterForm, DeclineForm
from creators.models import Application
from creators.queries.applications import applications, counts_by_state, earlier, on_the_roster
from creators.views.rights import may_edit
from team.requests import Request

AT_ONCE = 100
"""How many applications one press decides about."""


@require_safe
def application_list(request: Request) -> HttpResponse:
    """People who applied, those who wait first unless the address asks otherwise."""
    form = ApplicationFilterForm(request.GET, brands=request.brands)
    wanted = form.wanted()
    context = {
        "form": form,
        "wanted": wanted,
        "page": page_of(request, applications(wanted)),
        "counts": counts_by_state(brand.pk for brand in request.brands),
        "open_forms": [brand for brand in request.brands if brand.is_open_to_applications],
        "query": _query(request.GET),
        "is_filtered": any(value for name, value in request.GET.items() if name not in ("page", "state")),
        "may_edit": may_edit(request),
        "at_once": AT_ONCE,
    }
    return render_page(request, "creators/applications.html", context, partial="rows")


@require_safe
def applications_csv(request: Request) -> HttpResponseBase:
    """Everything that the filter finds, as CSV."""
    wanted = ApplicationFilterForm(request.GET, brands=request.brands).wanted()

    def rows() -> Any:
        # The rows are streamed after the request's own scope has closed.
        with scope(brand=request.brands):
            yield from map(exports.row, applications(wanted).iterator(chunk_size=500))

    return csv_response("applications", exports.HEADER, rows())


@require_safe
def application(request: Request, pk: int) -> HttpResponse:
    """Everything that one person sent."""
    found = get_object_or_404(applications(_everything()), pk=pk)
    context = {
        "application": found,
        "others": [(Platform(each["platform"]).label, each) for each in found.others],
        "formats": RateFormat.words(found.formats),
        "consent": actions.consent_of(found.brand, version=found.consent),
        "later": [{**each, "at": datetime.fromisoformat(each["at"])} for each in found.later],
        "earlier": earlier(found),
        "held": on_the_roster(found),
        "waits": found.state in ("new", "spam"),
        "form": DeclineForm(),
        "may_edit": may_edit(request),
    }
    return render(request, "creators/application.html", context)


def _everything() -> Any:
    return ApplicationFilterForm({"state": "all"}, brands=[]).wanted()


@require_POST
def decide(request: Request) -> HttpResponse:
    """Accept, decline (asking why first) or move the selected applications, or all that the filter finds."""
    act = request.POST.get("act", "")
    chosen = list(_chosen(request).undecided().values_list("pk", flat=True)[:AT_ONCE])
    back = f"{reverse('creators:applications')}?{_query(request.GET)}"
    if act == "decline":
        return _decline(request, chosen, back)
    if act == "accept":
        return _accept(request, chosen, back)
    if act not in ("spam", "genuine"):
        messages.error(request, "Nothing was changed: choose accept, decline or spam.")
        return redirect(back)
    moved = actions.mark_spam(chosen) if act == "spam" else actions.mark_genuine(chosen)
    messages.success(request, f"{moved} moved {'to' if act == 'spam' else 'off'} the spam pile.")
    return redirect(back)


def _accept(request: Request, chosen: list[int], back: str) -> HttpResponse:
    try:
        accepted = actions.accept(chosen, by=request.user, now=timezone.now())
    except DatabaseError as error:
        messages.error(request, f"Nobody was accepted. {refusal_of(error)}")
        return redirect(back)
    messages.success(request, f"{len(accepted)} accepted: on the roster as prospect{pluralize(accepted)}.")
    if len(accepted) == 1:
        return redirect("desk:creator", accepted[0].creator_id)
    return redirect(back)


def _decline(request: Request, chosen: list[int], back: str) -> HttpResponse:
    asked = "why" in request.POST
    form = DeclineForm(request.POST if asked else None)
    if asked and form.is_valid():
        count = actions.decline(chosen, why=form.cleaned_data["why"], by=request.user, now=timezone.now())
        messages.success(request, f"{count} declined.")
        return redirect(back)
    context = {"form": form, "ids": chosen, "back": back, "query": _query(request.GET)}
    return render(request, "creators/applications_decline.html", context, status=422 if asked else 200)


def _chosen(request: Request) -> Any:
    """The applications that a bulk form means. "All" is the filter in the address, run again here."""
    if request.POST.get("all") == "yes":
        return applications(ApplicationFilterForm(request.GET, brands=request.brands).wanted())
    ids = ids_of(request.POST.getlist("ids"))
    found: QuerySet[Application] = Application.objects.filter(pk__in=ids)
    return found


@require_safe
def application_qr(request: Request, pk: int) -> HttpResponse:
    """The address of a brand's form as a QR code."""
    brand = next((each for each in request.brands if each.pk == pk), None)
    if brand is None:
        raise Http404
    address, is_file = brand.application_address, "download" in request.GET
    return qr_response(address, scale=4, name=f"apply-{brand.slug}", is_file=is_file)


def _query(told: QueryDict) -> str:
    """The address's filter without its page."""
    kept = told.copy()
    kept.pop("page", None)
    return kept.urlencode()
