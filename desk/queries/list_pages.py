"""Pages of the list of creators: which ids stand on one, and how many there are in all.

Of a filter that very many fit, only the first 500 are counted for the page: to count them all takes longer than
everything else on it, so their exact number is asked for apart, by `count_of`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import F, QuerySet

from creators.models import Creator, Profile, Pulse
from creators.queries.creators import CreatorFilter, erased
from desk.queries.creators import found

PER_PAGE = 50
COUNTED = 500


@dataclass(frozen=True)
class ListPage:
    """One page of ids, with what a pager needs. `number` counts from 1; `count` may be too small if not exact."""

    ids: Sequence[int]
    number: int
    count: int
    is_exact: bool = True

    @property
    def pages(self) -> int:
        """How many pages are known of, at least one."""
        return max(1, -(-self.count // PER_PAGE))

    @property
    def has_next(self) -> bool:
        """Whether another page follows."""
        return self.number < self.pages if self.is_exact else len(self.ids) == PER_PAGE

    @property
    def previous(self) -> int:
        """The number of the page before."""
        return self.number - 1

    @property
    def next(self) -> int:
        """The number of the page after."""
        return self.number + 1

    @property
    def first(self) -> int:
        """The place of the first creator here, from 1."""
        return self.before + 1 if self.ids else 0

    @property
    def last(self) -> int:
        """The place of the last creator here."""
        return self.before + len(self.ids)

    @property
    def before(self) -> int:
        """How many creators stand before this page."""
        return (self.number - 1) * PER_PAGE


def page_of_ids(wanted: CreatorFilter, told: str | None) -> ListPage:
    """The page that `?page=` asks for; one out of range is the nearest."""
    number = max(int(told), 1) if told and told.isascii() and told.isdigit() and len(told) < 10 else 1
    if not wanted.values:
        return _exact(wanted, number, count_of(wanted))
    count = _counted(wanted)
    if count <= COUNTED:
        return _exact(wanted, number, count)
    start = (number - 1) * PER_PAGE
    # One creator after the other finds the first pages soonest; far behind, all are gathered sooner.
    ids = list(ids_in_order(replace(wanted, is_broad=start < COUNTED))[start : start + PER_PAGE])
    return ListPage(ids, number, COUNTED, is_exact=False) if ids else _exact(wanted, number, count_of(wanted))


def _counted(wanted: CreatorFilter) -> int:
    """How many fit, counted up to one over COUNTED.

    Words that so many names hold need no look at handles and addresses, which takes all of them to be gathered.
    """
    by_name = {"name" if key == "q" else key: value for key, value in wanted.values.items()}
    if "q" in wanted.values and (count := _first(replace(wanted, values=by_name))) > COUNTED:
        return count
    return _first(wanted)


def _first(wanted: CreatorFilter) -> int:
    return ids_in_order(wanted).order_by()[: COUNTED + 1].count()


def _exact(wanted: CreatorFilter, number: int, count: int) -> ListPage:
    """The page where the number of all is known. The back half is read from the end."""
    page = ListPage((), min(number, max(1, -(-count // PER_PAGE))), count)
    ids = ids_at(ids_in_order(wanted), page.before, page.before + PER_PAGE, count=count)
    return replace(page, ids=ids)


def count_of(wanted: CreatorFilter) -> int:
    """How many there are, exactly. Everybody is counted without looking each up among the few who were erased."""
    if wanted.values or wanted.sort not in _OF_EVERYBODY:
        return ids_in_order(wanted).order_by().count()
    return Creator.objects.count() - erased().count()


_OF_EVERYBODY = ("name", "newest")


def ids_in_order(wanted: CreatorFilter) -> QuerySet[Any, int]:
    """The ids in the list's order. Everybody by a figure comes straight from the index of that figure."""
    if wanted.values or wanted.sort not in _FIGURES:
        return found(wanted).values_list("pk", flat=True)
    return _FIGURES[wanted.sort]().exclude(creator__in=erased()).values_list("creator_id", flat=True)


_FIGURES: dict[str, Callable[[], QuerySet[Any]]] = {
    "followers": lambda: Profile.objects.filter(is_main=True).order_by(
        F("followers").desc(nulls_last=True), "creator_id"
    ),
    "rate": lambda: Pulse.objects.filter(rate__isnull=False).order_by(
        F("rate").desc(nulls_last=True), F("creator_id").desc()
    ),
}


def ids_at(ids: QuerySet[Any, int], low: int, high: int, *, count: int) -> list[int]:
    """The ids at places `low` up to `high` of `count`, walking from the nearer end."""
    high = min(high, count)
    if low < count // 2 or high <= low:
        return list(ids[low:high])
    return list(ids.reverse()[count - high : count - low])[::-1]
