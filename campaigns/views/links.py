"""Links and codes of a campaign: seen before they are made, made in one press, copied, exported, switched off."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from campaigns.actions.destinations import lead_to
from campaigns.actions.links import CannotMake, LinkWish, make, plan, switch
from campaigns.enums import Medium
from campaigns.exports.links import LINK_HEADER, link_cells
from campaigns.forms.links import DestinationForm, LinkWishForm
from campaigns.logic.channels import ga4_channel
from campaigns.models import Campaign, TrackingLink
from campaigns.queries.link_list import LinkFilter, link_list
from config.lib.addresses import absolute
from config.lib.htmx import render_page
from config.lib.paging import page_of
from config.lib.saving import posted
from config.lib.tabular import csv_response
from team.requests import Request


@dataclass(frozen=True)
class ShownLink:
    """A link as the table shows it."""

    link: TrackingLink
    short: str
    brief: str
    channel: str


def _campaign(slug: str) -> Campaign:
    return get_object_or_404(Campaign.objects.select_related("brand"), slug=slug)


def _wanted(request: Request) -> LinkFilter:
    get = request.GET
    return LinkFilter(find=get.get("q", "").strip(), medium=get.get("medium", ""), state=get.get("state", ""))


@require_safe
def links_page(request: Request, slug: str) -> HttpResponse:
    """Does every creator have a link and a code?"""
    return _show(request, _campaign(slug))


def _show(request: Request, campaign: Campaign, form: DestinationForm | None = None) -> HttpResponse:
    wanted = _wanted(request)
    page = page_of(request, link_list(campaign, wanted))
    missing = plan(campaign, LinkWish())
    context = {
        "campaign": campaign,
        "wanted": wanted,
        "mediums": Medium.choices,
        "page": page,
        "shown": shown(page.object_list),
        "missing_links": len(missing.new_links),
        "missing_codes": len(missing.new_codes),
        "form": form or DestinationForm(initial={"destination": campaign.destination}),
    }
    status = 422 if form else 200
    return render_page(request, "campaigns/links.html", context, partial="rows", status=status)


def shown(links: Iterable[TrackingLink]) -> list[ShownLink]:
    """Links with their short address, brief link and foretold channel."""
    return [
        ShownLink(
            link=link,
            short=absolute(link.short_path),
            brief=absolute(link.deal.brief_path),
            channel=ga4_channel(link.deal.profile.platform, link.medium),
        )
        for link in links
    ]


def make_links_page(request: Request, slug: str) -> HttpResponse:
    """The press: GET shows what it would do, POST does it."""
    campaign = _campaign(slug)
    form = LinkWishForm(posted(request) or request.GET, campaign=campaign)
    if not form.is_valid():
        context = {"campaign": campaign, "form": form}
        return render(request, "campaigns/make_links.html", context, status=422)
    wish = form.wish()
    if request.method == "POST":
        try:
            made = make(campaign, wish, now=timezone.now())
            messages.success(request, f"Made {len(made.new_links)} links and {len(made.new_codes)} codes.")
            return redirect("campaigns:links", slug)
        except CannotMake:
            pass  # the plan below says why
    foreseen = plan(campaign, wish)
    rows = sorted(foreseen.rows, key=lambda row: (not row.notes, not row.new))
    context = {"campaign": campaign, "form": form, "plan": foreseen, "page": page_of(request, rows)}
    status = 422 if request.method == "POST" else 200
    return render_page(request, "campaigns/make_links.html", context, partial="rows", status=status)


def _filtered(request: Request, campaign: Campaign) -> QuerySet[TrackingLink]:
    return link_list(campaign, _wanted(request))


@require_safe
def links_csv(request: Request, slug: str) -> HttpResponseBase:
    """Every matching link with its code and its creator's brief link."""
    cells = [link_cells(link) for link in _filtered(request, _campaign(slug))]
    return csv_response(f"{slug}-links", LINK_HEADER, cells)


@require_safe
def links_text(request: Request, slug: str) -> HttpResponse:
    """The same as tab-separated text to copy."""
    campaign = _campaign(slug)
    lines = [LINK_HEADER, *(link_cells(link) for link in _filtered(request, campaign))]
    text = "\n".join("\t".join(map(str, line)) for line in lines)
    return render(request, "campaigns/links_text.html", {"campaign": campaign, "text": text, "rows": len(lines) - 1})


@require_POST
def switch_link(request: Request, pk: int) -> HttpResponse:
    """Off everywhere within 5 seconds, or on again."""
    link: TrackingLink = get_object_or_404(TrackingLink.objects.select_related("deal__campaign"), pk=pk)
    on = link.off_at is not None
    switch(link, on=on, now=timezone.now())
    messages.success(
        request, "The link leads again." if on else "Switched off. It stops everywhere within 5 seconds."
    )
    if request.POST.get("back") == "deal":
        return redirect("campaigns:deal", link.deal_id)
    return redirect("campaigns:links", link.deal.campaign.slug)


@require_POST
def change_destination(request: Request, slug: str) -> HttpResponse:
    """Lead all links of the campaign to another page."""
    campaign = _campaign(slug)
    form = DestinationForm(request.POST)
    if not form.is_valid():
        return _show(request, campaign, form)
    changed = lead_to(campaign, form.cleaned_data["destination"])
    messages.success(request, f"{changed} links lead to the new page within 5 seconds. History keeps the old one.")
    return redirect("campaigns:links", slug)
