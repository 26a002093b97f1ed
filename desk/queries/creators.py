"""The list of creators with everything that the house knows of them: deals and costs join what `creators` finds."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery

from campaigns.enums import DealStatus
from campaigns.models import Campaign, Deal
from creators.models import Creator, Profile, Pulse
from creators.queries.creators import CreatorFilter, erased, matching
from creators.queries.listed import FACTS, Fact, ListedCreator, first_of, listed
from creators.queries.narrowing import NOBODY, among, conditions_of, not_among
from results.models import Outcome
from team.models import Brand

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


def campaigns_of(brand: Brand) -> list[tuple[str, str]]:
    """Slug and name of the brand's campaigns, the newest first."""
    return list(Campaign.objects.filter(brand=brand).order_by("-created_at", "-pk").values_list("slug", "name"))


def _outcomes(wanted: CreatorFilter, **asked: Any) -> Q:
    return among(Outcome.objects.filter(brand=wanted.brand, **asked))


def _deals(which: str, wanted: CreatorFilter) -> Q:
    deals = Deal.objects.active().filter(brand=wanted.brand)
    if which == "running":
        return among(deals.filter(status__in=_RUNNING))
    return among(deals) if which == "some" else not_among(deals)


def _in_campaign(slug: str, wanted: CreatorFilter) -> Q:
    return among(Deal.objects.active().filter(brand=wanted.brand, campaign__slug=slug))


def _cac(which: str, wanted: CreatorFilter) -> Q:
    if which == "unknown":
        return not_among(Outcome.objects.filter(brand=wanted.brand, mid__isnull=False))
    asked: dict[str, Any] = {
        "known": {"mid__isnull": False}, "under": {"mid__lte": F("target")}, "over": {"mid__gt": F("target")},
    }  # fmt: skip
    return _outcomes(wanted, **asked[which])


_NARROWINGS: dict[str, Callable[[Any, CreatorFilter], Q]] = {
    "deals": _deals,
    "campaign": _in_campaign,
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
    ids = ids_in_order(wanted)
    count = _count(ids, wanted)
    asked = int(number) if number and number.isascii() and number.isdigit() and len(number) < 10 else 1
    page = ListPage((), min(max(asked, 1), max(1, -(-count // PER_PAGE))), count)
    return ListPage(ids_at(ids, page.before, page.before + PER_PAGE, count=count), page.number, count)


def _count(ids: QuerySet[Any, int], wanted: CreatorFilter) -> int:
    """How many there are. Everybody is counted without looking each up among the few who were erased."""
    if wanted.values or wanted.sort not in _OF_EVERYBODY:
        return ids.order_by().count()
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


def rows_of(
    ids: Sequence[int], wanted: CreatorFilter, *, facts: Iterable[str], with_emails: bool = False
) -> list[ListedCreator]:
    """The lines of these creators, with those facts that the brand of the filter knows."""
    asked = {name: _FACTS[name] for name in facts}
    return listed(ids, brand=wanted.brand, today=wanted.today, facts=asked, with_emails=with_emails)


def _deals_made(brand: Brand, today: date) -> Subquery:
    deals = Deal.objects.active().filter(brand=brand, creator=OuterRef("pk"))
    return first_of(deals.order_by().values("creator").annotate(n=Count("pk")), n="n")


def _outcome(brand: Brand, today: date) -> Subquery:
    fields = ("cost", "orders", "new_customers", "low", "mid", "high", "method")
    return first_of(Outcome.objects.filter(brand=brand, creator=OuterRef("pk")), **{name: name for name in fields})


_FACTS: Mapping[str, Fact] = {**FACTS, "deals": _deals_made, "outcome": _outcome}


def in_batches(
    wanted: CreatorFilter, creators: QuerySet[Creator], *, facts: Iterable[str]
) -> Iterator[ListedCreator]:
    """All of them for an export, some at a time, so that memory stays flat."""
    ids = creators.values_list("pk", flat=True).iterator(chunk_size=_BATCH)
    names = list(facts)
    while batch := list(islice(ids, _BATCH)):
        yield from rows_of(batch, wanted, facts=names, with_emails=True)
