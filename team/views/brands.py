"""The brands of a team, and which of them a person is working on."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from team.actions.brands import make_brand
from team.enums import Role
from team.forms import BrandForm
from team.models import Brand
from team.requests import Request
from team.views.settings import settings_page


def brands(request: Request) -> HttpResponse:
    """The brands that I see, with a way to those that I own."""
    owned = {brand.pk for brand in request.rights.brands(Role.OWNER)}
    may_add = request.rights.owns_everything
    return settings_page(request, "team/brands.html", tab="brands", rows=request.brands, owned=owned, may_add=may_add)


def brand_new(request: Request) -> HttpResponse:
    """Add a brand."""
    form = BrandForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            data = form.cleaned_data
            made = make_brand(name=data["name"], currency=data["currency"], time_zone=data["time_zone"])
            BrandForm(request.POST, instance=made).save()
        messages.success(request, f"{made} is here.")
        return redirect("team:brands")
    return settings_page(request, "team/brand.html", tab="brands", form=form)


def brand(request: Request, pk: int) -> HttpResponse:
    """Change a brand. Its row is locked meanwhile, so no order can come in that the change would not fit."""
    with transaction.atomic():
        mine = Brand.objects.filter(pk__in=[brand.pk for brand in request.brands])
        found = get_object_or_404(mine.select_for_update() if request.method == "POST" else mine, pk=pk)
        form = BrandForm(request.POST or None, instance=found)
        if request.method == "POST" and form.is_valid():
            form.save()
            messages.success(request, "Saved.")
            return redirect("team:brands")
    return settings_page(request, "team/brand.html", tab="brands", form=form, edited=Brand.objects.get(pk=pk))


@require_POST
def switch(request: Request) -> HttpResponse:
    """Work on another brand from now on, and go back to where the person was."""
    chosen = next((brand for brand in request.brands if str(brand.pk) == request.POST.get("brand")), None)
    if chosen is None:
        raise Http404
    request.session["brand"] = chosen.pk
    back = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    return redirect(back if ours else "desk:today")
