"""Who was whitelisted, or in any stage, on a given day."""

from collections.abc import Iterator

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe
from django_scopes import scope

from config.lib.days import day_at
from config.lib.htmx import render_page
from config.lib.paging import page_of
from config.lib.tabular import csv_response
from creators.exports import lifecycle as exports
from creators.forms.lifecycle import DayForm
from creators.queries.spans import DayFilter, spans_on
from team.models import Brand
from team.requests import Request


@require_safe
def lifecycle(request: Request) -> HttpResponse:
    """Stages and overlays of the current brand's creators on one of its days."""
    if request.brand is None:
        return render(request, "creators/lifecycle.html", {})
    wanted = _wanted(request, request.brand)
    form = DayForm({**request.GET.dict(), "day": wanted.day})
    context = {"form": form, "brand": request.brand, "wanted": wanted, "query": request.GET.urlencode()}
    context["page"] = page_of(request, spans_on(wanted))
    return render_page(request, "creators/lifecycle.html", context, partial="rows")


@require_safe
def lifecycle_csv(request: Request) -> HttpResponseBase:
    """The same as CSV."""
    if request.brand is None:
        return redirect("creators:lifecycle")
    wanted = _wanted(request, request.brand)
    return csv_response(f"lifecycle {wanted.day}", exports.HEADER, _rows(wanted))


def _wanted(request: Request, brand: Brand) -> DayFilter:
    return DayForm(request.GET).wanted(brand, today=day_at(timezone.now(), brand.time_zone))


def _rows(wanted: DayFilter) -> Iterator[list[object]]:
    # The rows are streamed after the request's own scope has closed.
    with scope(brand=wanted.brand):
        yield from map(exports.row, spans_on(wanted).iterator())
