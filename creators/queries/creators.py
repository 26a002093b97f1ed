"""Which creators a search and its filters mean, in which order. What a list shows of them stands in `listed`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Exists, F, FilteredRelation, OuterRef, Q, QuerySet

from creators.logic.names import folded
from creators.models import Contact, Creator, Profile, Pulse
from team.models import Brand

NO_STAGE = "none"
_SHORT = 3  # letters; a trigram index has nothing to say about fewer


@dataclass(frozen=True)
class CreatorFilter:
    """What a person asked the list for: values by the name of their filter; one that is not there asks for nothing.

    What a brand knows of a creator is what `brand` knows; without one such filters find nobody. `me` is who asks.
    `is_broad` says that many are known to fit, so that a search looks at one creator after the other until a page is
    full, instead of gathering all of them first. `up_to` is a figure of the order: who stands behind it is left out.
    """

    values: Mapping[str, Any] = field(default_factory=dict)
    sort: str = "name"
    brand: Brand | None = None
    me: int | None = None
    today: date = date.max
    is_broad: bool = False
    up_to: Any = None


ON_MAIN = frozenset({"tier", "followers_from", "followers_to"})
"""Filters on the main profile, which the list joins for them."""


def matching(wanted: CreatorFilter, *conditions: Q) -> QuerySet[Creator]:
    """The creators that meet all conditions, in the order of the filter. Two orders hold only who has the figure."""
    creators = living()
    if ON_MAIN & set(wanted.values) or wanted.sort == "followers":
        main = FilteredRelation("profiles", condition=Q(profiles__is_main=True))
        creators = creators.annotate(main=main)
        # In the one call with the conditions, which would else join the profile once more.
        conditions = (Q(main__isnull=False), *conditions)
    if wanted.sort == "rate":
        creators = creators.filter(pulse__rate__isnull=False)
    if wanted.up_to is not None:
        conditions = (*conditions, Q(**{_PLACES[wanted.sort][0]: wanted.up_to}))
    return creators.filter(*conditions).order_by(*ORDERS.get(wanted.sort, ORDERS["name"]))


def living() -> QuerySet[Creator]:
    """Everybody but those who were erased."""
    return Creator.objects.exclude(pk__in=erased())


def erased() -> QuerySet[Any]:
    """Ids of those who were erased. They are few: to leave them out by id lets an index alone count all others."""
    return Creator.objects.filter(erased_on__isnull=False).order_by().values("pk")


def headcount() -> int:
    """How many living() are, without looking each up among those who were erased."""
    return Creator.objects.count() - erased().count()


ORDERS: dict[str, tuple[Any, ...]] = {
    "name": ("sort_name", "pk"),
    "followers": (F("main__followers").desc(nulls_last=True), "main__creator_id"),
    "newest": ("-pk",),
    "rate": (F("pulse__rate").desc(nulls_last=True), F("pulse__creator_id").desc()),
}


FIGURES: dict[str, QuerySet[Any]] = {
    "followers": Profile.objects.filter(is_main=True).order_by(F("followers").desc(nulls_last=True), "creator_id"),
    "rate": Pulse.objects.filter(rate__isnull=False).order_by(
        F("rate").desc(nulls_last=True), F("creator_id").desc()
    ),
}
"""The rows of another table, one a creator, that an order goes by."""

_PLACES: dict[str, tuple[str, QuerySet[Any]]] = {
    "name": ("sort_name__lte", Creator.objects.order_by("sort_name").values_list("sort_name", flat=True)),
    "newest": ("pk__gte", Creator.objects.order_by("-pk").values_list("pk", flat=True)),
    "followers": ("main__followers__gte", FIGURES["followers"].values_list("followers", flat=True)),
    "rate": ("pulse__rate__gte", FIGURES["rate"].values_list("rate", flat=True)),
}


def figure_at(place: int, sort: str) -> Any:
    """The figure by which everybody is put in order, at a place from 1; None where nobody with a figure stands."""
    _, figures = _PLACES.get(sort, ("", Creator.objects.none()))
    return next(iter(figures[place - 1 : place]), None)


def holding(words: str, *, is_broad: bool) -> Q:
    """Creators whose name, handle or e-mail holds the words; `is_broad` as in `CreatorFilter`."""
    if not is_broad:
        return Q(pk__in=creators_found_by(words))
    name, profiles, contacts = _found_by(words)
    mine = {"creator": OuterRef("pk")}
    return name | Q(Exists(profiles.filter(**mine))) | Q(Exists(contacts.filter(**mine)))


def main_handles(ids: Iterable[int]) -> dict[int, str]:
    """The handle of each creator's main profile, by which two of the same name are told apart."""
    return dict(Profile.objects.filter(creator__in=list(ids), is_main=True).values_list("creator", "handle"))


def named(words: str) -> Q:
    """Creators whose name holds the words."""
    return _found_by(words)[0]


def creators_found_by(words: str) -> QuerySet[Any]:
    """Ids of creators whose name, handle or e-mail holds the words (begins with them, where they are few letters)."""
    name, profiles, contacts = _found_by(words)
    by_name = Creator.objects.filter(name).order_by().values("pk")
    return by_name.union(profiles.values("creator_id"), contacts.values("creator_id"))


def _found_by(words: str) -> tuple[Q, QuerySet[Profile], QuerySet[Contact]]:
    how = "contains" if len(words) >= _SHORT else "startswith"
    name = Q(**{f"sort_name__{how}": folded(words)})
    profiles = Profile.objects.filter(**{f"handle__{how}": words.lower().lstrip("@")}).order_by()
    return name, profiles, Contact.objects.filter(kind="email", **{f"value__i{how}": words}).order_by()
