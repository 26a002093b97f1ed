"""One address, one context: the whole page for people, one region of it for htmx."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers


def render_page(
    request: HttpRequest, template: str, context: dict[str, Any], *, partial: str = "", status: int = 200
) -> HttpResponse:
    """Render `template`, or for an htmx request only its partial. Going back in history gets the whole page."""
    htmx = getattr(request, "htmx", None)
    wants_partial = bool(partial and htmx and not htmx.history_restore_request)
    response = render(request, f"{template}#{partial}" if wants_partial else template, context, status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response
