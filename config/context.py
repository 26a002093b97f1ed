"""What the shell of every page needs: where we are, which brand, how it looks."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse


@dataclass(frozen=True)
class Item:
    """One line of the navigation. `key` is pressed after `g` to go there."""

    label: str
    url: str
    icon: str
    key: str
    current: bool


# Label, route, icon, key, and the beginnings of the routes that stand under it.
_Row = tuple[str, str, str, str, tuple[str, ...]]
_OF_CAMPAIGNS = ("campaigns:", "results:order", "results:import", "results:rate", "results:shop", "results:click")
_SECTIONS: list[_Row] = [
    ("Today", "desk:today", "sun", "t", ("desk:",)),
    ("Creators", "creators:list", "users", "c", ("creators:", "desk:creator", "campaigns:roster")),
    ("Campaigns", "campaigns:list", "megaphone", "p", _OF_CAMPAIGNS),
    ("Briefs", "briefs:list", "file-text", "b", ("briefs:",)),
    ("Measure", "results:measure", "chart-no-axes-column", "m", ("results:",)),
]
_ACCOUNT: list[_Row] = [
    ("Jobs", "team:jobs", "activity", "j", ("team:job",)),
    ("Settings", "team:settings", "settings", "s", ("team:", "account_", "results:storefront")),
]


def shell(request: HttpRequest) -> dict[str, object]:
    """Layout, navigation with the current section, and the person's brands."""
    match = request.resolver_match
    route = match.view_name if match else ""
    user = getattr(request, "user", None)
    signed_in = bool(user and user.is_authenticated)
    return {
        "layout": "layouts/shell.html" if signed_in else "layouts/entrance.html",
        "navigation": _items(_SECTIONS, route) if signed_in else [],
        "account_navigation": _items(_ACCOUNT, route) if signed_in else [],
        "current_route": route,
        "brands": getattr(request, "brands", []),
        "brand": getattr(request, "brand", None),
    }


def _items(rows: list[_Row], route: str) -> list[Item]:
    current = _current(rows, route)
    return [
        Item(label=label, url=url, icon=icon, key=key, current=name == current)
        for label, name, icon, key, _ in rows
        if (url := _address(name))
    ]


def _current(rows: list[_Row], route: str) -> str:
    """The section whose beginning of the route is the longest."""
    fits = [(len(start), name) for _, name, _, _, starts in rows for start in starts if route.startswith(start)]
    return max(fits)[1] if fits else ""


def _address(route: str) -> str:
    try:
        return reverse(route)
    except NoReverseMatch:
        return ""
