"""QR codes of links: each as SVG, and all of a campaign on a sheet to print."""

import io

import segno
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe

from campaigns.models import Campaign, TrackingLink
from campaigns.queries.link_list import LinkFilter, link_list
from config.lib.addresses import absolute
from config.lib.paging import page_of
from team.requests import Request

A_SHEET = 60


def qr_svg(link: TrackingLink, *, scale: int = 4) -> str:
    """The short link with `?qr=1`, so that scans are told from clicks: level M, quiet zone 4, black on white."""
    out = io.BytesIO()
    code = segno.make(f"{absolute(link.short_path)}?qr=1", error="m", micro=False, boost_error=False)
    code.save(out, kind="svg", scale=scale, border=4, light="#fff", xmldecl=False, svgclass=None, lineclass=None)
    return out.getvalue().decode()


@require_safe
def link_qr(request: Request, pk: int) -> HttpResponse:
    """One QR code as a file."""
    link: TrackingLink = get_object_or_404(TrackingLink.objects.select_related("deal__profile"), pk=pk)
    response = HttpResponse(qr_svg(link, scale=10), content_type="image/svg+xml")
    name = f"qr-{link.slug}.svg"
    response["Content-Disposition"] = f'attachment; filename="{name}"' if "download" in request.GET else "inline"
    return response


@require_safe
def qr_sheet(request: Request, slug: str) -> HttpResponse:
    """The QR codes of the campaign's active links, some dozens a page, to print."""
    campaign: Campaign = get_object_or_404(Campaign.objects.select_related("brand"), slug=slug)
    page = page_of(request, link_list(campaign, LinkFilter(state="on")), per_page=A_SHEET)
    codes = [(link, _inline(link)) for link in page]
    return render(request, "campaigns/qr_sheet.html", {"campaign": campaign, "page": page, "codes": codes})


def _inline(link: TrackingLink) -> SafeString:
    return mark_safe(qr_svg(link))
