"""The pages that stand in for one that cannot be shown. (A missing one is Django's own, with `404.html`.)"""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django_htmx.http import HttpResponseClientRefresh


def not_allowed(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: the person's role is too little. `PermissionDenied("sentence")` says why."""
    return render(request, "403.html", {"reason": str(exception)}, status=HTTPStatus.FORBIDDEN)


def stale_page(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form's CSRF token does not match, mostly since the page was open while the session changed."""
    if request.headers.get("HX-Request") == "true":
        return HttpResponseClientRefresh()
    sentence = "This page was open too long, or in a window where somebody else signed in. Load it again, then retry."
    return render(request, "403.html", {"reason": sentence}, status=HTTPStatus.FORBIDDEN)


def broken(request: HttpRequest) -> HttpResponse:
    """500: rendered without the request, since whatever broke may break the shell as well."""
    return HttpResponse(render_to_string("500.html"), status=HTTPStatus.INTERNAL_SERVER_ERROR)
