"""The order list, one order with what it rests on, and the list as a file."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe
from django_scopes import scope

from config.lib.htmx import render_page
from config.lib.paging import page_of
from config.lib.tabular import csv_response
from results.exports.orders import ORDER_HEADER, order_cells
from results.forms.orders import OrderFilterForm
from results.models import Order
from results.queries.orders import OrderFilter, orders_of, story_of, sums_of, waiting_for_rate
from results.queries.reports import first_order_day
from team.models import Brand
from team.requests import Request


@require_safe
def orders(request: Request) -> HttpResponse:
    """Which orders came in, who they are credited to, and which are in no sum."""
    brand = _brand(request)
    form = OrderFilterForm(request.GET, brand=brand)
    found = orders_of(brand, form.asked())
    context = {
        "brand": brand, "form": form, "page": page_of(request, found), "sums": sums_of(found),
        "creator_name": form.creator_name(), "is_asked": any(request.GET.get(name) for name in form.fields),
        "since": first_order_day(brand), "waiting": sum(row["orders"] for row in waiting_for_rate(brand)),
    }  # fmt: skip
    return render_page(request, "results/orders.html", context, partial="rows")


@require_safe
def orders_export(request: Request) -> HttpResponseBase:
    """The list that the address asks for, as CSV."""
    brand = _brand(request)
    asked = OrderFilterForm(request.GET, brand=brand).asked()
    return csv_response(f"orders-{brand.slug}", ORDER_HEADER, _rows(brand, asked))


def _rows(brand: Brand, asked: OrderFilter) -> Iterator[list[Any]]:
    # The response streams after the middleware has closed the request's scope.
    with scope(brand=brand):
        for order in orders_of(brand, asked).iterator(chunk_size=2_000):
            yield order_cells(order, brand)


@require_safe
def order(request: Request, pk: int) -> HttpResponse:
    """One order: its facts, the credit with its rule, everything that pointed elsewhere, and the shop's own rows."""
    found: Order = get_object_or_404(Order.objects.select_related("brand", "shop", "raw"), pk=pk)
    return render(request, "results/order.html", {"story": story_of(found), "brand": found.brand})


def _brand(request: Request) -> Brand:
    assert request.brand  # noqa: S101 - the middleware refuses people without a brand
    return request.brand
