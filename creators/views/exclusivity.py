"""Who works for one brand only: listed, added, waived."""

from collections.abc import Iterator

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe
from django_scopes import scope

from config.lib.htmx import render_page
from config.lib.ids import id_of
from config.lib.paging import page_of
from config.lib.saving import posted, saved_or_refused
from config.lib.tabular import csv_response
from creators.actions import exclusivity as actions
from creators.exports import rights as exports
from creators.forms.exclusivity import ExclusivityFilterForm, ExclusivityForm, WaiveForm
from creators.forms.rights import after, chosen_brand
from creators.models import Creator, Exclusivity
from creators.queries.exclusivity import exclusivities
from creators.views.rights import may_edit, today_for
from team.requests import Request


def exclusivity_list(request: Request) -> HttpResponse:
    """The promises that creators made to the person's brands."""
    today = today_for(request)
    form = ExclusivityFilterForm(request.GET)
    context = {
        "form": form,
        "page": page_of(request, exclusivities(form.wanted(), today=today)),
        "today": today,
        "is_filtered": any(value for name, value in request.GET.items() if name != "page"),
        "may_edit": may_edit(request),
    }
    return render_page(request, "creators/exclusivity.html", context, partial="rows")


@require_safe
def exclusivity_csv(request: Request) -> HttpResponseBase:
    """Everything that the filter finds, as CSV."""

    def rows() -> Iterator[list[object]]:
        # The rows are streamed after the request's own scope has closed.
        with scope(brand=request.brands):
            found = exclusivities(ExclusivityFilterForm(request.GET).wanted(), today=today_for(request))
            yield from map(exports.exclusivity_row, found.iterator())

    return csv_response("exclusivity", exports.EXCLUSIVITIES, rows())


def add(request: Request) -> HttpResponse:
    """A creator promises to work for this brand only."""
    key = id_of(request.GET.get("creator", ""))
    about = Creator.objects.filter(pk=key).first() if key else None
    initial = {"creator": about, "first": today_for(request)}
    form = ExclusivityForm(posted(request), brands=request.brands, brand=request.brand, initial=initial)
    if form.is_valid() and _added(request, form):
        messages.success(request, "The exclusivity is recorded.")
        return redirect("creators:exclusivity")
    context = {"form": form, "title": "Add exclusivity", "back": "creators:exclusivity"}
    return render(request, "creators/rights_form.html", context, status=422 if form.errors else 200)


def _added(request: Request, form: ExclusivityForm) -> Exclusivity | None:
    told = form.cleaned_data
    try:
        return saved_or_refused(
            form,
            lambda: actions.add_exclusivity(
                told["creator"], brand=chosen_brand(form), category=told["category"],
                first=told["first"], end=after(told["last"]), note=told["note"], by=request.user,
                visible=request.rights.brands(None), now=timezone.now(),
            ),
        )  # fmt: skip
    except actions.EngagedElsewhere as refusal:
        form.add_error(None, str(refusal))
        return None


def waive(request: Request, pk: int) -> HttpResponse:
    """Let other brands work with the creator, and say why."""
    found: Exclusivity = get_object_or_404(Exclusivity.objects.select_related("creator", "brand"), pk=pk)
    form = WaiveForm(posted(request))
    if form.is_valid():
        actions.waive_exclusivity(
            found, why=form.cleaned_data["why"], by=request.user, today=today_for(request, found.brand)
        )
        messages.success(request, "The exclusivity is waived.")
        return redirect("creators:exclusivity")
    title = f"Waive {found.creator}’s exclusivity in {found.category} with {found.brand}"
    context = {"form": form, "title": title, "back": "creators:exclusivity", "button": "Waive"}
    return render(request, "creators/rights_form.html", context, status=422 if form.errors else 200)
