"""Who is promised to whom, and what may be said of another brand's promise: that it is there, and until when."""

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
    states = {HOLDS: Q(waived_on=None) & ~over, WAIVED: Q(waived_on__isnull=False), OVER: over}
    # `~over` would lose the promises without an end, whose upper bound is null.
    states[HOLDS] = Q(waived_on=None) & (Q(during__upper_inf=True) | Q(during__endswith__gt=today))
    found = found.filter(states[wanted.state]) if wanted.state else found
    return found.order_by("-during__endswith", "-pk")


def engaged_elsewhere(
    creator: Creator, *, brand: Brand, category: str, first: date, end: date | None, visible: list[Brand]
) -> str:
    """The sentence about promises to other brands in a category and time, or blank where there is none.

    It names a brand only to those who may see it; to others it tells the last day and nothing else.
    """
    rivals = Exclusivity.objects.with_scopes_disabled()  # type: ignore[attr-defined]  # says no more than the date
    rival = (
        rivals.filter(creator=creator, category=category, waived_on=None, during__overlap=(first, end))
        .exclude(brand=brand).select_related("brand").order_by("-during__endswith").first()
    )  # fmt: skip
    if rival is None:
        return ""
    until = f"until {last_day(rival.during.upper)}" if rival.during.upper else "until further notice"
    who = f"for {rival.brand} in {category}" if rival.brand in visible else "elsewhere"
    return f"{creator} is engaged {who} {until}."
