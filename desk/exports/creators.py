"""The list of creators as a table: the columns that the list shows, or a roster that can be imported again."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

from creators.queries.listed import FOR_EVER, ListedCreator

Value = Callable[[ListedCreator], Any]


def _known(fact: str, name: str) -> Value:
    return lambda row: (row.known.get(fact) or {}).get(name)


def _moment(fact: str, name: str) -> Value:
    return lambda row: str(_known(fact, name)(row) or "")[:10]


def ends_of(row: ListedCreator) -> date | None:
    """The day after the last of the right that runs longest; `FOR_EVER` where it has no end."""
    ends = _known("right", "ends")(row)
    return date.fromisoformat(ends) if ends else None


def told_at_of(row: ListedCreator) -> datetime | None:
    """When the last contact was."""
    return _told_at("contact", "told_at", row)


def posted_at_of(row: ListedCreator) -> datetime | None:
    """When the last post went out."""
    return _told_at("pulse", "posted_at", row)


def _told_at(fact: str, name: str, row: ListedCreator) -> datetime | None:
    told = _known(fact, name)(row)
    return datetime.fromisoformat(told) if told else None


def _rights_until(row: ListedCreator) -> str:
    ends = ends_of(row)
    return (
        "" if ends is None else "no end" if ends == FOR_EVER else date.fromordinal(ends.toordinal() - 1).isoformat()
    )


def _posted(row: ListedCreator) -> str:
    posted = posted_at_of(row)
    return posted.date().isoformat() if posted else ""


def _vetted(row: ListedCreator) -> str:
    vetting = row.known.get("vetting")
    return (vetting["verdict"] or "waiting") if vetting else ""


def _owner(row: ListedCreator) -> str:
    return _known("relationship", "name")(row) or _known("relationship", "email")(row) or ""


def _handles(profiles: Sequence[Any]) -> str:
    return ", ".join(f"{profile.platform}:{profile.handle}" for profile in profiles)


_HANDLE: Value = lambda row: row.main.handle if row.main else ""  # noqa: E731 (a table of columns)
_PLATFORM: Value = lambda row: row.main.platform if row.main else ""  # noqa: E731
_FOLLOWERS: Value = lambda row: row.main.followers if row.main else None  # noqa: E731
_TIER: Value = lambda row: row.tier.value if row.tier else ""  # noqa: E731
_NICHES: Value = lambda row: ", ".join(row.creator.niches)  # noqa: E731

_WHO: list[tuple[str, Value]] = [
    ("handle", _HANDLE), ("platform", _PLATFORM), ("name", lambda row: row.creator.name),
]  # fmt: skip
_ROSTER: list[tuple[str, Value]] = [
    *_WHO, ("email", lambda row: next(iter(row.emails), "")), ("followers", _FOLLOWERS),
    ("language", lambda row: row.creator.language), ("country", lambda row: row.creator.country),
    ("region", lambda row: row.creator.region), ("city", lambda row: row.creator.city), ("niches", _NICHES),
    ("notes", lambda row: row.creator.notes), ("tier", _TIER), ("stage", lambda row: row.stage),
    ("other profiles", lambda row: _handles(row.profiles[1:])),
]  # fmt: skip
_BY_COLUMN: dict[str, list[tuple[str, Value]]] = {
    "profiles": [("profiles", lambda row: _handles(row.profiles)), ("email", lambda row: next(iter(row.emails), ""))],
    "followers": [("followers", _FOLLOWERS)],
    "tier": [("tier", _TIER)],
    "engagement": [
        ("engagement rate %", _known("pulse", "rate")), ("posts behind the rate", _known("pulse", "n")),
        ("engagement verdict", _known("pulse", "verdict")),
    ],
    "signals": [("signals", lambda row: row.standing.level.value if row.standing else "")],
    "vetting": [("vetting", _vetted), ("vetted on", _moment("vetting", "decided_at"))],
    "stage": [("stage", lambda row: row.stage)],
    "since": [("in stage since", lambda row: row.since.date().isoformat() if row.since else "")],
    "overlays": [("overlays", lambda row: ", ".join(row.overlays))],
    "owner": [("owner", _owner)],
    "tags": [("tags", lambda row: ", ".join(_known("relationship", "tags")(row) or ()))],
    "niches": [("niches", _NICHES)],
    "country": [("country", lambda row: row.creator.country)],
    "region": [("region", lambda row: row.creator.region)],
    "city": [("city", lambda row: row.creator.city)],
    "language": [("language", lambda row: row.creator.language)],
    "contact": [("last contact", _moment("contact", "told_at")), ("contact by", _known("contact", "kind"))],
    "posted": [("last post", _posted)],
    "rights": [("rights until", _rights_until), ("right", _known("right", "kind"))],
    "ask": [("last ask", _known("ask", "amount")), ("ask currency", _known("ask", "currency")),
            ("ask is for", _known("ask", "format"))],
    "formats": [("preferred formats", lambda row: ", ".join(row.creator.formats))],
    "deals": [("deals", lambda row: _known("deals", "n")(row) or 0)],
    "cost": [("cost", _known("outcome", "cost"))],
    "customers": [("new customers", _known("outcome", "new_customers"))],
    "cac": [(f"cac {name}", _known("outcome", name)) for name in ("low", "mid", "high")],
    "no_contact": [("no contact since", lambda row: row.creator.no_contact_on)],
}  # fmt: skip


def table_of(columns: Sequence[str], *, is_roster: bool) -> list[tuple[str, Value]]:
    """The heads with what stands under them: who it is, then the columns of the list; or a roster's columns."""
    return _ROSTER if is_roster else [*_WHO, *(pair for key in columns for pair in _BY_COLUMN[key])]


def rows(creators: Iterable[ListedCreator], table: Sequence[tuple[str, Value]]) -> Iterator[list[object]]:
    """One row per creator, by the main profile."""
    for listed in creators:
        yield [value(listed) for _, value in table]
