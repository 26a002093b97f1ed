"""Who is promised to whom, and what may be said of another brand's promise: that it is there, and until when."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from config.lib.words import last_day
from creators.models import Creator, Exclusivity
from creators.queries.creators import creators_found_by
from team.models import Brand

HOLDS, WAIVED, OVER = "holds", "waived", "over"


@dataclass(frozen=True)
class ExclusivityFilter:
    """What a person asks the list for; blank is everything."""

    q: str = ""
    state: str = ""


def exclusivities(wanted: ExclusivityFilter, *, today: date) -> QuerySet[Any]:
    """Promises to the brands of the open scope, those that hold longest first."""
    found = Exclusivity.objects.select_related("creator", "brand", "waived_by")
    if wanted.q:
        found = found.filter(Q(creator__in=creators_found_by(wanted.q)) | Q(category__icontains=wanted.q.lower()))
    over = Q(during__endswith__lte=today)
    # `~over` would lose the promises without an end, whose upper bound is null.
    lasts = Q(during__upper_inf=True) | Q(during__endswith__gt=today)
    states = {HOLDS: Q(waived_on=None) & lasts, WAIVED: Q(waived_on__isnull=False), OVER: over}
    found = found.filter(states[wanted.state]) if wanted.state else found
    return found.order_by("-during__endswith", "-pk")


@dataclass(frozen=True)
class Engaged:
    """A creator who promised a category to another brand. `words` name that brand only to those who may see it."""

    creator_id: int
    name: str
    words: str


def engaged_elsewhere(
    creator: Creator, *, brand: Brand, category: str, first: date, end: date | None, visible: list[Brand]
) -> str:
    """The sentence about promises to other brands in a category and time, or blank where there is none.

    It names a brand only to those who may see it; to others it tells the last day and nothing else.
    """
    told = many_engaged_elsewhere(
        [creator.pk], brand=brand, category=category, first=first, end=end, visible=visible
    ).get(creator.pk)  # fmt: skip
    return f"{told.name} is {told.words}." if told else ""


def many_engaged_elsewhere(
    creator_ids: Iterable[int] | None,
    *,
    brand: Brand,
    category: str,
    first: date,
    end: date | None,
    visible: Collection[Brand],
) -> dict[int, Engaged]:
    """Those of the creators (of all, without ids) whom another brand has in a category and time, in one query.

    Of several promises it is the one that ends last.
    """
    rivals = Exclusivity.objects.with_scopes_disabled()  # type: ignore[attr-defined]  # says no more than the date
    rivals = rivals.filter(category=category, waived_on=None, during__overlap=(first, end)).exclude(brand=brand)
    if creator_ids is not None:
        rivals = rivals.filter(creator__in=list(creator_ids))
    found = rivals.select_related("brand", "creator").order_by("creator_id", "-during__endswith")
    found = found.distinct("creator_id")
    return {each.creator_id: Engaged(each.creator_id, each.creator.name, _words(each, visible)) for each in found}


def _words(promise: Exclusivity, visible: Collection[Brand]) -> str:
    until = f"until {last_day(promise.during.upper)}" if promise.during.upper else "until further notice"
    who = f"for {promise.brand} in {promise.category}" if promise.brand in visible else "elsewhere"
    return f"engaged {who} {until}"
