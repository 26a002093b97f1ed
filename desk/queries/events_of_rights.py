"""What a creator allowed and promised: rights, the platforms' permissions, ads planned and seen, exclusivity."""

from typing import Any
from urllib.parse import quote

from django.db.models import F, QuerySet

from campaigns.models import Ad
from creators.enums import PermissionKind, Place, RightKind
from creators.models import Exclusivity, PlatformPermission, Right, Sighting
from desk.queries.events import Asked, Kind, Row, Source, Told, changes, differences, on, paid, selected, through


def _use(facts: Any) -> str:
    where = facts.get("territory") or "worldwide"
    return f"{RightKind(facts['kind']).label} on {Place(facts['place']).label}, {where}"


def _period(facts: Any) -> str:
    end = f"to {through(facts['until'])}" if facts["until"] else "with no end"
    return f"{on(facts['since'])} {end}"


_USE = {name: F(name) for name in ("kind", "place", "territory")}
_SPAN = {"since": F("during__startswith"), "until": F("during__endswith")}


def _rights(asked: Asked) -> QuerySet[Any]:
    return selected(Right.objects.filter(creator=asked.creator), at="made_at", **_USE, **_SPAN)


def _told_right(row: Row, asked: Asked) -> Told:
    return Told(f"Right: {_use(row.facts)}", more=_period(row.facts), route="creators:right", args=(row.key,))


_OF_RIGHT = {"revoked_on": "Revoked on", "revoked_why": "Reason", "price": "Price", "terms": "Terms", "note": "Note"}


def _changed_rights(asked: Asked) -> QuerySet[Any]:
    names = (*_OF_RIGHT, "kind", "place", "territory", "during", "currency")
    return changes(Right, names, creator=asked.creator.pk, brand__in=asked.numbers)


def _told_changed(row: Row, asked: Asked) -> Told | None:
    facts = row.facts
    before, after = facts["before"], facts["after"]
    if facts["did"] == "delete" or not after:
        return Told(f"Removed a right: {_use(before)}")
    names = {**_OF_RIGHT, "during": "Period"}
    words = differences(facts, names, lambda name, value: _said(name, value, after["currency"]))
    if not words:
        return None
    verb = "Revoked" if after["revoked_on"] and not before["revoked_on"] else "Changed"
    return Told(f"{verb} a right: {_use(before)}", more=words, route="creators:right", args=(row.key,))


def _said(name: str, value: Any, currency: str) -> str:
    if name == "price":
        return paid(value, currency)
    if name == "during" and value:
        since, _, until = value.strip("[)").partition(",")
        return f"{on(since)} {'to ' + through(until) if until else 'with no end'}"
    return on(value) if name == "revoked_on" else ""


def _permissions(asked: Asked) -> QuerySet[Any]:
    found = PlatformPermission.objects.filter(right__creator=asked.creator)
    facts = {"kind": F("kind"), "place": F("right__place")}
    return selected(found, at="made_at", key="right_id", **facts, **_SPAN)


def _told_permission(row: Row, asked: Asked) -> Told:
    words = f"{PermissionKind(row.facts['kind']).label} for {Place(row.facts['place']).label}"
    return Told(words, more=_period(row.facts), route="creators:right", args=(row.key,))


def _ads(asked: Asked) -> QuerySet[Any]:
    found = Ad.objects.filter(right__creator=asked.creator)
    span = {"since": F("ran__startswith"), "until": F("ran__endswith")}
    return selected(found, at="made_at", key="right_id", name=F("name"), **span)


def _told_ad(row: Row, asked: Asked) -> Told:
    words = f"Ad planned: {row.facts['name']}"
    return Told(words, more=_period(row.facts), route="creators:right", args=(row.key,))


def _sightings(asked: Asked) -> QuerySet[Any]:
    found = Sighting.objects.filter(creator=asked.creator)
    facts = {"ad": F("ad"), "day": F("seen_on"), "settled": F("settled_why")}
    return selected(found, at="made_at", **_USE, **facts)


def _told_sighting(row: Row, asked: Asked) -> Told:
    facts = row.facts
    words = f"Ad seen running on {on(facts['day'])}: {_use(facts)}"
    more = "; ".join(each for each in (facts["ad"], facts["settled"] and f"settled: {facts['settled']}") if each)
    return Told(words, more=more, route="creators:sightings", query=f"?q={quote(asked.creator.name)}")


def _promises(asked: Asked) -> QuerySet[Any]:
    found = Exclusivity.objects.filter(creator=asked.creator)
    return selected(found, at="made_at", category=F("category"), note=F("note"), **_SPAN)


def _told_promise(row: Row, asked: Asked) -> Told:
    words = f"Exclusive in {row.facts['category']}"
    more = "; ".join(each for each in (_period(row.facts), row.facts["note"]) if each)
    return Told(words, more=more, route="creators:exclusivity", query=f"?q={quote(asked.creator.name)}")


def _changed_promises(asked: Asked) -> QuerySet[Any]:
    names = ("category", "waived_on", "waived_why")
    return changes(Exclusivity, names, creator=asked.creator.pk, brand__in=asked.numbers)


def _told_waiver(row: Row, asked: Asked) -> Told | None:
    before, after = row.facts["before"], row.facts["after"] or {}
    if before["waived_on"] or not after.get("waived_on"):
        return None
    return Told(f"Waived exclusivity in {before['category']}", more=after["waived_why"])


SOURCES = (
    Source("right", Kind.RIGHTS, _rights, _told_right),
    Source("right-changed", Kind.RIGHTS, _changed_rights, _told_changed),
    Source("permission", Kind.RIGHTS, _permissions, _told_permission),
    Source("ad", Kind.RIGHTS, _ads, _told_ad),
    Source("sighting", Kind.RIGHTS, _sightings, _told_sighting),
    Source("exclusivity", Kind.RIGHTS, _promises, _told_promise),
    Source("exclusivity-waived", Kind.RIGHTS, _changed_promises, _told_waiver),
)
