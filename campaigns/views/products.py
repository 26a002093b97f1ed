"""What a brand gives: listed, added, edited, archived."""

from collections.abc import Iterator

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe
from django_scopes import scope

from campaigns.forms.products import ProductFilterForm, ProductForm
from campaigns.models import Product
from campaigns.queries.shipments import products
from campaigns.views.parcels import may_edit, one_brand
from config.lib.htmx import render_page
from config.lib.paging import page_of
from config.lib.saving import posted, saved_or_refused
from config.lib.tabular import csv_response
from team.requests import Request

_HEADER = ["name", "sku", "unit_cost", "list_price", "currency", "planned", "sent", "archived"]


def product_list(request: Request) -> HttpResponse:
    """The products of the current brand."""
    brand = one_brand(request)
    form = ProductFilterForm(request.GET)
    context = {
        "form": form,
        "page": page_of(request, products(brand, **form.wanted())),
        "is_filtered": any(value for name, value in request.GET.items() if name != "page"),
        "may_edit": may_edit(request, brand),
        "tab": "products",
    }
    return render_page(request, "campaigns/products.html", context, partial="rows")


@require_safe
def products_csv(request: Request) -> HttpResponseBase:
    """Everything that the filter finds, as CSV."""
    return csv_response("products", _HEADER, _rows(request))


def _rows(request: Request) -> Iterator[list[object]]:
    # The rows are streamed after the request's own scope has closed.
    brand = one_brand(request)
    with scope(brand=brand):
        for each in products(brand, **ProductFilterForm(request.GET).wanted()).iterator():
            yield [
                each.name, each.sku, each.unit_cost, each.list_price, each.currency, each.planned, each.sent,  # type: ignore[attr-defined]
                "yes" if each.is_archived else "",
            ]  # fmt: skip


def add(request: Request) -> HttpResponse:
    """A new product of the current brand."""
    return _form(request, Product(brand=one_brand(request)))


def edit(request: Request, pk: int) -> HttpResponse:
    """Other words or amounts for a product. What was sent keeps the cost that it was sent with."""
    return _form(request, get_object_or_404(Product.objects.select_related("brand"), pk=pk))


def _form(request: Request, product: Product) -> HttpResponse:
    form = ProductForm(posted(request), instance=product, brand=product.brand)
    if request.method == "POST" and form.is_valid() and saved_or_refused(form, form.save):
        messages.success(request, f"{product.name} is saved.")
        return redirect("campaigns:products")
    context = {"form": form, "product": product, "tab": "products"}
    return render(request, "campaigns/product_form.html", context, status=422 if form.errors else 200)


@require_POST
def archive(request: Request, pk: int) -> HttpResponse:
    """Offer a product no longer, or again."""
    product: Product = get_object_or_404(Product, pk=pk)
    product.is_archived = not product.is_archived
    product.save(update_fields=["is_archived"])
    words = "archived; what was sent stays" if product.is_archived else "on offer again"
    messages.success(request, f"{product.name} is {words}.")
    return redirect("campaigns:products")
