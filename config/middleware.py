"""What stands before every view: who may come in, in which brands, and how htmx hears of messages."""

import json
from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponse
from django.shortcuts import render
from django_htmx.http import HttpResponseClientRedirect
from django_scopes import scope

from config.access import ACCESS, PUBLIC, SIGNED_IN
from team.models import Brand
from team.queries import brands_of
from team.requests import Request

GetResponse = Callable[[Request], HttpResponse]
SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}


class AccessMiddleware:
    """Look up the route in the access table, refuse or let in, and open the scope of the person's brands."""

    def __init__(self, get_response: GetResponse):
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: Request, view: Callable[..., HttpResponse], args: tuple, kwargs: dict
    ) -> HttpResponse | None:
        """Answer instead of the view where the person may not pass; else run the view inside the scope."""
        match = request.resolver_match
        name = match.view_name if match else ""
        if name.startswith("admin:"):
            return None  # the admin site asks for staff itself
        access = ACCESS.get(name)
        if access is None:
            return render(request, "403.html", status=403)
        role = access.get if request.method in SAFE_METHODS else access.post
        if role == PUBLIC:
            return None
        if not request.user.is_authenticated:
            return _to_login(request)
        request.brands = brands_of(request.user, least=None if role == SIGNED_IN else role)
        if role != SIGNED_IN and not request.brands:
            return render(request, "403.html", status=403)
        request.brand = _current_brand(request)
        with scope(brand=request.brands):
            response = view(request, *args, **kwargs)
            if hasattr(response, "render") and callable(response.render):
                response = response.render()
        return response


def _current_brand(request: Request) -> Brand | None:
    wanted = request.session.get("brand")
    return next((brand for brand in request.brands if brand.pk == wanted), None) or next(iter(request.brands), None)


def _to_login(request: Request) -> HttpResponse:
    response = redirect_to_login(request.get_full_path())
    return HttpResponseClientRedirect(response.url) if request.htmx else response


class ToastMiddleware:
    """Move Django's messages into the `HX-Trigger` header of an htmx answer, where the toast script hears them."""

    def __init__(self, get_response: GetResponse):
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        response = self.get_response(request)
        if not request.htmx or "HX-Redirect" in response or "HX-Refresh" in response:
            return response
        toasts = [{"level": m.level_tag, "text": str(m)} for m in messages.get_messages(request)]
        if toasts:
            events = json.loads(response.headers.get("HX-Trigger", "{}"))
            response.headers["HX-Trigger"] = json.dumps({**events, "toasts": toasts})
        return response
