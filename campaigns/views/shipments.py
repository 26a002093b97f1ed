"""Shipments: listed, exported, picked, and moved on, one or many."""

from collections.abc import Iterator

from django.contrib import messages
from django.db import DatabaseError, transaction
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe
from django_scopes import scope

from campaigns.actions.sending import send_all
from campaigns.actions.shipments import move_shipments, pick
from campaigns.enums import ShipmentState
from campaigns.exports.shipments import PICK_HEADER, SHIPMENT_HEADER, pick_cells, shipment_cells
from campaigns.forms.shipments import DayForm, ShipmentFilterForm
from campaigns.logic.shipments import DAY_OF
from campaigns.models import Shipment
from campaigns.queries.shipments import has_parcel, pick_list, shipment_rows, shipments_matching
from campaigns.views.parcels import chosen_ids, may_edit, one_brand
from config.lib.days import day_at
from config.lib.htmx import render_page
from config.lib.paging import page_of
from config.lib.refusals import refusal_of
from config.lib.tabular import csv_response
from team.models import Brand
from team.requests import Request


def shipment_list(request: Request) -> HttpResponse:
    """The shipments of the current brand, newest first."""
    brand = one_brand(request)
    form = ShipmentFilterForm(request.GET, brand=brand)
    page = page_of(request, shipment_rows(brand, form.wanted()))
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "form": form,
        "page": page,
        "picked": has_parcel([each.pk for each in page]),
        "query": query.urlencode(),
        "is_filtered": any(value for name, value in request.GET.items() if name != "page"),
        "may_edit": may_edit(request, brand),
        "today": day_at(timezone.now(), brand.time_zone),
        "tab": "shipments",
    }
    return render_page(request, "campaigns/shipments.html", context, partial="rows")


@require_safe
def shipments_csv(request: Request) -> HttpResponseBase:
    """Everything that the filter finds, as CSV, without addresses."""
    return csv_response("shipments", SHIPMENT_HEADER, _rows(request))


def _rows(request: Request) -> Iterator[list[object]]:
    # The rows are streamed after the request's own scope has closed.
    brand = one_brand(request)
    with scope(brand=brand):
        wanted = ShipmentFilterForm(request.GET, brand=brand).wanted()
        for shipment in shipment_rows(brand, wanted).iterator(chunk_size=1_000):
            yield shipment_cells(shipment)


@require_POST
def pick_many(request: Request) -> HttpResponse:
    """Freeze the addresses of the chosen planned shipments, or of all that match, and show the pick list."""
    brand = one_brand(request)
    told = pick(_chosen(request, brand), now=timezone.now())
    if told.without_address:
        messages.warning(
            request, f"{told.without_address} stayed out: their creators have no address. Add it and pick them again."
        )
    query = request.GET.copy()
    query.pop("page", None)
    if not request.POST.get("all"):
        query.clear()
        query["ids"] = ",".join(map(str, chosen_ids(request)[:200])) or "0"
    return redirect(f"{reverse('campaigns:shipments_pick_list')}?{query.urlencode()}")


@require_safe
def pick_page(request: Request) -> HttpResponse:
    """Who gets what where: to print, or to take as a file. For managers only, as the access table says."""
    brand = one_brand(request)
    rows = pick_list(brand, ShipmentFilterForm(request.GET, brand=brand).wanted())
    context = {"page": page_of(request, rows, per_page=200), "query": request.GET.urlencode(), "brand": brand}
    return render_page(request, "campaigns/pick_list.html", context)


@require_safe
def pick_csv(request: Request) -> HttpResponseBase:
    """The pick list as a file, one line for each product of each parcel."""
    return csv_response("pick-list", PICK_HEADER, _picked(request))


def _picked(request: Request) -> Iterator[list[object]]:
    # The rows are streamed after the request's own scope has closed.
    brand = one_brand(request)
    with scope(brand=brand):
        wanted = ShipmentFilterForm(request.GET, brand=brand).wanted()
        for shipment in pick_list(brand, wanted).iterator(chunk_size=1_000):
            yield from pick_cells(shipment)


@require_POST
def move_many(request: Request) -> HttpResponse:
    """Mark the chosen shipments, or all that match, as sent, delivered, returned or cancelled on a day."""
    brand = one_brand(request)
    today = day_at(timezone.now(), brand.time_zone)
    to, form = request.POST.get("to", ""), DayForm(request.POST, today=today)
    if not form.is_valid() or to not in (ShipmentState.SENT, *DAY_OF):
        messages.error(request, "Choose what happened, and a day that has come. Nothing was changed.")
        return _back(request)
    try:
        with transaction.atomic():
            moved, refused = _move(request, brand, to, form)
    except DatabaseError as refusal:
        messages.error(request, f"{refusal_of(refusal)} Nothing was changed.")
        return _back(request)
    words = f"{moved} marked as {ShipmentState(to).label.lower()}."
    if refused:
        words += f" {refused} may not go there from where they are, and stayed."
    (messages.success if moved else messages.warning)(request, words)
    return _back(request)


def _move(request: Request, brand: Brand, to: str, form: DayForm) -> tuple[int, int]:
    chosen, on = _chosen(request, brand), form.cleaned_data["on"]
    if to == ShipmentState.SENT:
        sent = send_all(chosen, brand=brand, on=on, by=request.user, now=timezone.now())
        return sent.sent, sent.refused
    told = move_shipments(chosen, to, on=on)
    return told.moved, told.refused


def _chosen(request: Request, brand: Brand) -> QuerySet[Shipment]:
    """The shipments that a bulk form means. "All" is the filter in the address, run again here."""
    if request.POST.get("all"):
        return shipments_matching(brand, ShipmentFilterForm(request.GET, brand=brand).wanted())
    return Shipment.objects.filter(brand=brand, pk__in=chosen_ids(request))


def _back(request: Request) -> HttpResponse:
    return redirect(f"{reverse('campaigns:shipments')}?{request.GET.urlencode()}".rstrip("?"))
