"""How rights stand today, in lines, in one summary and in full; and the one answer to "may I run this?"."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import F

from config.lib.written import SOMEBODY, AnyOf, Scope, Written, columns, made, scope_key, written
from creators.enums import RightState
from creators.logic import renewals
from creators.logic import rights as logic
from creators.logic.rights import Answer, Clocks, Held, Question, Span
from creators.models import Content, Creator, PlatformPermission, Right, Sighting
from creators.queries.fees import fee_of
from creators.queries.register import overrun_of
from creators.queries.sightings import Blamed, blamed, last_allowed
from team.models import Brand


@dataclass(frozen=True)
class Registered:
    """A right as a line of the register."""

    right: Right
    state: RightState
    left: str
    clocks: Clocks


def registered(keys: Iterable[int], blamed: Mapping[int, Blamed], *, today: date) -> list[Registered]:
    """The rights of these keys, in their order, with state, days left and clocks."""
    wanted, lines = list(keys), {}
    permitted = _permitted(wanted)
    for values in _rights(scope_key()).rows(wanted) if wanted else ():
        right, allowed_on = _right(values, permitted)
        lines[right.pk] = _line(right, blamed.get(right.pk), allowed_on, today)
    return [lines[key] for key in wanted if key in lines]


@lru_cache(maxsize=64)
def _rights(scope: Scope) -> Written:
    """Some rights, with the names that they are listed by and the last day on which an ad was seen under each."""
    rights = Right.objects.filter(AnyOf(F("pk"), [SOMEBODY])).annotate(allowed_on=last_allowed())
    return written(
        rights.values_list(*columns(Right), "creator__name", "brand__name", "content__title", "allowed_on")
    )


@lru_cache(maxsize=64)
def _permissions(scope: Scope) -> Written:
    permissions = PlatformPermission.objects.filter(AnyOf(F("right"), [SOMEBODY]))
    return written(permissions.values_list(*columns(PlatformPermission)))


def _permitted(keys: Sequence[int]) -> Mapping[int, list[PlatformPermission]]:
    found = defaultdict(list)
    for values in _permissions(scope_key()).rows(keys) if keys else ():
        permission = made(PlatformPermission, values)
        found[permission.right_id].append(permission)
    return found


def _right(values: Sequence[Any], permitted: Mapping[int, list[PlatformPermission]]) -> tuple[Right, date | None]:
    right = made(Right, values[: len(columns(Right))])
    creator, brand, content, allowed_on = values[len(columns(Right)) :]
    right.creator = Creator.from_db(connection.alias, ("id", "name"), (right.creator_id, creator))
    right.brand = Brand.from_db(connection.alias, ("id", "name"), (right.brand_id, brand))
    if right.content_id:
        right.content = Content.from_db(connection.alias, ("id", "title"), (right.content_id, content))
    right.permitted = permitted.get(right.pk, [])
    return right, allowed_on


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
class PressingRight:
    """A right on the page of its creator; `is_running`: in force today."""

    right: Right
    state: RightState
    left: str
    is_running: bool


@dataclass(frozen=True)
class RightsSummary:
    """How the rights to one creator's content stand: the most pressing of them, and how many are in force."""

    state: RightState
    right: Right
    running: int
    left: str


def summary_of(creator_id: int, *, today: date) -> RightsSummary | None:
    """From the rights of the open scope, in two statements; None without any."""
    found = pressing_of(creator_id, today=today)
    if not found:
        return None
    return RightsSummary(found[0].state, found[0].right, sum(each.is_running for each in found), found[0].left)


def pressing_of(creator_id: int, *, today: date) -> list[PressingRight]:
    """The creator's rights of the open scope, the most pressing first, in two statements."""
    overrun = overrun_of(blamed(creator_id))
    rights = Right.objects.filter(creator=creator_id).select_related("brand", "content")
    latest = rights.order_by("-over_on")[:_SUMMED]
    pressing = lambda right: (_rank(right, overrun, today), right.over_on, right.pk)  # noqa: E731 (a key)
    return [_pressing(right, right.pk in overrun, today) for right in sorted(latest, key=pressing)]


def _pressing(right: Right, is_overrun: bool, today: date) -> PressingRight:
    held = Held(kind=right.kind, place=right.place, held=_span(right), revoked_on=right.revoked_on)
    state = logic.state_on(held, is_seen_after=is_overrun, today=today)
    is_running = held.held is not None and held.held.holds(today)
    return PressingRight(right, state, logic.left_words(held, today), is_running)


_SUMMED = 100  # rights of one creator, those that end last


def _rank(right: Right, overrun: Collection[int], today: date) -> int:
    """The part of the register that it stands in."""
    if right.pk in overrun:
        return 0
    held = _span(right)
    if held is None or (held.end and held.end <= today):
        return 3
    return 1 if held.first <= today else 2


def _span(right: Right) -> Span | None:
    return None if right.held.isempty else Span(right.held.lower, right.held.upper)


def as_held(right: Right) -> Held:
    """A right as the rules see it. It was asked for `with_permissions`."""
    wanted = logic.permission_of(right.kind, right.place) if right.permitted else None
    permissions = tuple(
        Span(each.during.lower, each.during.upper) for each in right.permitted if wanted in (None, each.kind)
    )
    return Held(
        kind=right.kind, place=right.place, territory=right.territory, content=right.content_id,
        held=_span(right),
        permissions=permissions, revoked_on=right.revoked_on, pk=right.pk,
    )  # fmt: skip


def answer(question: Question, *, creator: Creator, brand: Brand) -> Answer:
    """May this run? From all rights that the brand has of the creator."""
    rights: Any = Right.objects.filter(brand=brand, creator=creator, kind=question.kind, place=question.place)
    return logic.may_run(question, [as_held(right) for right in rights.with_permissions()])


def pieces(question: Question, *, creator: Creator, brand: Brand) -> list[str]:
    """Titles of single pieces that rights to such a use name, for who asked without a title or with one unknown."""
    if question.content:
        return []
    rights = Right.objects.filter(brand=brand, creator=creator, kind=question.kind, place=question.place)
    titles = rights.exclude(content=None).order_by("content__title").values_list("content__title", flat=True)
    return list(titles.distinct()[:_SHOWN_PIECES])


def details(right: Right, *, today: date) -> dict[str, Any]:
    """What the page of one right shows beside it: state, clocks and ads seen. It was asked for `with_permissions`."""
    seen: Any = Sighting.objects.all()
    sightings = list(seen.under(right).order_by("-seen_on", "-pk")[:_SHOWN])
    allowed_on = Right.objects.filter(pk=right.pk).values_list(last_allowed(), flat=True).first()
    line = _line(right, blamed(right.creator_id).get(right.pk), allowed_on, today)
    return {
        "state": line.state,
        "left": line.left,
        "clocks": line.clocks,
        "sightings": sightings,
        "outside": {each.pk for each in sightings if each.is_outside and not each.settled_on},
        "needs": logic.permission_of(right.kind, right.place),
        "ends": _end(right),
        "is_over": (_end(right) or date.max) <= today,
    }


_SHOWN = 50
_SHOWN_PIECES = 5


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
