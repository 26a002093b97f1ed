"""QR codes of links: each as SVG, and all of a campaign on a sheet to print."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from campaigns.models import Campaign, TrackingLink
from campaigns.queries.link_list import LinkFilter, link_list
from config.lib.addresses import absolute
from config.lib.paging import page_of
from config.lib.qr import qr_response, qr_svg
from team.requests import Request

A_SHEET = 60


def scanned(link: TrackingLink) -> str:
    """The short link with `?qr=1`, so that scans are told from clicks."""
    return f"{absolute(link.short_path)}?qr=1"


@require_safe
def link_qr(request: Request, pk: int) -> HttpResponse:
    """One QR code as a file."""
    link: TrackingLink = get_object_or_404(TrackingLink.objects.select_related("deal__profile"), pk=pk)
    return qr_response(scanned(link), scale=10, name=f"qr-{link.slug}", is_file="download" in request.GET)


@require_safe
def qr_sheet(request: Request, slug: str) -> HttpResponse:
    """The QR codes of the campaign's active links, some dozens a page, to print."""
    campaign: Campaign = get_object_or_404(Campaign.objects.select_related("brand"), slug=slug)
    page = page_of(request, link_list(campaign, LinkFilter(state="on")), per_page=A_SHEET)
    codes = [(link, qr_svg(scanned(link), scale=4)) for link in page]
    return render(request, "campaigns/qr_sheet.html", {"campaign": campaign, "page": page, "codes": codes})
