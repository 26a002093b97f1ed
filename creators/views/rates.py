"""A creator's rates: the history, packages, and what would be fair."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from config.lib.htmx import render_page
from config.lib.paging import page_of
from config.lib.saving import posted, saved_or_refused
from config.lib.tabular import csv_response
from creators.actions.rates import FollowsADeal, add_package, add_rate, remove_rate
from creators.enums import RateFormat, RateKind
from creators.exports import rates as exports
from creators.exports.rate_lines import lines_html
from creators.forms.rates import PackageForm, RateFilterForm, RateForm, UsageForm
from creators.logic.fees import DOLLARS, fees, formats_on, uplift
from creators.models import Creator, Package, Profile, Rate
from creators.queries.fair_rate import Terms, fair_rates
from creators.queries.head import Head
from creators.queries.rate_history import history_of, packages_of
from creators.views.head import head_or_404
from team.enums import Role
from team.requests import Request


@require_safe
def rates(request: Request, pk: int) -> HttpResponse:
    """What the creator asked and got, and what would be fair for each format of one profile."""
    head, form = head_or_404(pk), RateFilterForm(request.GET)
    page = page_of(request, history_of(head.creator, **form.told()))
    may_edit = bool(request.rights.brands(Role.MANAGER))
    context = {
        "creator": head.creator,
        "head": head,
        "form": form,
        "is_filtered": bool(form.told()),
        "page": page,
        "lines": lines_html(page, token=get_token(request) if may_edit else ""),
        "may_edit": may_edit,
    }
    if not request.htmx or request.htmx.history_restore_request:
        context |= _fair(request, head)
    return render_page(request, "creators/rates.html", context, partial="rows")


def _fair(request: Request, head: Head) -> dict[str, Any]:
    usage, asked = UsageForm(request.GET), request.GET.get("profile", "")
    profile = next((each for each in head.profiles if str(each.pk) == asked), head.main)
    told: dict[str, Any] = {"profiles": head.profiles, "profile": profile, "usage_form": usage}
    told |= {"brand": request.brand, "packages": packages_of(head.creator), "published": fees(), "uplift": uplift()}
    if profile:
        formats = [each for each in formats_on(profile.platform) if each != RateFormat.MIXED]
        terms = Terms(currency=DOLLARS, usage=usage.wanted())
        told["fair"] = fair_rates(profile, formats, terms, now=timezone.now())
    return told


@require_safe
def rates_csv(request: Request, pk: int) -> HttpResponseBase:
    """All rates of one creator that the filter finds, as CSV."""
    creator = get_object_or_404(Creator, pk=pk)
    found = history_of(creator, **RateFilterForm(request.GET).told())
    rows = [exports.rate_row(rate) for rate in found]  # one person's; the scope is closed once a stream begins
    return csv_response(f"rates-{creator.pk}", exports.RATES, rows)


def rate_add(request: Request, pk: int) -> HttpResponse:
    """Enter one amount."""
    creator = _with_profile(pk)
    today = timezone.now().date()
    form = RateForm(posted(request), creator=creator, brands=request.brands, today=today, initial=_first(request))
    if request.method == "POST" and form.is_valid():
        saved_or_refused(form, lambda: add_rate(form.instance, by=request.user, now=timezone.now()))
        if not form.errors:
            messages.success(request, "Kept in the history.")
            return redirect("creators:rates", creator.pk)
    context = {"form": form, "creator": creator}
    return render(request, "creators/rate_form.html", context, status=422 if form.errors else 200)


@require_POST
def rate_remove(request: Request, pk: int) -> HttpResponse:
    """Take a mistake out."""
    rate: Rate = get_object_or_404(Rate.objects.select_related("profile"), pk=pk)
    try:
        remove_rate(rate)
        messages.success(request, "Taken out.")
    except FollowsADeal as refusal:
        messages.error(request, str(refusal))
    return redirect("creators:rates", rate.profile.creator_id)


def package_add(request: Request, pk: int) -> HttpResponse:
    """Enter one package."""
    creator = get_object_or_404(Creator, pk=pk)
    form = PackageForm(
        posted(request), instance=Package(creator=creator), brands=request.brands, today=timezone.now().date(),
        initial=_first(request),
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        saved_or_refused(form, lambda: add_package(form.instance, by=request.user, now=timezone.now()))
        if not form.errors:
            messages.success(request, f"The package {form.instance} is kept.")
            return redirect("creators:rates", creator.pk)
    context = {"form": form, "creator": creator}
    return render(request, "creators/package_form.html", context, status=422 if form.errors else 200)


@require_POST
def package_remove(request: Request, pk: int) -> HttpResponse:
    """Take a package out."""
    package: Package = get_object_or_404(Package, pk=pk)
    creator = package.creator_id
    package.delete()
    messages.success(request, f"The package {package} is taken out.")
    return redirect("creators:rates", creator)


def _with_profile(pk: int) -> Creator:
    creator = get_object_or_404(Creator, pk=pk)
    if not Profile.objects.filter(creator=creator).exists():
        raise Http404
    return creator


def _first(request: Request) -> dict[str, Any]:
    brand = request.brand
    return {
        "brand": brand,
        "currency": brand.currency if brand else "",
        "quoted_on": timezone.now().date(),
        "kind": RateKind.ASK,
    }
