"""Pages of the list of creators: which ids stand on one, and how many there are in all.

To count all who fit a filter takes longer than everything else on a page, so their exact number is asked for apart,
by `count_of`, wherever the page can do without: where enough of the first of everybody fit to fill it, nobody is
counted; where very many fit, the first 500 are.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import QuerySet

from creators.queries.creators import FIGURES, CreatorFilter, erased, figure_at, headcount
from desk.queries.creators import found
from results.models import Outcome

PER_PAGE = 50
COUNTED = 500
FIRST = 3_000
"""Where filters are tried first: on so many of the first in the list's order."""


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


def page_of_ids(wanted: CreatorFilter, told: str | None, *, first: int = FIRST) -> ListPage:
    """The page that `?page=` asks for; one out of range is the nearest."""
    number = max(int(told), 1) if told and told.isascii() and told.isdigit() and len(told) < 10 else 1
    if not wanted.values:
        return _exact(ids_in_order(wanted), number, count_of(wanted))
    if number * PER_PAGE > COUNTED:
        return _far(wanted, number)
    return _found_soon(wanted, number, first) or _near(wanted, number)


def _found_soon(wanted: CreatorFilter, number: int, first: int) -> ListPage | None:
    """The page, where enough of so many of the first fit for it and one more.

    Words alone are mostly rare and soon counted, so they are not tried.
    """
    figure = None if set(wanted.values) == {"q"} else figure_at(first, wanted.sort)
    if figure is None:
        return None
    ids = _ids_on(replace(wanted, is_broad=True, up_to=figure), number, more=1)
    if len(ids) <= PER_PAGE:
        return None
    return ListPage(ids[:PER_PAGE], number, number * PER_PAGE, is_exact=False)


def _near(wanted: CreatorFilter, number: int) -> ListPage:
    """A page of the first that are counted."""
    few = _up_to_counted(wanted)
    if len(few) > COUNTED:
        return ListPage(_ids_on(replace(wanted, is_broad=True), number), number, COUNTED, is_exact=False)
    in_order = found(replace(wanted, values={})).filter(pk__in=few).values_list("pk", flat=True)
    return _exact(in_order, number, len(few))


def _far(wanted: CreatorFilter, number: int) -> ListPage:
    """A page behind those that are counted. All who fit are gathered: so far behind that is the sooner way."""
    ids = _ids_on(wanted, number)
    if not ids:
        return _exact(ids_in_order(wanted), number, count_of(wanted))
    return ListPage(ids, number, (number - 1) * PER_PAGE, is_exact=False)


def _ids_on(wanted: CreatorFilter, number: int, *, more: int = 0) -> list[int]:
    start = (number - 1) * PER_PAGE
    return list(ids_in_order(wanted)[start : start + PER_PAGE + more])


def _up_to_counted(wanted: CreatorFilter) -> list[int]:
    """The ids of all who fit, in no order; of more than COUNTED one more than that.

    Words that so many names hold need no look at handles and addresses, which takes all of them to be gathered.
    """
    if "q" in wanted.values:
        by_name = {"name" if key == "q" else key: value for key, value in wanted.values.items()}
        if len(ids := _some(replace(wanted, values=by_name))) > COUNTED:
            return ids
    return _some(wanted)


def _some(wanted: CreatorFilter) -> list[int]:
    return list(ids_in_order(wanted).order_by()[: COUNTED + 1])


def _exact(ids: QuerySet[Any, int], number: int, count: int) -> ListPage:
    """The page where the number of all is known. The back half is read from the end."""
    page = ListPage((), min(number, max(1, -(-count // PER_PAGE))), count)
    return replace(page, ids=ids_at(ids, page.before, page.before + PER_PAGE, count=count))


def count_of(wanted: CreatorFilter) -> int:
    """How many there are, exactly. Who was erased is counted apart: to look each up among them takes longer."""
    if wanted.values:
        return ids_in_order(wanted).order_by().count()
    figures = _figures(wanted)
    if figures is None:
        return headcount()
    return figures.order_by().count() - figures.order_by().filter(creator__in=erased()).count()


def ids_in_order(wanted: CreatorFilter) -> QuerySet[Any, int]:
    """The ids in the list's order. Everybody by a figure comes straight from the index of that figure."""
    figures = None if wanted.values else _figures(wanted)
    if figures is None:
        return found(wanted).values_list("pk", flat=True)
    return figures.exclude(creator__in=erased()).values_list("creator_id", flat=True)


def _figures(wanted: CreatorFilter) -> QuerySet[Any] | None:
    """What the list is in order of, if it is a figure."""
    if wanted.sort == "cac" and wanted.brand:
        return Outcome.objects.filter(brand=wanted.brand, mid__isnull=False).order_by("mid", "creator_id")
    return FIGURES.get(wanted.sort)


def ids_at(ids: QuerySet[Any, int], low: int, high: int, *, count: int) -> list[int]:
    """The ids at places `low` up to `high` of `count`, walking from the nearer end."""
    high = min(high, count)
    if low < count // 2 or high <= low:
        return list(ids[low:high])
    return list(ids.reverse()[count - high : count - low])[::-1]
