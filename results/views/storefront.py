"""The storefront snippet: the script that shops load, and the page that says where to put it."""

import hashlib
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import condition, require_safe

from results.queries.clicks import orders_seen
from team.requests import Request
from team.views.settings import settings_page

SNIPPET = (Path(__file__).resolve().parent.parent / "storefront" / "snippet.js").read_bytes()
_ETAG = f'"{hashlib.sha256(SNIPPET).hexdigest()[:16]}"'


def _etag(request: HttpRequest) -> str:
    return _ETAG


@require_safe
@condition(etag_func=_etag)
def snippet(request: HttpRequest) -> HttpResponse:
    """The script, for anybody, kept by browsers for an hour."""
    headers = {"Cache-Control": "public, max-age=3600", "Cross-Origin-Resource-Policy": "cross-origin"}
    return HttpResponse(SNIPPET, content_type="text/javascript; charset=utf-8", headers=headers)


@require_safe
def storefront(request: Request) -> HttpResponse:
    """Where the script goes, and whether orders show that it works."""
    address = settings.SITE_URL + reverse("results:snippet")
    seen = orders_seen(request.brand, now=timezone.now()) if request.brand else None
    tag = f'<script src="{address}" async></script>'
    return settings_page(request, "results/storefront.html", tab="storefront", tag=tag, seen=seen, size=len(SNIPPET))
