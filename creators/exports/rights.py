"""Rights, sightings and exclusivity as tables."""

from datetime import date, timedelta
from typing import Any

from creators.models import Exclusivity, Sighting
from creators.queries.rights import Registered

HEADER = [
    "creator", "brand", "kind", "place", "territory", "content", "first day", "last day", "state",
    "last permitted day",
    "last day seen", "price", "currency", "revoked", "reason", "warnings", "terms", "note",
]  # fmt: skip
SIGHTINGS = ["day", "handle", "place", "kind", "territory", "content", "ad", "brand", "outside its rights", "settled"]
EXCLUSIVITIES = ["creator", "brand", "category", "first day", "last day", "waived", "reason", "note"]


def row(listed: Registered) -> list[object]:
    """One right. The last day is the agreed one; `revoked` is the first day without the right."""
    right, clocks = listed.right, listed.clocks
    return [
        right.creator.name, right.brand.name, right.kind, right.place, right.territory or "worldwide",
        right.content.title if right.content else "", right.during.lower, _last(right.during.upper),
        listed.state.label, clocks.permission_on, clocks.seen_on, right.price, right.currency, right.revoked_on,
        right.revoked_why, " ".join(clocks.warnings), right.terms, right.note,
    ]  # fmt: skip


def sighting_row(seen: Any) -> list[object]:
    """One sighting, in the columns that an upload reads."""
    sighting: Sighting = seen
    profiles = sorted(sighting.creator.profiles.all(), key=lambda each: (each.platform != sighting.place, each.pk))
    return [
        sighting.seen_on, profiles[0].handle if profiles else "", sighting.place, sighting.kind, sighting.territory,
        sighting.content.title if sighting.content else "", sighting.ad, sighting.brand.name,
        "yes" if seen.is_outside else "no", sighting.settled_why,
    ]  # fmt: skip


def exclusivity_row(promise: Exclusivity) -> list[object]:
    """One promise."""
    return [
        promise.creator.name, promise.brand.name, promise.category, promise.during.lower, _last(promise.during.upper),
        promise.waived_on, promise.waived_why, promise.note,
    ]  # fmt: skip


def _last(end: date | None) -> date | None:
    return end - timedelta(days=1) if end else None
