"""What the shell of every page needs: where we are, which brand, how it looks."""

from dataclasses import dataclass
from functools import partial

from django.http import HttpRequest
from django.urls import reverse


@dataclass(frozen=True)
class Place:
    """A line of the navigation: a route, and the beginnings of the routes whose pages stand under it.

    `key` is pressed after `g` to go there. A place without an icon belongs to the one above it.
    """

    label: str
    route: str
    starts: tuple[str, ...]
    key: str = ""
    icon: str = ""

    def fit(self, route: str) -> int:
        """How much of `route` is ours: 0 for none."""
        return max((len(start) for start in self.starts if route.startswith(start)), default=0)


@dataclass(frozen=True)
class Item:
    """A place as a page shows it."""

    label: str
    url: str
    icon: str
    key: str
    current: bool


_ORDERS = ("results:order", "results:import", "results:rate", "results:remove_rate")
_RIGHTS = (
    "creators:right", "creators:ask_right", "creators:add_right", "creators:edit_right", "creators:revoke_right",
    "creators:add_permission", "creators:sighting", "creators:add_sighting", "creators:upload_sighting",
    "creators:settle_sighting", "creators:exclusivity", "creators:add_exclusivity", "creators:waive_exclusivity",
    "campaigns:ads", "campaigns:add_ad", "campaigns:edit_ad", "campaigns:remove_ad",
)  # fmt: skip
_DOCUMENTS = ("campaigns:document", "campaigns:add_document", "campaigns:remove_document")
_ROSTER = (
    "creators:", "desk:creator", "desk:view", "desk:peek", "desk:cell", "desk:discover", "desk:sizes", "desk:near",
    "desk:alike", "desk:merge", "desk:erase", "desk:undo", "campaigns:roster", "campaigns:board",
)  # fmt: skip
_SECTIONS = [
    Place("Today", "desk:today", ("desk:",), "t", "sun"),
    Place("Creators", "desk:creators", _ROSTER, "c", "users"),
    Place("Rights", "creators:rights", _RIGHTS, "r"),
    Place("Documents", "campaigns:documents", _DOCUMENTS, "d"),
    Place("Campaigns", "campaigns:list", ("campaigns:", "results:click"), "p", "megaphone"),
    Place("Shipments", "campaigns:shipments", ("campaigns:shipment", "campaigns:product"), "h"),
    Place("Orders", "results:orders", _ORDERS, "o"),
    Place("Briefs", "briefs:list", ("briefs:",), "b", "file-text"),
    Place("Measure", "results:measure", ("results:",), "m", "chart-no-axes-column"),
    Place("Benchmarks", "creators:benchmarks", ("creators:benchmarks",), "k"),
]
_SETTINGS = ("team:", "account_", "results:storefront", "creators:provider", "creators:payload")
_ACCOUNT = [
    Place("Jobs", "team:jobs", ("team:job",), "j", "activity"),
    Place("Settings", "team:settings", _SETTINGS, "s", "settings"),
]


def shell(request: HttpRequest) -> dict[str, object]:
    """Layout, navigation with the current section (made where a template asks for it), and the person's brands."""
    match = request.resolver_match
    route = match.view_name if match else ""
    user = getattr(request, "user", None)
    signed_in = bool(user and user.is_authenticated)
    current = _place_of(route)
    return {
        "layout": "layouts/shell.html" if signed_in else "layouts/entrance.html",
        "navigation": partial(_items, _SECTIONS, current),
        "account_navigation": partial(_items, _ACCOUNT, current),
        "current_place": current.route if current else "",
        "current_route": route,
        "brands": getattr(request, "brands", []),
        "brand": getattr(request, "brand", None),
    }


def _place_of(route: str) -> Place | None:
    best = max([*_SECTIONS, *_ACCOUNT], key=lambda place: place.fit(route))
    return best if best.fit(route) else None


def _items(places: list[Place], current: Place | None) -> list[Item]:
    return [
        Item(place.label, reverse(place.route), place.icon, place.key, current=place is current) for place in places
    ]
