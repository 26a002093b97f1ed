"""What stands around every view: who may come in, in which brands, and how htmx hears of messages."""

import json
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from http import HTTPStatus
from typing import Any

import pghistory
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django_htmx.http import HttpResponseClientRedirect
from django_scopes import scope

from config.access import EVERYTHING, PUBLIC, SIGNED_IN, STAFF, Access, access_to
from desk.queries.merging import merge_of
from team.enums import Role
from team.models import Brand
from team.queries import rights_of
from team.requests import Request

GetResponse = Callable[[Request], HttpResponse]
SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}
_PAGES_OF_A_CREATOR = "creators/<int:pk>/"


class AccessMiddleware:
    """Look up the route in the access table, refuse or let in, and open the scope of the person's brands."""

    def __init__(self, get_response: GetResponse):
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        # The scope is opened once the route is known, and must last until the answer is rendered.
        with ExitStack() as request.open_scopes:
            return self.get_response(request)

    def process_view(self, request: Request, view: object, args: object, kwargs: object) -> HttpResponse | None:
        """Answer instead of the view where the person may not pass. An address that no route has is a plain 404."""
        role = _role_for(request)
        if role == PUBLIC:
            return None
        if not request.user.is_authenticated:
            return _to_login(request)
        request.rights = rights_of(request.user)
        request.brands = request.rights.brands(role if role in Role else None)
        if not _may(request, role):
            raise PermissionDenied
        request.brand = _current_brand(request)
        request.open_scopes.enter_context(scope(brand=request.brands))
        if request.method not in SAFE_METHODS:
            request.open_scopes.enter_context(_remembered(request))
        return None


class MergedMiddleware:
    """Send who asks for a page of a creator that was merged into another one to that one's page of the same kind."""

    def __init__(self, get_response: GetResponse):
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: Request, exception: Exception) -> HttpResponse | None:
        """Answer a page that is not there. Whether the person may see the other one is asked again there."""
        match = request.resolver_match
        if not isinstance(exception, Http404) or request.method not in SAFE_METHODS or match is None:
            return None
        merged = merge_of(match.kwargs["pk"]) if match.route.startswith(_PAGES_OF_A_CREATOR) else None
        if merged is None:
            return None
        address = reverse(match.view_name, kwargs={**match.kwargs, "pk": merged.kept_id})
        query = request.META.get("QUERY_STRING", "")
        return redirect(f"{address}?{query}" if query else address)


class FormOnlyMiddleware:
    """Say where to go instead of nothing, where somebody opens or loads again an address that only takes a form."""

    def __init__(self, get_response: GetResponse):
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED and request.method == "GET":
            headers = {"Allow": response.headers.get("Allow", "")}
            return HttpResponse(render_to_string("405.html", request=request), status=405, headers=headers)
        return response


class ToastMiddleware:
    """Move Django's messages into the `HX-Trigger` header of an htmx answer, where the toast script hears them."""

    def __init__(self, get_response: GetResponse):
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        response = self.get_response(request)
        if request.htmx and _is_swapped(response):
            toasts = [{"level": m.level_tag, "text": str(m)} for m in messages.get_messages(request)]
            if toasts:
                events = json.loads(response.headers.get("HX-Trigger", "{}"))
                response.headers["HX-Trigger"] = json.dumps({**events, "toasts": toasts})
        return response


def _role_for(request: Request) -> str:
    """What the table asks of this request. A route without a row is refused to everybody."""
    access: Access | None = access_to(request.resolver_match.view_name if request.resolver_match else "")
    if access is None:
        raise PermissionDenied
    return access.get if request.method in SAFE_METHODS else access.post


def _may(request: Request, role: str) -> bool:
    """Whether a signed-in person passes; a role in a brand is one that they have in at least one brand."""
    if role == STAFF:
        return bool(request.user.is_staff)
    if role == EVERYTHING:
        return request.rights.owns_everything
    return role == SIGNED_IN or bool(request.brands)


def _remembered(request: Request) -> AbstractContextManager[object]:
    """Who changes things and through which route, for the history tables. Never the path: some hold signed links."""
    context: AbstractContextManager[object] = pghistory.context(
        user=request.user.pk, route=request.resolver_match.view_name if request.resolver_match else ""
    )
    return context


def _current_brand(request: Request) -> Brand | None:
    wanted = request.session.get("brand")
    return next((brand for brand in request.brands if brand.pk == wanted), None) or next(iter(request.brands), None)


def _to_login(request: Request) -> HttpResponse:
    """To the sign-in page and then back to the page that the person saw, which a POST or a fragment is not."""
    if not request.htmx:
        safe = request.method in SAFE_METHODS
        return redirect_to_login(request.get_full_path() if safe else _page_before(request))
    return HttpResponseClientRedirect(redirect_to_login(request.htmx.current_url_abs_path or "/")["Location"])


def _page_before(request: Request) -> str:
    before: str = request.headers.get("Referer", "")
    root: str = request.build_absolute_uri("/")
    return "/" + before.removeprefix(root) if before.startswith(root) else "/"


def _is_swapped(response: Any) -> bool:
    """Whether htmx will show this answer; a redirect or a reload keeps the messages for the page that follows."""
    if "HX-Redirect" in response or "HX-Refresh" in response:
        return False
    return not 300 <= response.status_code < 400
