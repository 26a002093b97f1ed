"""The list of creators with everything that the house knows of them: deals and costs join what `creators` finds."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import islice
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery

from campaigns.enums import DealStatus
from campaigns.models import Campaign, Deal
from creators.models import Creator
from creators.queries.creators import CreatorFilter, matching
from creators.queries.listed import FACTS, Fact, ListedCreator, first_of, listed
from creators.queries.narrowing import NOBODY, among, conditions_of, not_among
from results.models import Outcome
from team.models import Brand

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
    return among(wanted, Outcome.objects.filter(brand=wanted.brand, **asked))


def _deals(which: str, wanted: CreatorFilter) -> Q:
    deals = Deal.objects.active().filter(brand=wanted.brand)
    if which == "running":
        return among(wanted, deals.filter(status__in=_RUNNING))
    return among(wanted, deals) if which == "some" else not_among(deals)


def _in_campaign(slug: str, wanted: CreatorFilter) -> Q:
    return among(wanted, Deal.objects.active().filter(brand=wanted.brand, campaign__slug=slug))


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
