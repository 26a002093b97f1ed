"""Which rights there are and how each stands today; and the one answer to "may I run this?"."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import (
    Case,
    Count,
    F,
    Q,
    QuerySet,
    Value,
    When,
)

from creators.enums import RightState
from creators.logic import renewals
from creators.logic import rights as logic
from creators.logic.rights import Answer, Clocks, Held, Question, Span
from creators.models import Creator, Right, Sighting
from creators.queries.creators import creators_found_by
from creators.queries.fees import fee_of
from creators.queries.sightings import ENDS, Blamed, blamed, last_seen
from team.models import Brand


@dataclass(frozen=True)
class RightFilter:
    """What a person asks the register for; blank is everything."""

    q: str = ""
    kind: str = ""
    place: str = ""
    state: str = ""
    brand: str = ""
    creator: int | None = None


@dataclass(frozen=True)
class Registered:
    """A right as a line of the register."""

    right: Right
    state: RightState
    left: str
    clocks: Clocks


def register(wanted: RightFilter, blamed: Mapping[int, Blamed], *, today: date) -> QuerySet[Any, int]:
    """Keys of rights of the open scope: still running though ended first, then by their end; over ones last.

    Keys alone, since sorting whole rows with their creators took three times as long.
    """
    overrun = _overrun(blamed)
    rights = _ranked(Right.objects.all(), overrun, today)
    if wanted.q:
        rights = rights.filter(Q(creator__in=creators_found_by(wanted.q)) | Q(content__title__icontains=wanted.q))
    same = {name: getattr(wanted, name) for name in ("kind", "place", "creator") if getattr(wanted, name)}
    if wanted.brand.isdigit():
        same["brand"] = int(wanted.brand)
    if wanted.state:
        rights = rights.filter(_in_state(RightState(wanted.state), overrun, today))
    soonest = Case(When(rank__lt=_OVER, then=F("ends"))).asc(nulls_last=True)
    return rights.filter(**same).order_by("rank", soonest, F("ends").desc(), "pk").values_list("pk", flat=True)


_OVER = 3


def _overrun(blamed: Mapping[int, Blamed]) -> list[int]:
    return [right for right, ads in blamed.items() if ads.is_overrun]


def _ranked(rights: QuerySet[Right], overrun: list[int], today: date) -> QuerySet[Any]:
    """With `ends` (exclusive, null for ever) and the `rank` in the register."""
    return rights.annotate(ends=ENDS).annotate(
        rank=Case(
            When(pk__in=overrun, then=Value(0)),
            When(_begun(today) & _lasting(today), then=Value(1)),
            When(held__startswith__gt=today, then=Value(2)),
            default=Value(_OVER),
        ),
    )


def _begun(today: date) -> Q:
    return Q(held__startswith__lte=today)


def _lasting(today: date) -> Q:
    return Q(held__isempty=False) & (Q(held__upper_inf=True) | Q(held__endswith__gt=today))


def _within(days: int) -> Any:
    return lambda today: Q(held__contains=today, held__endswith__lte=today + timedelta(days=days))


_STATES: dict[RightState, Any] = {
    RightState.ENDS_3: _within(3),
    RightState.ENDS_14: _within(14),
    RightState.ENDS_30: _within(30),
    RightState.RUNNING: lambda today: Q(held__contains=today),
    RightState.PLANNED: lambda today: Q(held__startswith__gt=today),
    RightState.ENDED: lambda today: Q(held__endswith__lte=today, revoked_on=None),
    RightState.REVOKED: lambda today: Q(revoked_on__isnull=False),
}


def _in_state(state: RightState, overrun: list[int], today: date) -> Q:
    told: Q = Q(pk__in=overrun) if state == RightState.OVERRUN else _STATES[state](today)
    return told


def tallies(blamed: Mapping[int, Blamed], *, today: date) -> dict[str, int]:
    """How many rights of the open scope are in each state that wants somebody, by state."""
    wanted = (RightState.ENDS_3, RightState.ENDS_14, RightState.ENDS_30, RightState.RUNNING)
    running = Right.objects.filter(_STATES[RightState.RUNNING](today))
    counted = running.aggregate(**{state.value: Count("pk", filter=_STATES[state](today)) for state in wanted})
    return {RightState.OVERRUN.value: len(_overrun(blamed)), **counted}


def registered(keys: Iterable[int], blamed: Mapping[int, Blamed], *, today: date) -> list[Registered]:
    """The rights of these keys, in their order, with state, days left and clocks."""
    rights = Right.objects.select_related("creator", "brand", "content").prefetch_related("permissions")
    found = rights.in_bulk(list(keys))
    seen = last_seen(found.values())
    return [_line(right, blamed.get(key), seen.get(key), today) for key in keys if (right := found.get(key))]


def _line(right: Right, ads: Blamed | None, allowed_on: date | None, today: date) -> Registered:
    held = as_held(right)
    days = [day for day in (allowed_on, ads and ads.seen_on) if day]
    return Registered(
        right=right,
        state=logic.state_on(held, is_seen_after=bool(ads and ads.is_overrun), today=today),
        left=logic.left_words(held, today),
        clocks=logic.clocks(held, seen_on=max(days, default=None), today=today),
    )


@dataclass(frozen=True)
class RightsSummary:
    """How the rights to one creator's content stand: the most pressing of them, and how many are in force."""

    state: RightState
    right: Right
    running: int
    left: str


