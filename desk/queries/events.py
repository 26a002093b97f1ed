"""What the sources of the timeline have in common: the columns that they select, and how a row becomes an event.

A source is a query of one app's rows of one creator, with the same columns as all others, so that one `UNION ALL`
reads them together; and a function that says a row in words.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import BigIntegerField, DateTimeField, F, JSONField, Model, QuerySet, TextChoices, Value, Window
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Coalesce, JSONObject, Lead

from config.lib.words import day, money
from creators.models import Creator
from team.models import Brand

Facts = Mapping[str, Any]
COLUMNS = ("source", "at", "who", "brand_number", "key", "facts")


class Kind(TextChoices):
    """What a person may narrow the timeline to."""

    STAGES = "stages", "Stages"
    NOTES = "notes", "Notes and contacts"
    DEALS = "deals", "Deals"
    MONEY = "money", "Costs and orders"
    BRIEFS = "briefs", "Briefs"
    RIGHTS = "rights", "Rights and exclusivity"
    RATES = "rates", "Rates"
    LINKS = "links", "Links and codes"
    POSTS = "posts", "Posts"
    SIGNALS = "signals", "Signals and numbers"
    EDITS = "edits", "Edits"


@dataclass(frozen=True)
class Told:
    """A row in words. `more` is a second line; `route` and `args` say where it leads."""

    text: str
    more: str = ""
    route: str = ""
    args: tuple[Any, ...] = ()
    query: str = ""


@dataclass(frozen=True)
class Row:
    """What the database told of one event. `key` is that of the row it is about, `brand` None for shared facts."""

    source: str
    at: datetime
    who: int | None
    brand: int | None
    key: int
    facts: Facts


@dataclass(frozen=True)
class Asked:
    """Whose timeline, and who looks: the brands that they may see, and those of them that they manage."""

    creator: Creator
    brands: Sequence[Brand]
    managed: Sequence[Brand] = ()

    @property
    def numbers(self) -> list[int]:
        """The keys of the brands, for tables without a wall of their own."""
        return [brand.pk for brand in self.brands]


@dataclass(frozen=True)
class Source:
    """One kind of event: the rows of a creator, and their words. `name` is its own among all sources."""

    name: str
    kind: Kind
    rows: Callable[[Asked], QuerySet[Any]]
    told: Callable[[Row, Asked], Told | None]


def selected(
    found: QuerySet[Any], *, at: Any, key: Any = "pk", who: Any = "made_by", brand: Any = "brand", **facts: Any
) -> QuerySet[Any]:
    """The columns of the timeline from a query. `who` or `brand` None: nobody is known, shared by all brands."""
    nobody = Cast(Value(None), BigIntegerField())
    columns = {
        "at": Cast(at, DateTimeField()),
        "who": Cast(who, BigIntegerField()) if who else nobody,
        "brand_number": Cast(brand, BigIntegerField()) if brand else nobody,
        "key": Cast(key, BigIntegerField()),
        "facts": JSONObject(**facts),
    }
    return found.order_by().annotate(**{f"event_{name}": value for name, value in columns.items()})


def changes(
    model: type[Model], names: tuple[str, ...], *, key: str = "id", label: Any = None, **which: Any
) -> QuerySet:
    """The changes of rows as the history tables keep them: `before` and `after` of the named fields.

    `which` filters the history, which has no brand wall of its own: name the brands in it. What a row became is its
    next version, or what it is now; a removed one has no `after`.
    """
    history = model.pgh_event_model.objects.filter(**which)  # type: ignore[attr-defined]
    before = JSONObject(**{name: F(name) for name in names})
    now = JSONObject(**{name: F(f"pgh_obj__{name}") for name in names})
    following = Window(Lead(before), partition_by=F("pgh_obj_id"), order_by=F("pgh_id").asc())
    who = Cast(KeyTextTransform("user", "pgh_context__metadata"), BigIntegerField())
    brand = "brand_id" if any(field.name == "brand" for field in model._meta.fields) else None
    return selected(
        history, at="pgh_created_at", key=key, who=who, brand=brand,
        before=before, after=Coalesce(following, now, output_field=JSONField()), did=F("pgh_label"),
        label=label or Value(""), job=KeyTextTransform("job", "pgh_context__metadata"),
    )  # fmt: skip


def differences(
    facts: Facts, names: Mapping[str, str], says: Callable[[str, Any], str] = lambda name, value: ""
) -> str:
    """What changed, as `Country: UK, was Ireland; City: Leeds, was empty`. `says` words a value, or is blank."""
    before, after = facts["before"], facts["after"] or {}
    parts = [
        f"{words}: {says(name, after.get(name)) or plain(after.get(name))}, "
        f"was {says(name, before.get(name)) or plain(before.get(name))}"
        for name, words in names.items()
        if before.get(name) != after.get(name)
    ]
    return "; ".join(parts)


def plain(value: Any) -> str:
    """A value of a history table as people read it."""
    if value is None or value in ("", []):
        return "empty"
    if isinstance(value, list):
        return ", ".join(str(each) for each in value)
    return {True: "yes", False: "no"}.get(value, str(value)) if isinstance(value, bool) else str(value)


def on(text: str | None) -> str:
    """A day as the database writes it into JSON, as people read it."""
    return day(date.fromisoformat(text[:10])) if text else ""


def through(text: str | None) -> str:
    """The last day before an end."""
    return day(date.fromisoformat(text[:10]) - timedelta(days=1)) if text else ""


def paid(amount: Any, currency: str) -> str:
    """Money that came through JSON."""
    return money(None if amount is None else Decimal(str(amount)), currency or "")
