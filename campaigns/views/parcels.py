"""Sending products to many: chosen, previewed with who stays out and why, then made in one press."""

from collections.abc import Sequence

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from campaigns.actions.shipments import MadeShipments, make_shipments
from campaigns.forms.deals import DealFilterForm
from campaigns.forms.shipments import ParcelForm
from campaigns.models import Campaign, Deal
from campaigns.queries.deals import deals_matching, money_of
from campaigns.queries.parcels import Target, foresee, targets_of_deals
from config.lib.ids import ids_of
from config.lib.saving import saved_or_refused
from team.enums import Role
from team.models import Brand
from team.requests import Request


def one_brand(request: Request) -> Brand:
    """The brand that a page is about: the one that its form names, else the current one."""
    told = request.POST.get("brand", "")
    if told:
        found = next((brand for brand in request.brands if str(brand.pk) == told), None)
    else:
        found = request.brand
    if found is None:
        raise Http404
    return found


def may_edit(request: Request, brand: Brand) -> bool:
    """Whether the person manages this brand, and so may change things and see addresses."""
    return brand in request.rights.brands(Role.MANAGER)


@require_POST
def send_to_deals(request: Request, slug: str) -> HttpResponse:
    """Products to the creators of the chosen deals, or of all that match the address."""
    campaign: Campaign = get_object_or_404(Campaign.objects.select_related("brand"), slug=slug)
    deals = chosen_deals(request, campaign)
    back = f"{reverse('campaigns:campaign', args=[slug])}?{request.GET.urlencode()}".rstrip("?")
    return send_page(request, campaign.brand, targets_of_deals(deals), back=back, about=campaign.name)


def chosen_deals(request: Request, campaign: Campaign) -> QuerySet[Deal]:
    """The deals that a bulk form means. "All" is the filter in the address, run again here."""
    if request.POST.get("all"):
        return deals_matching(campaign, DealFilterForm(request.GET).wanted())
    return Deal.objects.filter(campaign=campaign, pk__in=chosen_ids(request))


def chosen_ids(request: Request) -> list[int]:
    """The rows that a bulk form means."""
    return ids_of(request.POST.getlist("ids"))


def send_page(request: Request, brand: Brand, targets: Sequence[Target], *, back: str, about: str) -> HttpResponse:
    """What to send to these: asked, foreseen, made. `about` is their campaign, blank where there is none."""
    asked = "preview" in request.POST or "make" in request.POST
    form = ParcelForm(request.POST if asked else None, brand=brand)
    context = {
        "form": form, "brand": brand, "targets": targets, "back": back, "about": about, "currency": money_of(brand),
        "ids": request.POST.getlist("ids"), "all": request.POST.get("all", ""),
    }  # fmt: skip
    if form.is_valid():
        if "make" in request.POST:
            made = _made(request, brand, targets, form)
            if made and made.ids:
                return _to_made(request, made, form)
        context["foreseen"] = foresee(brand, targets, form.pieces())
    return render(request, "campaigns/send_products.html", context, status=422 if form.errors else 200)


def _made(request: Request, brand: Brand, targets: Sequence[Target], form: ParcelForm) -> MadeShipments | None:
    parcel, again = form.parcel(), form.cleaned_data["again"]
    return saved_or_refused(
        form, lambda: make_shipments(brand, targets, parcel, again=again, by=request.user, now=timezone.now())
    )


def _to_made(request: Request, made: MadeShipments, form: ParcelForm) -> HttpResponse:
    count, foreseen = len(made.ids), made.foreseen
    again = 0 if form.cleaned_data["again"] else len(foreseen.repeats)
    left = again + foreseen.out
    stayed = f" {left} stayed out." if left else ""
    messages.success(request, f"{count} shipment{'' if count == 1 else 's'} planned.{stayed}")
    if count == 1:
        return redirect("campaigns:shipment", made.ids[0])
    return redirect(f"{reverse('campaigns:shipments')}?state=planned")
