"""Ads that were seen running: listed, entered, uploaded, dealt with."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect, render
from django.template.defaultfilters import pluralize
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe
from django_scopes import scope

from config.lib.htmx import render_page
from config.lib.paging import page_of
from config.lib.saving import posted, saved_or_refused
from config.lib.tabular import NotATable, csv_response
from creators.actions import sightings as actions
from creators.exports import rights as exports
from creators.exports.sightings import Shown, lines_html
from creators.forms.rights import chosen_brand
from creators.forms.sightings import SettleForm, SightingFileForm, SightingFilterForm, SightingForm
from creators.models import Sighting
from creators.queries.sightings import sightings
from creators.views.rights import may_edit, today_for
from team.requests import Request


def sighting_list(request: Request) -> HttpResponse:
    """Ads seen running, those outside their rights marked."""
    form = SightingFilterForm(request.GET)
    page = page_of(request, sightings(form.wanted()))
    context = {
        "form": form,
        "page": page,
        "lines": lines_html(list(page.object_list), _shown(request)),
        "is_filtered": any(value for name, value in request.GET.items() if name != "page"),
        "may_edit": may_edit(request),
    }
    return render_page(request, "creators/sightings.html", context, partial="rows")


def _shown(request: Request) -> Shown:
    return Shown(
        rights=reverse("creators:rights"), sightings=reverse("creators:sightings"),
        token=get_token(request) if may_edit(request) else "", names_brands=len(request.brands) > 1,
    )  # fmt: skip


@require_safe
def sightings_csv(request: Request) -> HttpResponseBase:
    """Everything that the filter finds, as CSV, in the columns that can be uploaded again."""

    def rows() -> Any:
        # The rows are streamed after the request's own scope has closed.
        with scope(brand=request.brands):
            found = sightings(SightingFilterForm(request.GET).wanted())
            yield from map(exports.sighting_row, found.prefetch_related("creator__profiles").iterator(chunk_size=500))

    return csv_response("sightings", exports.SIGHTINGS, rows())


def add(request: Request) -> HttpResponse:
    """Write down an ad that somebody saw."""
    form = SightingForm(posted(request), brands=request.brands, brand=request.brand, today=today_for(request))
    if form.is_valid():
        told = dict(form.cleaned_data)
        told.pop("brand")
        brand = chosen_brand(form)
        made = saved_or_refused(
            form, lambda: actions.add_sighting(**told, brand=brand, by=request.user, now=timezone.now())
        )
        if made:
            messages.success(request, "The sighting is recorded.")
            return redirect("creators:sightings")
    context = {"form": form, "title": "Record an ad seen running", "back": "creators:sightings"}
    return render(request, "creators/rights_form.html", context, status=422 if form.errors else 200)


def upload(request: Request) -> HttpResponse:
    """Many sightings from a file, and the line of each problem: all of them, or none, or the rest where so ticked."""
    form = SightingFileForm(posted(request), request.FILES or None, brands=request.brands, brand=request.brand)
    outcome = None
    if form.is_valid():
        outcome = _imported(request, form)
        if outcome and outcome.is_done:
            messages.success(request, f"{outcome.new} new sighting{pluralize(outcome.new)} of {outcome.rows}.")
        if outcome and not outcome.problems:
            return redirect("creators:sightings")
    context = {"form": form, "outcome": outcome, "columns": actions.COLUMNS}
    is_refused = form.errors or (outcome and not outcome.is_done)
    return render(request, "creators/sightings_upload.html", context, status=422 if is_refused else 200)


def _imported(request: Request, form: SightingFileForm) -> actions.Outcome | None:
    brand = chosen_brand(form)
    today, now = today_for(request, brand), timezone.now()
    try:
        return actions.import_sightings(
            form.cleaned_data["file"], brand=brand, by=request.user, today=today, now=now,
            skip_bad=form.cleaned_data["skip_bad"],
        )  # fmt: skip
    except NotATable as error:
        form.add_error("file", str(error))
        return None


@require_POST
def settle(request: Request, pk: int) -> HttpResponse:
    """Say what was done about an ad outside its rights."""
    seen: Sighting = get_object_or_404(Sighting.objects.select_related("brand", "creator"), pk=pk)
    form = SettleForm(request.POST)
    if form.is_valid():
        actions.settle([seen], why=form.cleaned_data["why"], today=today_for(request, seen.brand))
        messages.success(request, "Noted.")
        back = request.POST.get("next", "")
        is_ours = url_has_allowed_host_and_scheme(back, allowed_hosts=None) and back.startswith("/")
        return redirect(back if is_ours else "creators:sightings")
    context = {"form": form, "title": f"What was done about {seen}?", "back": "creators:sightings"}
    return render(request, "creators/rights_form.html", context, status=422)
