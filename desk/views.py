"""Pages over more than one app."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse

from desk import queries
from team.requests import Request

_ROUTES = {"Creator": ("creators:detail", "user"), "Campaign": ("campaigns:detail", "megaphone")}


@dataclass(frozen=True)
class Hit:
    """One line of the palette."""

    kind: str
    label: str
    url: str
    icon: str


def today(request: Request) -> HttpResponse:
    """What needs me today."""
    return render(request, "desk/today.html")


def search(request: Request) -> HttpResponse:
    """Pages, creators and campaigns for the palette; a page of its own without script."""
    words = request.GET.get("q", "").strip()[:80]
    hits = [hit for found in queries.found(words) if (hit := _hit(found))]
    template = "desk/_hits.html" if request.htmx else "desk/search.html"
    return render(request, template, {"hits": hits, "q": words})


def _hit(found: queries.Found) -> Hit | None:
    route, icon = _ROUTES[found.kind]
    try:
        return Hit(kind=found.kind, label=found.label, url=reverse(route, args=[found.pk]), icon=icon)
    except NoReverseMatch:
        return None
