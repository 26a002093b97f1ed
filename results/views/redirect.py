"""`/r/<slug>`: the short link. Ahead of Django, `config.shortcut` answers the plain case by the same function."""

import time

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from results.actions.redirects import HEADERS, Answer, Outcome, follow

RETRY_SECONDS = "5"


@csrf_exempt  # a form sent here is refused for what it is, whatever it carries
@require_http_methods(["GET", "HEAD", "OPTIONS"])
def redirect(request: HttpRequest, slug: str) -> HttpResponse:
    """Send the visitor on (302), or say that there is no such link (404) or that it has ended (410)."""
    if request.method == "OPTIONS":
        return _with_headers(HttpResponse(status=204, headers={"Allow": "GET, HEAD, OPTIONS"}))
    return _response(follow(slug, request.META, now=time.time(), counts=request.method == "GET"))


def _response(answer: Answer) -> HttpResponse:
    if answer.outcome is Outcome.FOUND:
        return _with_headers(HttpResponse(status=302, headers={"Location": answer.location}))
    # Rendered without the request: the page must not need the database either.
    page = render_to_string("results/redirect.html", {"outcome": answer.outcome.name})
    response = HttpResponse(page, status=answer.outcome.value)
    if answer.outcome is Outcome.AWAY:
        response.headers["Retry-After"] = RETRY_SECONDS
    return _with_headers(response)


def _with_headers(response: HttpResponse) -> HttpResponse:
    for name, value in HEADERS:
        response.headers[name] = value
    return response
