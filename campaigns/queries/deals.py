"""Deals of a campaign as its page lists them."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, DecimalField, Exists, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from campaigns.enums import COUNTED_COSTS
from campaigns.models import Campaign, Code, CostLine, Deal, TrackingLink
from team.models import Brand

SORTS = {
    "handle": ("profile__handle", "pk"),
    "fee": ("-fee", "profile__handle", "pk"),
    "cost": ("-cost", "profile__handle", "pk"),
    "followers": ("-profile__followers", "profile__handle", "pk"),
}
_AMOUNT = DecimalField(max_digits=19, decimal_places=3)


@dataclass(frozen=True)
class DealFilter:
    """What the page's address asks for; blank is everything."""

    find: str = ""
    status: str = ""
    platform: str = ""
    link: str = ""
    code: str = ""
    sort: str = "handle"


def deal_rows(campaign: Campaign, wanted: DealFilter) -> QuerySet[Deal]:
    """Matching deals with creator and profile, and `cost`, `code` (the creator's newest) and `link_count`."""
    rows = Deal.objects.filter(campaign=campaign).select_related("creator", "profile")
    rows = rows.filter(_matching(wanted)).annotate(cost=_cost(), code=_code(), link_count=_link_count())
    return rows.order_by(*SORTS.get(wanted.sort, SORTS["handle"]))


def deals_matching(campaign: Campaign, wanted: DealFilter) -> QuerySet[Deal]:
    """The same deals, bare: for actions over everything that matches."""
    return Deal.objects.filter(campaign=campaign).filter(_matching(wanted))


def deal_sums(rows: QuerySet[Deal]) -> dict[str, Any]:
    """Sums over all matching deals, not only the page's."""
    return rows.aggregate(
        deals=Count("pk"),
        fee=Sum("fee"),
        product=Sum("product_cost"),
        shipping=Sum("shipping_cost"),
        spent=Sum("cost"),
    )


def spent_on(deal: Deal) -> Decimal:
    """All cost lines of the deal, those that are in no CAC too, in the brand's currency."""
    lines = CostLine.objects.in_own_money().filter(deal=deal)
    return lines.aggregate(total=Sum("amount", default=Decimal(0)))["total"]


def money_of(brand: Brand) -> str:
    """The currency of the brand's deals: its own; while it has none, that of the deals there are, or blank."""
    told = Deal.objects.filter(brand=brand).exclude(currency="").order_by("pk").values_list("currency", flat=True)
    return brand.currency or told.first() or ""


def _matching(wanted: DealFilter) -> Q:
    matching = Q()
    if wanted.find:
        word = wanted.find.strip().removeprefix("@").casefold()
        codes = Code.objects.filter(folded__contains=word.upper()).values("creator")
        matching &= Q(profile__handle__contains=word) | Q(creator__sort_name__contains=word) | Q(creator__in=codes)
    if wanted.status:
        matching &= Q(status=wanted.status)
    if wanted.platform:
        matching &= Q(profile__platform=wanted.platform)
    if wanted.link:
        matching &= _yes_or_no(Exists(TrackingLink.objects.filter(deal=OuterRef("pk"))), wanted.link)
    if wanted.code:
        matching &= _yes_or_no(Exists(_codes()), wanted.code)
    return matching


def _yes_or_no(condition: Exists, answer: str) -> Q:
    return Q(condition) if answer == "yes" else ~Q(condition)


def _codes() -> QuerySet[Code]:
    codes = Code.objects.filter(brand=OuterRef("brand"), creator=OuterRef("creator"))
    return codes.order_by("-created_at", "-pk")


def _code() -> Coalesce:
    return Coalesce(Subquery(_codes().values("code")[:1]), Value(""))


def _link_count() -> Coalesce:
    links = TrackingLink.objects.filter(deal=OuterRef("pk")).order_by().values("deal")
    return Coalesce(Subquery(links.annotate(n=Count("pk")).values("n")), Value(0))


def _cost() -> Coalesce:
    lines = CostLine.objects.in_own_money().filter(deal=OuterRef("pk"), kind__in=COUNTED_COSTS).order_by()
    total = lines.values("deal").annotate(total=Sum("amount")).values("total")
    return Coalesce(Subquery(total), Value(Decimal(0)), output_field=_AMOUNT)
