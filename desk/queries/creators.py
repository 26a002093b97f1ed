"""The list of creators with everything that the house knows of them: deals and costs join what `creators` finds."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet

from campaigns.enums import DealStatus
from campaigns.models import Deal
from creators.models import Creator, Profile
from creators.queries.creators import CreatorFilter, matching
from creators.queries.listed import ListedCreator, first_of, listed
from creators.queries.narrowing import NOBODY, among, conditions_of
from results.models import Outcome

PER_PAGE = 50
_BATCH = 1_000
_RUNNING = (DealStatus.PLANNED, DealStatus.BRIEFED, DealStatus.ACCEPTED, DealStatus.LIVE)


def found(wanted: CreatorFilter) -> QuerySet[Creator]:
    """The creators that the list's filter means, in its order."""
    outer = [_NARROWINGS[name](value, wanted) for name, value in wanted.values.items() if name in _NARROWINGS]
    if wanted.brand is None and outer:
        outer = [NOBODY]
    creators = matching(wanted, *conditions_of(wanted), *outer)
    if wanted.sort == "cac" and wanted.brand:
        known = Q(outcomes__brand=wanted.brand, outcomes__mid__isnull=False)
        creators = creators.filter(known).order_by("outcomes__mid", "outcomes__creator_id")
    return creators


def _outcomes(wanted: CreatorFilter, **asked: Any) -> Q:
    return among(Outcome.objects.filter(brand=wanted.brand, **asked))


def _deals(which: str, wanted: CreatorFilter) -> Q:
    deals = Deal.objects.active().filter(brand=wanted.brand)
    if which == "running":
        return among(deals.filter(status__in=_RUNNING))
    return among(deals) if which == "some" else ~among(deals)


def _cac(which: str, wanted: CreatorFilter) -> Q:
    if which == "unknown":
        return ~_outcomes(wanted, mid__isnull=False)
    asked: dict[str, Any] = {
        "known": {"mid__isnull": False}, "under": {"mid__lte": F("target")}, "over": {"mid__gt": F("target")},
    }  # fmt: skip
    return _outcomes(wanted, **asked[which])


_NARROWINGS: dict[str, Callable[[Any, CreatorFilter], Q]] = {
    "deals": _deals,
    "cac": _cac,
    "cac_from": lambda least, wanted: _outcomes(wanted, mid__gte=float(least)),
    "cac_to": lambda most, wanted: _outcomes(wanted, mid__lte=float(most)),
    "customers_from": lambda least, wanted: _outcomes(wanted, new_customers__gte=least),
}


@dataclass(frozen=True)
class ListPage:
    """One page of ids, with what a pager needs. `number` counts from 1."""

    ids: Sequence[int]
    number: int
    count: int
    per_page: int = PER_PAGE

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.count // self.per_page))

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
        return min(self.before + 1, self.count)

    @property
    def last(self) -> int:
        """The place of the last creator here."""
        return self.before + len(self.ids)

    @property
    def before(self) -> int:
        """How many creators stand before this page."""
        return (self.number - 1) * self.per_page


def page_of_ids(wanted: CreatorFilter, number: str | None) -> ListPage:
    """The page that `?page=` asks for; one out of range is the nearest. The back half is read from the end."""
    creators = found(wanted)
    count = count_of(creators, wanted)
    asked = int(number) if number and number.isascii() and number.isdigit() and len(number) < 10 else 1
    page = ListPage((), min(max(asked, 1), max(1, -(-count // PER_PAGE))), count)
    return ListPage(ids_at(creators, page.before, page.before + PER_PAGE, count=count), page.number, count)


def count_of(creators: QuerySet[Creator], wanted: CreatorFilter) -> int:
    """How many there are, exactly. Everybody by followers is counted by main profiles, one a creator, in an index."""
    if wanted.sort == "followers" and not wanted.values:
        return Profile.objects.filter(is_main=True).count()
    return creators.order_by().count()


def ids_at(creators: QuerySet[Creator], low: int, high: int, *, count: int) -> list[int]:
    """The ids at places `low` up to `high` of `count` in the list's order, walking from the nearer end."""
    high = min(high, count)
    ids = creators.values_list("pk", flat=True)
    if low < count // 2 or high <= low:
        return list(ids[low:high])
    return list(ids.reverse()[count - high : count - low])[::-1]


def rows_of(ids: Sequence[int], wanted: CreatorFilter, *, with_emails: bool = False) -> list[ListedCreator]:
    """The lines of these creators, with the deals and outcomes in the brand of the filter."""
    also = _facts(wanted) if wanted.brand else {}
    return listed(ids, brand=wanted.brand, today=wanted.today, with_emails=with_emails, also=also)


def _facts(wanted: CreatorFilter) -> dict[str, Any]:
    mine = {"brand": wanted.brand, "creator": OuterRef("pk")}
    deals = Deal.objects.active().filter(**mine).order_by().values("creator").annotate(n=Count("pk"))
    outcome = Outcome.objects.filter(**mine)
    fields = ("cost", "orders", "new_customers", "low", "mid", "high", "method")
    return {
        "of_deals": first_of(deals, n="n"),
        "of_outcome": first_of(outcome, **{name: name for name in fields}),
    }


def in_batches(wanted: CreatorFilter, creators: QuerySet[Creator] | None = None) -> Iterator[ListedCreator]:
    """All of them for an export, some at a time, so that memory stays flat."""
    batch: list[int] = []
    rows = found(wanted) if creators is None else creators
    for pk in rows.values_list("pk", flat=True).iterator(chunk_size=_BATCH):
        batch.append(pk)
        if len(batch) == _BATCH:
            yield from rows_of(batch, wanted, with_emails=True)
            batch = []
    yield from rows_of(batch, wanted, with_emails=True)
