"""The brand's side: write a brief, give it to everybody in one press, see who read and accepted it."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.template.defaultfilters import pluralize
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from briefs.actions import briefs as actions
from briefs.forms import AssetForm, BriefForm
from briefs.logic.content import parts_of
from briefs.logic.placeholders import CATALOGUE, filled
from briefs.models import Asset, BriefVersion
from briefs.queries.briefs import campaigns_with_briefs, deals_with_brief, deals_with_versions, reachable
from briefs.queries.facts import values_of
from campaigns.models import Campaign, Deal
from config.lib.htmx import render_page
from config.lib.markdown import html_of
from config.lib.paging import page_of
from config.lib.tabular import csv_response
from team.requests import Request


def brief_list(request: Request) -> HttpResponse:
    """Every campaign with how far its briefs are."""
    search = request.GET.get("q", "").strip()
    page = page_of(request, campaigns_with_briefs(request.brand, search))
    return render_page(request, "briefs/list.html", {"page": page, "search": search}, partial="rows")


def brief(request: Request, slug: str) -> HttpResponse:
    """A campaign's brief: everybody's progress, and the one press."""
    campaign = _campaign(slug)
    found = actions.brief_of(campaign)
    search, state = request.GET.get("q", "").strip(), request.GET.get("state", "")
    page = page_of(request, deals_with_versions(campaign, search, state))
    _, outcome = actions.plan_versions(found, _deals(campaign))
    context = {"campaign": campaign, "brief": found, "page": page, "search": search, "state": state, "plan": outcome}
    return render_page(request, "briefs/brief.html", context, partial="rows")


@require_POST
def make(request: Request, slug: str) -> HttpResponse:
    """Make the brief of every deal whose facts are complete."""
    campaign = _campaign(slug)
    outcome = actions.make_versions(actions.brief_of(campaign), _deals(campaign), now=timezone.now())
    if outcome.made:
        messages.success(request, f"Made {outcome.made} brief{pluralize(outcome.made)}. Their messages can be sent.")
    else:
        messages.info(request, "Nothing to make: every brief already says this, or lacks a link or code.")
    return redirect("briefs:campaign", slug)


def edit(request: Request, slug: str) -> HttpResponse:
    """Change the texts; versions already made stay as they are."""
    campaign = _campaign(slug)
    found = actions.brief_of(campaign)
    form = BriefForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        form.instance.changed_at = timezone.now()
        form.save()
        messages.success(request, "Brief saved. Press “Make briefs” to give it to everybody.")
        return redirect("briefs:campaign", slug)
    context = {"campaign": campaign, "brief": found, "form": form, "catalogue": CATALOGUE, "asset_form": AssetForm()}
    return render(request, "briefs/edit.html", context, status=422 if form.errors else 200)


@require_POST
def add_asset(request: Request, slug: str) -> HttpResponse:
    """Attach a file or a link."""
    campaign = _campaign(slug)
    found = actions.brief_of(campaign)
    form = AssetForm(request.POST, request.FILES, instance=Asset(brief=found, brand_id=found.brand_id))
    if form.is_valid():
        form.save()
        messages.success(request, "Material added.")
        return redirect("briefs:edit", slug)
    context = {"campaign": campaign, "brief": found, "form": BriefForm(instance=found), "catalogue": CATALOGUE}
    return render(request, "briefs/edit.html", {**context, "asset_form": form}, status=422)


@require_POST
def remove_asset(request: Request, slug: str, asset_id: int) -> HttpResponse:
    """Take material away. Briefs already made keep naming it."""
    asset = get_object_or_404(Asset, pk=asset_id, brief__campaign__slug=slug)
    asset.delete()
    messages.success(request, "Material removed.")
    return redirect("briefs:edit", slug)


def preview(request: Request, slug: str, deal_id: int) -> HttpResponse:
    """A deal's newest brief as its creator sees it, without counting as seen."""
    deal = get_object_or_404(Deal, pk=deal_id, campaign__slug=slug)
    version = BriefVersion.objects.filter(deal=deal).order_by("-number").first()
    if version is None:
        messages.info(request, "This creator has no brief yet. Press “Make briefs” first.")
        return redirect("briefs:campaign", slug)
    parts = [(part, html_of(part.markdown)) for part in parts_of(version.content)]
    context = {"deal": deal, "version": version, "parts": parts, "title": version.content["title"]}
    return render(request, "briefs/preview.html", context)


def message_list(request: Request, slug: str) -> HttpResponse:
    """The text to send to each creator who has a brief, with their own links in it."""
    campaign = _campaign(slug)
    search, state = _asked(request)
    page = page_of(request, deals_with_brief(campaign, search, state))
    _write_messages(campaign, page)
    context = {"campaign": campaign, "page": page, "search": search, "state": state}
    return render_page(request, "briefs/messages.html", context, partial="rows")


@require_safe
def messages_csv(request: Request, slug: str) -> HttpResponseBase:
    """The messages that the filter finds, for a mail merge. Who asked not to be contacted is left out."""
    campaign = _campaign(slug)
    deals = list(reachable(deals_with_brief(campaign, *_asked(request))))
    _write_messages(campaign, deals)
    rows = [
        [each.creator.name, each.profile.handle, each.profile.platform, ", ".join(each.emails), each.message]
        for each in deals
    ]
    return csv_response(f"{slug} messages", ["name", "handle", "platform", "email", "message"], rows)


def _asked(request: Request) -> tuple[str, str]:
    return request.GET.get("q", "").strip(), request.GET.get("state", "")


def _write_messages(campaign: Campaign, deals: Iterable[Any]) -> None:
    """Give each deal its `message` and the `emails` to send it to."""
    text = actions.brief_of(campaign).message_text
    values = values_of(campaign, deals)
    for deal in deals:
        deal.message = filled(text, values[deal.pk])
        deal.emails = [contact.value for contact in deal.creator.contacts.all() if contact.kind == "email"]


@require_POST
def revoke(request: Request, slug: str, deal_id: int) -> HttpResponse:
    """Make the creator's present brief link invalid; a new one stands in its place."""
    deal = get_object_or_404(Deal, pk=deal_id, campaign__slug=slug)
    actions.revoke_link(deal)
    messages.success(request, "The old link no longer opens. Send the new one.")
    return redirect("briefs:campaign", slug)


def _campaign(slug: str) -> Campaign:
    campaign: Campaign = get_object_or_404(Campaign.objects.select_related("brand"), slug=slug)
    return campaign


def _deals(campaign: Campaign) -> list[Deal]:
    return list(Deal.objects.active().filter(campaign=campaign).select_related("creator", "profile", "campaign"))
