"""Which rights the register shows, in its order: still running though ended, running, to come, over.

A page reads only the parts that it shows. Sorting all rights by one rank took most of the time of a page.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from django.db import connection
from django.db.models import Case, F, Q, QuerySet, When

from config.lib.ids import id_of
from config.lib.written import AnyOf
from creators.enums import RightState
from creators.models import Content, Right
from creators.queries.creators import creators_found_by
from creators.queries.sightings import Blamed
from team.scopes import brands_in_scope


@dataclass(frozen=True)
class RightFilter:
    """What a person asks the register for; blank is everything."""

    q: str = ""
    kind: str = ""
    place: str = ""
    state: str = ""
    brand: str = ""
    creator: int | None = None


def register(wanted: RightFilter, blamed: Mapping[int, Blamed], *, today: date) -> "Register":
    """The rights of the open scope that are asked for."""
    overrun = overrun_of(blamed)
    rights = Right.objects.all()
    if wanted.q:
        rights = rights.filter(_found_by(wanted.q))
    same = {name: getattr(wanted, name) for name in ("kind", "place", "creator") if getattr(wanted, name)}
    if brand := id_of(wanted.brand):
        same["brand"] = brand
    if wanted.state:
        rights = rights.filter(_in_state(RightState(wanted.state), overrun, today))
    return Register(rights.filter(**same), overrun, today=today)


_FEW = 1_000


def _found_by(words: str) -> Q:
    """Whose creator or piece the words name. A few are found once, by the index of each, for all that is asked."""
    of_creators = Q(creator__in=creators_found_by(words))
    of_pieces = Q(content__in=Content.objects.filter(title__icontains=words))
    some, others = (
        Right.objects.filter(of).values_list("pk", flat=True)[: _FEW + 1] for of in (of_creators, of_pieces)
    )
    few = list(some.union(others))
    return Q(AnyOf(F("pk"), few)) if len(few) <= _FEW else of_creators | of_pieces


class Register:
    """Keys of rights, to be counted, sliced and gone through."""

    def __init__(self, rights: QuerySet[Right], overrun: list[int], *, today: date) -> None:
        self._rights = rights
        blamed = AnyOf(F("pk"), overrun)
        lasting = Q(over_on__gt=today, held__isempty=False)
        over = Q(over_on__lte=today) | Q(held__isempty=True)
        to_come = Case(When(held__startswith__gt=today, then=1), default=0)
        self._parts: list[tuple[Q, list[Any]]] = [
            (lasting, [to_come, "over_on"]),
            (over & ~Q(blamed), ["-over_on"]),
        ]
        if overrun:
            self._parts.insert(0, (over & Q(blamed), ["over_on"]))

    def _keys(self, number: int) -> QuerySet[Any, int]:
        of, order = self._parts[number]
        return self._rights.filter(of).order_by(*order, "pk").values_list("pk", flat=True)

    @cached_property
    def _size(self) -> int:
        return self._rights.count()

    def count(self) -> int:
        """How many there are. One statement, once."""
        return self._size

    def __getitem__(self, wanted: slice) -> list[int]:
        start, stop = wanted.start or 0, self.count() if wanted.stop is None else wanted.stop
        found: list[int] = []
        for number in range(len(self._parts)):
            if start >= stop:
                break
            keys, is_last = self._keys(number), number == len(self._parts) - 1
            # A part is only measured where the slice may begin behind it, and nothing is behind the last.
            if start and not is_last and start >= (size := keys.count()):
                start, stop = start - size, stop - size
                continue
            part = list(keys[start:stop])
            found, start, stop = found + part, 0, stop - start - len(part)
        return found

    def __iter__(self) -> Iterator[int]:
        for number in range(len(self._parts)):
            yield from self._keys(number).iterator()


def overrun_of(blamed: Mapping[int, Blamed]) -> list[int]:
    """The rights that are over though an ad still runs."""
    return [right for right, ads in blamed.items() if ads.is_overrun]


def _running(today: date) -> Q:
    # The end says nothing that the days do not; it is what the index goes by.
    return Q(held__contains=today, over_on__gt=today)


def _revoked(today: date) -> Q:
    return Q(revoked_on__isnull=False) & (Q(revoked_on__lte=today) | Q(held__isempty=True))


def _within(days: int) -> Callable[[date], Q]:
    return lambda today: _running(today) & Q(over_on__lte=today + timedelta(days=days))


_STATES: dict[RightState, Callable[[date], Q]] = {
    RightState.ENDS_3: _within(3),
    RightState.ENDS_14: _within(14),
    RightState.ENDS_30: _within(30),
    RightState.RUNNING: _running,
    RightState.PLANNED: lambda today: Q(held__startswith__gt=today),
    RightState.ENDED: lambda today: Q(over_on__lte=today) & ~_revoked(today),
    RightState.REVOKED: lambda today: _revoked(today),
}


def _in_state(state: RightState, overrun: list[int], today: date) -> Q:
    return Q(AnyOf(F("pk"), overrun)) if state == RightState.OVERRUN else _STATES[state](today)


_TALLIES = """
    select count(*) filter (where over_on <= %(today)s::date + 3),
        count(*) filter (where over_on <= %(today)s::date + 14),
        count(*) filter (where over_on <= %(today)s::date + 30), count(*)
    from creators_right
    where brand_id = any(%(brands)s::bigint[]) and over_on > %(today)s and held @> %(today)s::date
"""


def tallies(blamed: Mapping[int, Blamed], *, today: date) -> dict[str, int]:
    """How many rights of the open scope are in each state that wants somebody, by state."""
    with connection.cursor() as cursor:
        cursor.execute(_TALLIES, {"today": today, "brands": brands_in_scope()})
        ends_3, ends_14, ends_30, running = cursor.fetchone()
    overrun = len(overrun_of(blamed))
    return {"overrun": overrun, "ends_3": ends_3, "ends_14": ends_14, "ends_30": ends_30, "running": running}
