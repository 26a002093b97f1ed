"""The list of creators: search, filter, export, and moving many at once."""

from collections.abc import Iterator

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST
from django_scopes import scope

from config.lib.htmx import render_page
from config.lib.paging import page_of
from config.lib.tabular import csv_response, xlsx_response
from creators.actions import lifecycle
from creators.exports import creators as exports
from creators.forms.creators import FilterForm, MoveForm
from creators.models import Creator
from creators.queries.creators import CreatorFilter, in_batches, listed, matching
from team.requests import Request


def creator_list(request: Request) -> HttpResponse:
    """The creators that the address asks for, with their stages in the current brand."""
    form = FilterForm(request.GET)
    page = page_of(request, matching(form.wanted(request.brand)))
    context = {
        "form": form,
        "page": page,
        "rows": listed(page.object_list, brand=request.brand),
        "query": _query(request.GET),
        "is_filtered": any(value for name, value in request.GET.items() if name not in ("page", "sort")),
    }
    return render_page(request, "creators/list.html", context, partial="rows")


def export(request: Request, form: str) -> HttpResponseBase:
    """Everything that the filter finds, as CSV or XLSX."""
    rows = _exported(request, FilterForm(request.GET).wanted(request.brand))
    answer = csv_response if form == "csv" else xlsx_response
    return answer("creators", exports.HEADER, rows)


def _exported(request: Request, wanted: CreatorFilter) -> Iterator[list[object]]:
    # The rows are streamed after the request's own scope has closed.
    with scope(brand=request.brands):
        yield from exports.rows(in_batches(matching(wanted), brand=request.brand))


@require_POST
def set_stage(request: Request) -> HttpResponse:
    """Move the selected creators, or all that the filter finds: first ask for stage and reason, then do it."""
    chosen, is_all = chosen_creators(request)
    asked = request.POST.get("sure") == "yes"
    initial = {"brand": request.brand}
    form = MoveForm(request.POST if asked else None, brands=request.brands, initial=initial)
    back = f"{reverse('creators:list')}?{_query(request.GET)}"
    if asked and form.is_valid():
        moved = lifecycle.move(
            chosen.values_list("pk", flat=True), **form.cleaned_data, by=request.user, now=timezone.now()
        )
        messages.success(request, f"{moved} moved; the others were in this stage already.")
        return redirect(back)
    context = {
        "form": form, "count": chosen.count(), "is_all": is_all, "ids": request.POST.getlist("ids"), "back": back,
        "query": _query(request.GET),
    }  # fmt: skip
    return render(request, "creators/set_stage.html", context, status=422 if asked else 200)


def chosen_creators(request: Request) -> tuple[QuerySet[Creator], bool]:
    """The creators that a bulk form means. "All" is the filter in the address, run again here."""
    if request.POST.get("all") == "yes":
        return matching(FilterForm(request.GET).wanted(request.brand)), True
    ids = [int(text) for text in request.POST.getlist("ids") if text.isdigit() and len(text) < 19]
    return Creator.objects.filter(pk__in=ids), False


def _query(parameters: QueryDict) -> str:
    """The filter of the address without its page."""
    kept = parameters.copy()
    kept.pop("page", None)
    return kept.urlencode()
