"""The creator's side: a page by signed link, without a login."""

from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django_scopes import scope

from briefs.actions import briefs as actions
from briefs.forms import AcceptForm
from briefs.logic.content import as_markdown, as_text, parts_of
from briefs.models import Asset, BriefVersion
from campaigns.models import Deal
from config.lib.files import content_type_of, handed_out
from config.lib.markdown import html_of
from config.lib.tokens import unsigned

View = Callable[..., HttpResponseBase]


def for_the_creator(view: View) -> View:
    """Hand the view the deal that the signed token names, inside its brand's scope; 404 for any other token."""

    @wraps(view)
    def wrapped(request: HttpRequest, token: str, **kwargs: Any) -> HttpResponseBase:
        numbers = unsigned("brief", token)
        if numbers is None or len(numbers) != 2:
            raise Http404
        # No scope can be open yet: the token is what tells the brand.
        deals = Deal.objects.with_scopes_disabled().select_related("brand", "campaign", "creator")
        deal = deals.filter(pk=numbers[0], brief_key=numbers[1]).first()
        if deal is None:
            raise Http404
        with scope(brand=deal.brand):
            response = view(request, deal, token=token, **kwargs)
        response["X-Robots-Tag"] = "noindex, nofollow"
        # Keeps the token out of every Referer. With "no-referrer" browsers post from the origin "null", and the
        # answer is a refusal.
        response["Referrer-Policy"] = "strict-origin"
        response["Cache-Control"] = "private, no-store"
        return response

    return wrapped


@for_the_creator
def public(request: HttpRequest, deal: Deal, *, token: str) -> HttpResponse:
    """Show the newest version and note that it was seen; on POST, note that it was accepted."""
    version = _newest(deal)
    if version is None:
        return render(request, "briefs/not_ready.html", {"deal": deal})
    form = AcceptForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _accept(request, version, token, form.cleaned_data["typed_name"])
    if request.method == "GET" and not request.user.is_authenticated:
        actions.see(version, now=timezone.now())
    return render(
        request, "briefs/public.html", _context(deal, version, form, token), status=422 if form.errors else 200
    )


def _newest(deal: Deal) -> BriefVersion | None:
    versions = BriefVersion.objects.filter(deal=deal).select_related("acceptance", "deal")
    return versions.order_by("-number").first()


def _accept(request: HttpRequest, version: BriefVersion, token: str, typed_name: str) -> HttpResponse:
    if request.POST.get("number") != str(version.number):
        # The brand changed the brief while this page stood open: nobody accepts what they have not read.
        return redirect("briefs:public", token)
    with suppress(actions.AlreadyAccepted):
        actions.accept(version, typed_name=typed_name, now=timezone.now())
    return redirect("briefs:public", token)


def _context(deal: Deal, version: BriefVersion, form: AcceptForm, token: str) -> dict[str, Any]:
    parts, title = parts_of(version.content), version.content["title"]
    return {
        "deal": deal,
        "version": version,
        "token": token,
        "title": title,
        "parts": [(part, html_of(part.markdown)) for part in parts],
        "values": version.content["values"],
        "assets": version.content["assets"],
        "acceptance": getattr(version, "acceptance", None),
        "form": form,
        "as_text": as_text(title, parts),
        "as_markdown": as_markdown(title, parts),
    }


@for_the_creator
def asset(request: HttpRequest, deal: Deal, *, token: str, asset_id: int) -> HttpResponseBase:
    """Hand out a file of the brief, always as a download."""
    version = _newest(deal)
    named = {asset["id"] for asset in version.content["assets"]} if version else set()
    found = Asset.objects.filter(pk=asset_id, brief__campaign=deal.campaign_id).exclude(file="").first()
    if found is None or found.pk not in named:
        raise Http404
    file = found.file.open()
    kind = content_type_of(file) or "application/octet-stream"
    return handed_out(file, name=found.address, content_type=kind)
