"""What a list shows of some creators: their own facts and what one brand knows of them, in a fixed few queries."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Case, DateField, F, JSONField, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import JSONObject

from creators.enums import NoteKind, RateKind, Tier, Track
from creators.logic.tiers import tier_of
from creators.models import Contact, Creator, LifecycleSpan, Note, Profile, Rate, Relationship, Right, Vetting
from creators.queries.findings import Standing, with_findings, worst_of
from team.models import Brand

FOR_EVER = date(9999, 12, 31)
"""How a right without an end sorts behind all others."""


@dataclass(frozen=True)
class ListedCreator:
    """A creator as a line of a list, with the main profile first and what the brand knows.

    `known` holds `relationship` (owner, owner_id, tags), `contact` (told_at, kind), `right` (ends, kind), `ask`
    (amount, currency, format) and `vetting` (verdict, decided_at), each where there is one; outer apps add to it.
    """

    creator: Creator
    profiles: Sequence[Profile] = ()
    stage: str = ""
    since: datetime | None = None
    overlays: Sequence[str] = ()
    emails: Sequence[str] = ()
    standing: Standing | None = None
    known: Mapping[str, Any] = field(default_factory=dict)

    @property
    def main(self) -> Profile | None:
        """The main profile."""
        return self.profiles[0] if self.profiles else None

    @property
    def tier(self) -> Tier | None:
        """The tier of the main profile."""
        return tier_of(self.main.followers) if self.main else None


def listed(
    ids: Sequence[int], *, brand: Brand | None, today: date, facts: Iterable[str], with_emails: bool = False,
    also: Mapping[str, Any] = {},
) -> list[ListedCreator]:  # fmt: skip
    """The creators in the order of their ids, in three queries (four with e-mails).

    `facts` are the names of those wanted in `known`; `also` holds further ones by name, as subqueries.
    """
    asked = {**(facts_of(brand, today, facts) if brand else {}), **also}
    found = {row.pk: row for row in _with_facts(ids, asked)}
    profiles = _profiles(ids)
    spans = _spans(ids, brand) if brand else {}
    emails = _emails(ids) if with_emails else {}
    return [_line(found[pk], profiles[pk], spans.get(pk, ()), emails.get(pk, ()), asked) for pk in ids if pk in found]


def _with_facts(ids: Iterable[int], facts: Mapping[str, Any]) -> QuerySet[Any]:
    named = {f"of_{name}": fact for name, fact in facts.items()}
    return Creator.objects.filter(pk__in=ids).select_related("pulse").annotate(**named).order_by()


def _line(
    creator: Creator,
    profiles: Sequence[Profile],
    spans: Iterable[tuple[str, str, datetime]],
    emails: Sequence[str],
    facts: Iterable[str],
) -> ListedCreator:
    held = {track: (stage, since) for track, stage, since in spans}
    stage, since = held.pop(Track.STAGE, ("", None))
    known = {name: getattr(creator, f"of_{name}") for name in facts}
    return ListedCreator(creator, profiles, stage, since, sorted(held), emails, worst_of(profiles), known)


def facts_of(brand: Brand, today: date, names: Iterable[str]) -> dict[str, Subquery]:
    """Subqueries that begin at the brand's own tables, one JSON object each; names of outer apps are left out."""
    return {name: _FACTS[name](brand, today) for name in names if name in _FACTS}


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


_FACTS: dict[str, Callable[[Brand, date], Subquery]] = {
    "relationship": _relationship, "contact": _contact, "right": _right, "vetting": _vetting, "ask": _ask,
}  # fmt: skip


def first_of(rows: QuerySet[Any], **fields: str) -> Subquery:
    """The first row as one JSON object, for a query that has `pk` outside."""
    return Subquery(rows.values(fact=JSONObject(**fields))[:1], output_field=JSONField())


def _profiles(ids: Sequence[int]) -> dict[int, list[Profile]]:
    found = defaultdict(list)
    for profile in with_findings(Profile.objects.filter(creator__in=ids)).order_by("-is_main", "platform"):
        found[profile.creator_id].append(profile)
    return found


def _spans(ids: Sequence[int], brand: Brand) -> dict[int, list[tuple[str, str, datetime]]]:
    found = defaultdict(list)
    spans = LifecycleSpan.objects.open().filter(brand=brand, creator__in=ids).exclude(track=Track.NOT_TOP)
    for creator, *span in spans.values_list("creator_id", "track", "stage", "during__startswith"):
        found[creator].append(tuple(span))
    return found


def _emails(ids: Sequence[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    rows = Contact.objects.filter(creator__in=ids, kind="email").order_by("creator", "value")
    for creator, value in rows.values_list("creator", "value"):
        found[creator].append(value)
    return found
