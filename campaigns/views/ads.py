"""Ads on creators' content: planned within their rights, listed, moved and taken back."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe
from django_scopes import scope

from campaigns.actions import ads as actions
from campaigns.forms.ads import AdFilterForm, AdForm
from campaigns.models import Ad
from campaigns.queries.ads import ads
from config.lib.days import day_at
from config.lib.htmx import render_page
from config.lib.paging import page_of
from config.lib.saving import posted, saved_or_refused
from config.lib.tabular import csv_response
from creators.models import Right
from team.enums import Role
from team.models import Brand
from team.requests import Request

_HEADER = ["ad", "number", "creator", "kind", "place", "territory", "content", "first day", "last day", "campaign"]


def _today(brand: Brand | None) -> date:
    return day_at(timezone.now(), brand.time_zone if brand else "UTC")


def ad_list(request: Request) -> HttpResponse:
    """Ads, the latest first."""
    form = AdFilterForm(request.GET)
    today = _today(request.brand)
    context = {
        "form": form,
        "page": page_of(request, ads(form.wanted(), today=today)),
        "today": today,
        "is_filtered": any(value for name, value in request.GET.items() if name != "page"),
        "may_edit": bool(request.rights.brands(Role.MANAGER)),
    }
    return render_page(request, "campaigns/ads.html", context, partial="rows")


@require_safe
def ads_csv(request: Request) -> HttpResponseBase:
    """Everything that the filter finds, as CSV."""
    return csv_response("ads", _HEADER, _rows(request))


def _rows(request: Request) -> Iterator[list[object]]:
    # The rows are streamed after the request's own scope has closed.
    with scope(brand=request.brands):
        for ad in ads(AdFilterForm(request.GET).wanted(), today=_today(request.brand)).iterator():
            right = ad.right
            yield [
                ad.name, ad.reference, right.creator.name, right.kind, right.place, right.territory or "worldwide",
                right.content.title if right.content else "", ad.ran.lower, ad.ran.upper - timedelta(days=1),
                ad.campaign.name if ad.campaign else "",
            ]  # fmt: skip


def add(request: Request, pk: int) -> HttpResponse:
    """Plan an ad on a right."""
    rights = Right.objects.select_related("brand", "creator", "content")
    right: Right = get_object_or_404(rights, pk=pk)
    form = AdForm(posted(request), brand=right.brand, kind=right.kind, initial=_first_days(right))
    if form.is_valid():
        planned = form.planned()
        if saved_or_refused(form, lambda: actions.plan_ad(right, **planned, by=request.user, now=timezone.now())):
            messages.success(request, "The ad is planned.")
            return redirect("campaigns:ads")
    context = {"form": form, "right": right, "title": "Plan an ad"}
    return render(request, "campaigns/ad_form.html", context, status=422 if form.errors else 200)


def _first_days(right: Right) -> dict[str, date]:
    """From today, or the right's first day, for as long as it is held."""
    if right.held.isempty:
        return {}
    days = {"first": max(_today(right.brand), right.held.lower)}
    return days | ({"last": right.held.upper - timedelta(days=1)} if right.held.upper else {})


def edit(request: Request, pk: int) -> HttpResponse:
    """Other words or days for an ad."""
    ad: Ad = get_object_or_404(Ad.objects.select_related("right__creator", "right__content", "brand"), pk=pk)
    form = AdForm(posted(request), brand=ad.brand, ad=ad)
    if form.is_valid() and saved_or_refused(form, lambda: _changed(ad, form)):
        messages.success(request, "The ad is saved.")
        return redirect("campaigns:ads")
    context = {"form": form, "right": ad.right, "ad": ad, "title": "Edit the ad"}
    return render(request, "campaigns/ad_form.html", context, status=422 if form.errors else 200)


def _changed(ad: Ad, form: AdForm) -> bool:
    actions.change_ad(ad, **form.planned())
    return True


@require_POST
def remove(request: Request, pk: int) -> HttpResponse:
    """Take back an ad that never ran."""
    actions.remove_ad(get_object_or_404(Ad, pk=pk))
    messages.success(request, "The ad is taken back.")
    return redirect("campaigns:ads")
