"""What a list shows of some creators: their own facts and what one brand knows of them, in one query."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, DateField, F, JSONField, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import JSONObject

from config.lib.written import SOMEBODY, AnyOf, Scope, Written, columns, made, scope_key, written
from creators.enums import ContactKind, NoteKind, RateKind, Tier, Track
from creators.logic.tiers import tier_of
from creators.models import Contact, Creator, LifecycleSpan, Note, Profile, Pulse, Rate, Relationship, Right, Vetting
from creators.queries.findings import Standing, finding, worst_of
from team.models import Brand

Fact = Callable[[Brand, date], Any]
"""What a brand knows of a creator on a day, as a subquery for a query of creators."""
FOR_EVER = date(9999, 12, 31)
"""How a right without an end sorts behind all others."""


@dataclass(frozen=True)
class ListedProfile:
    """A profile as a list shows it; `finding` has level and verdict of its current assessment, or is None."""

    id: int
    platform: str
    handle: str
    followers: int | None
    finding: Mapping[str, str] | None


@dataclass(frozen=True)
class ListedCreator:
    """A creator as a line of a list, with the main profile first and what the brand knows.

    `known` holds `pulse` (rate, n, verdict, posted_at), and of the brand's facts those that were asked for, each
    where there is one: `relationship` (owner, owner_id, tags), `contact` (told_at, kind), `right` (ends, kind), `ask`
    (amount, currency, format) and `vetting` (verdict, decided_at); outer apps add to it.
    """

    creator: Creator
    profiles: Sequence[ListedProfile] = ()
    stage: str = ""
    since: datetime | None = None
    overlays: Sequence[str] = ()
    emails: Sequence[str] = ()
    standing: Standing | None = None
    known: Mapping[str, Any] = field(default_factory=dict)

    @property
    def main(self) -> ListedProfile | None:
        """The main profile."""
        return self.profiles[0] if self.profiles else None

    @property
    def tier(self) -> Tier | None:
        """The tier of the main profile."""
        return tier_of(self.main.followers) if self.main else None


def listed(
    ids: Sequence[int], *, brand: Brand | None, today: date, facts: Mapping[str, Fact], with_emails: bool = False
) -> list[ListedCreator]:
    """The creators in the order of their ids, with those `facts`, by name, that the brand knows of them."""
    names, statement = _statement(scope_key(), brand, today, tuple(facts.items()), with_emails)
    lines = {values[0]: _line(names, values) for values in statement.rows(list(ids))}
    return [lines[pk] for pk in ids if pk in lines]


@lru_cache(maxsize=128)
def _statement(
    scope: Scope, brand: Brand | None, today: date, facts: tuple[tuple[str, Fact], ...], with_emails: bool
) -> tuple[tuple[str, ...], Written]:
    """The names of what is asked for beside the creators' own fields, and the query over some of them."""
    asked = {"profiles": _profiles(), "pulse": _pulse()}
    if with_emails:
        asked["emails"] = _emails()
    if brand:
        asked |= {"spans": _spans(brand), **{name: of(brand, today) for name, of in facts}}
    named = {f"of_{name}": told for name, told in asked.items()}
    rows = Creator.objects.filter(AnyOf(F("pk"), [SOMEBODY])).order_by().annotate(**named)
    return tuple(asked), written(rows.values_list(*columns(Creator), *named))


def _line(names: Sequence[str], values: Sequence[Any]) -> ListedCreator:
    width = len(columns(Creator))
    known = dict(zip(names, map(_read, values[width:]), strict=True))
    profiles = [ListedProfile(**each) for each in known.pop("profiles")]
    held = {each["track"]: each for each in known.pop("spans", ())}
    stage = held.pop(Track.STAGE, None)
    return ListedCreator(
        made(Creator, values[:width]), profiles,
        stage=stage["stage"] if stage else "", since=datetime.fromisoformat(stage["since"]) if stage else None,
        overlays=sorted(held), emails=[each["value"] for each in known.pop("emails", ())],
        standing=worst_of(profiles), known=known,
    )  # fmt: skip


def _read(told: Any) -> Any:
    return [json.loads(each) for each in told] if isinstance(told, list) else told and json.loads(told)


def first_of(rows: QuerySet[Any], **fields: Any) -> Subquery:
    """The first row as one JSON object, for a query that has `pk` outside."""
    return Subquery(rows.values(fact=JSONObject(**fields))[:1], output_field=JSONField())


def each_of(rows: QuerySet[Any], **fields: Any) -> ArraySubquery:
    """The same of all rows, as an array."""
    return ArraySubquery(rows.values(fact=JSONObject(**fields)))


def _profiles() -> ArraySubquery:
    rows = Profile.objects.filter(creator=OuterRef("pk")).order_by("-is_main", "platform")
    return each_of(
        rows, id="pk", platform="platform", handle="handle", followers="followers", finding=finding()
    )  # fmt: skip


def _pulse() -> Subquery:
    rows = Pulse.objects.filter(creator=OuterRef("pk"))
    return first_of(rows, rate="rate", n="n", verdict="verdict", posted_at="posted_at")


def _spans(brand: Brand) -> ArraySubquery:
    rows = LifecycleSpan.objects.open().filter(brand=brand, creator=OuterRef("pk")).exclude(track=Track.NOT_TOP)
    return each_of(rows, track="track", stage="stage", since="during__startswith")


def _emails() -> ArraySubquery:
    rows = Contact.objects.filter(creator=OuterRef("pk"), kind=ContactKind.EMAIL).order_by("value")
    return each_of(rows, value="value")


def _relationship(brand: Brand, today: date) -> Subquery:
    held = Relationship.objects.filter(brand=brand, creator=OuterRef("pk"))
    return first_of(held, owner_id="owner_id", name="owner__name", email="owner__email", tags="tags")


def _contact(brand: Brand, today: date) -> Subquery:
    contacts = Note.objects.filter(brand=brand, creator=OuterRef("pk")).exclude(kind=NoteKind.NOTE)
    return first_of(contacts.order_by("-told_at", "-pk"), told_at="told_at", kind="kind")


def _right(brand: Brand, today: date) -> Subquery:
    ends = Case(
        When(held__upper_inf=True, then=Value(FOR_EVER)), default=F("held__endswith"), output_field=DateField()
    )
    running = Right.objects.filter(brand=brand, creator=OuterRef("pk")).on(today).annotate(ends=ends)
    return first_of(running.order_by("-ends", "pk"), ends="ends", kind="kind")


def _vetting(brand: Brand, today: date) -> Subquery:
    present = Vetting.objects.filter(brand=brand, creator=OuterRef("pk"), replaced_at=None)
    return first_of(
        present.order_by(F("decided_at").asc(nulls_last=True)), verdict="verdict", decided_at="decided_at"
    )


def _ask(brand: Brand, today: date) -> Subquery:
    asks = Rate.objects.filter(brand=brand, kind=RateKind.ASK, profile__creator=OuterRef("pk"))
    return first_of(asks.order_by("-quoted_on", "-pk"), amount="amount", currency="currency", format="format")


FACTS: Mapping[str, Fact] = {
    "relationship": _relationship, "contact": _contact, "right": _right, "vetting": _vetting, "ask": _ask,
}  # fmt: skip
"""What this app can tell, each beginning at the brand's own tables."""