def summary_of(creator_id: int, *, today: date) -> RightsSummary | None:
    """From the rights of the open scope, in two statements; None without any."""
    overrun = _overrun(blamed(creator_id))
    rights = _ranked(Right.objects.filter(creator=creator_id), overrun, today)
    found = list(rights.order_by("rank", F("ends").asc(nulls_last=True), "pk")[:_SUMMED])
    if not found:
        return None
    held = [Held(kind=each.kind, place=each.place, held=_span(each), revoked_on=each.revoked_on) for each in found]
    state = logic.state_on(held[0], is_seen_after=found[0].pk in overrun, today=today)
    running = sum(each.held is not None and each.held.holds(today) for each in held)
    return RightsSummary(state, found[0], running, logic.left_words(held[0], today))


_SUMMED = 100  # rights of one creator, the most pressing first


def _span(right: Right) -> Span | None:
    return None if right.held.isempty else Span(right.held.lower, right.held.upper)


def as_held(right: Right) -> Held:
    """A right as the rules see it. Its permissions should be prefetched."""
    permissions = tuple(Span(each.during.lower, each.during.upper) for each in right.permissions.all())
    return Held(
        kind=right.kind, place=right.place, territory=right.territory, content=right.content_id,
        held=_span(right),
        permissions=permissions, revoked_on=right.revoked_on, pk=right.pk,
    )  # fmt: skip


def answer(question: Question, *, creator: Creator, brand: Brand) -> Answer:
    """May this run? From all rights that the brand has of the creator."""
    rights = Right.objects.filter(brand=brand, creator=creator, kind=question.kind, place=question.place)
    return logic.may_run(question, [as_held(right) for right in rights.prefetch_related("permissions")])


def details(right: Right, *, today: date) -> dict[str, Any]:
    """What the page of one right shows beside it: state, clocks and ads seen. Permissions should be prefetched."""
    seen: Any = Sighting.objects.all()
    sightings = list(seen.under(right).told_apart().order_by("-seen_on", "-pk")[:_SHOWN])
    line = _line(right, blamed(right.creator_id).get(right.pk), last_seen([right]).get(right.pk), today)
    return {
        "state": line.state,
        "left": line.left,
        "clocks": line.clocks,
        "sightings": sightings,
        "outside": {each.pk for each in sightings if each.is_outside and not each.settled_on},
        "needs": logic.permission_of(right.kind, right.place),
        "ends": _end(right),
    }


_SHOWN = 50


def _end(right: Right) -> date | None:
    return (None if right.held.isempty else right.held.upper) or right.revoked_on


def renewal_of(right: Right, *, days: int, today: date, now: datetime) -> dict[str, Any]:
    """The price and text of a renewal of `days`; nothing for a right without an end."""
    end = _end(right)
    if end is None:
        return {}
    days_bought = (right.during.upper - right.during.lower).days if right.during.upper else None
    offer = renewals.renewal(
        kind=right.kind, end=end, days=days, base=fee_of(right, now=now), today=today,
        bought=renewals.Bought(right.price, days_bought, right.currency),
    )  # fmt: skip
    needed = logic.permission_of(right.kind, right.place)
    text = renewals.renewal_text(
        offer, name=right.creator.name, use=f"{right.get_kind_display()} on {right.get_place_display()}",
        piece=right.content.title if right.content else "", territory=right.territory, end=end,
        needs=needed.label if needed else "", is_over=end <= today,
    )  # fmt: skip
    return {"renewal": offer, "renewal_text": text}
