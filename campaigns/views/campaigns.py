"""The list of campaigns, and one campaign: added, edited, shown with its deals."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from campaigns.enums import DealStatus
from campaigns.exports.deals import DEAL_HEADER, deal_cells
from campaigns.forms.campaigns import CampaignForm
from campaigns.forms.deals import DealFilterForm
from campaigns.models import Campaign
from campaigns.queries.campaigns import STATUSES, campaign_rows, campaign_sums, costs_of, status_of
from campaigns.queries.deals import deal_rows, deal_sums
from config.lib.htmx import render_page
from config.lib.paging import page_of
from config.lib.saving import posted, saved_or_refused
from config.lib.tabular import csv_response
from team.models import Brand
from team.requests import Request


def today_of(brand: Brand | None, now: datetime) -> Any:
    """The day that it is for the brand."""
    return now.astimezone(ZoneInfo(brand.time_zone if brand else "UTC")).date()


@require_safe
def campaign_list(request: Request) -> HttpResponse:
    """Which campaigns run, and what they cost so far."""
    today = today_of(request.brand, timezone.now())
    find, status = request.GET.get("q", "").strip(), request.GET.get("status", "")
    rows = campaign_rows(request.brand, find=find, status=status, today=today)
    page = page_of(request, rows)
    for campaign in page:
        campaign.phase = status_of(campaign, today)
    context = {
        "page": page, "sums": campaign_sums(rows), "statuses": STATUSES, "find": find, "status": status,
    }  # fmt: skip
    return render_page(request, "campaigns/list.html", context, partial="rows")


def add_campaign(request: Request) -> HttpResponse:
    """A new campaign of the current brand."""
    form = CampaignForm(posted(request), brands=request.brands, initial={"brand": request.brand})
    if request.method == "POST" and form.is_valid():
        campaign = saved_or_refused(form, form.save)
        if campaign:
            messages.success(request, f"{campaign.name} is there. Now add its creators.")
            return redirect("campaigns:campaign", campaign.slug)
    return render(request, "campaigns/campaign_form.html", {"form": form}, status=_status(request))


def edit_campaign(request: Request, slug: str) -> HttpResponse:
    """Change a campaign. Links keep where they lead until told."""
    campaign = get_object_or_404(Campaign, slug=slug)
    name, old_page = campaign.name, campaign.destination
    form = CampaignForm(posted(request), instance=campaign, brands=request.brands)
    if request.method == "POST" and form.is_valid():
        saved = saved_or_refused(form, form.save)
        if saved:
            messages.success(request, _saved_words(saved, old_page))
            return redirect("campaigns:campaign", saved.slug)
    context = {"form": form, "campaign": campaign, "name": name, "slug": slug}
    return render(request, "campaigns/campaign_form.html", context, status=_status(request))


def _saved_words(campaign: Campaign, old_page: str) -> str:
    moved = old_page and campaign.destination != old_page
    return (
        "Saved. Links made before still lead to the old page: change them under Links and codes."
        if moved
        else "Saved."
    )


def _status(request: Request) -> int:
    return 422 if request.method == "POST" else 200


@require_safe
def campaign_page(request: Request, slug: str) -> HttpResponse:
    """A campaign with its deals."""
    campaign: Campaign = get_object_or_404(Campaign.objects.select_related("brand"), slug=slug)
    form = DealFilterForm(request.GET)
    rows = deal_rows(campaign, form.wanted())
    costs = costs_of(campaign)
    context = {
        "campaign": campaign,
        "phase": status_of(campaign, today_of(campaign.brand, timezone.now())),
        "page": page_of(request, rows),
        "sums": deal_sums(rows),
        "costs": costs,
        "left": campaign.budget - costs.total if campaign.budget is not None else None,
        "form": form,
        "deal_statuses": DealStatus.choices,
    }
    return render_page(request, "campaigns/campaign.html", context, partial="rows")


@require_safe
def deals_csv(request: Request, slug: str) -> HttpResponseBase:
    """The deals that match the address, as a file."""
    campaign = get_object_or_404(Campaign, slug=slug)
    rows = deal_rows(campaign, DealFilterForm(request.GET).wanted())
    return csv_response(f"{slug}-deals", DEAL_HEADER, [deal_cells(deal) for deal in rows])
