"""Orders of a brand as people look for them, with sums, and everything that one order rests on."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, Min, Q, QuerySet, Sum

from campaigns.logic.codes import folded
from results.enums import EvidenceKind, NotCounted
from results.models import Credit, Evidence, Order
from team.models import Brand


@dataclass(frozen=True)
class OrderFilter:
    """What the list is asked for; blank asks nothing. `first` and `last` are the brand's days, both included."""

    find: str = ""
    credited: str = ""  # yes, no
    rule: str = ""
    campaign: str = ""
    creator: int | None = None
    customer: str = ""  # new, returning, unknown
    counted: str = ""  # yes, no, or a NotCounted
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True)
class OrderSums:
    """Sums over the counted orders of a list, in the brand's currency; `orders` counts the others too."""

    orders: int
    counted: int
    new_customers: int
    unknown_customers: int
    gross: Decimal
    net: Decimal


def orders_of(brand: Brand, asked: OrderFilter) -> QuerySet[Order]:
    """The brand's orders that fit, newest first, each with its credit."""
    orders: QuerySet[Order] = Order.objects.filter(brand=brand).select_related(
        "credit__deal__creator", "credit__deal__campaign"
    )
    for condition in (_found(brand, asked.find), _credited(asked), _customer(asked), _counted(asked)):
        orders = orders.filter(condition)
    if asked.first:
        orders = orders.filter(ordered_at__gte=_midnight(asked.first, brand))
    if asked.last:
        orders = orders.filter(ordered_at__lt=_midnight(asked.last + timedelta(days=1), brand))
    return orders


def _found(brand: Brand, find: str) -> Q:
    """An order's number with or without `#`, its Id, or a code on it."""
    if not find:
        return Q()
    coded = Evidence.objects.filter(brand=brand, kind=EvidenceKind.CODE, value__iexact=folded(find))
    return Q(name__in=(find, f"#{find}")) | Q(external_id=find) | Q(pk__in=coded.values("order"))


def _credited(asked: OrderFilter) -> Q:
    condition = Q()
    if asked.credited:
        condition &= Q(credit__isnull=asked.credited == "no")
    if asked.rule:
        condition &= Q(credit__rule=asked.rule)
    if asked.campaign:
        condition &= Q(credit__deal__campaign__slug=asked.campaign)
    if asked.creator:
        condition &= Q(credit__deal__creator=asked.creator)
    return condition


def _customer(asked: OrderFilter) -> Q:
    if asked.customer == "new":
        return Q(is_first=True)
    if asked.customer == "unknown":
        return Q(customer=b"")
    return Q(is_first=False, not_counted="") & ~Q(customer=b"") if asked.customer == "returning" else Q()


def _counted(asked: OrderFilter) -> Q:
    if asked.counted in NotCounted.values:
        return Q(not_counted=asked.counted)
    if asked.counted == "no":
        return ~Q(not_counted="")
    return Q(not_counted="") if asked.counted == "yes" else Q()


def _midnight(day: date, brand: Brand) -> datetime:
    return datetime.combine(day, time.min, ZoneInfo(brand.time_zone))


def sums_of(orders: QuerySet[Order]) -> OrderSums:
    """One query over the whole list, not only the page."""
    counted = Q(not_counted="")
    found: dict[str, Any] = orders.order_by().aggregate(
        orders=Count("pk"),
        counted=Count("pk", filter=counted),
        new_customers=Count("pk", filter=Q(is_first=True)),
        unknown_customers=Count("pk", filter=counted & Q(customer=b"")),
        gross=Sum("gross", filter=counted, default=Decimal(0)),
        net=Sum("net", filter=counted, default=Decimal(0)),
    )
    return OrderSums(**found)


def waiting_for_rate(brand: Brand) -> QuerySet[Order, Any]:
    """The bucket of orders without a rate: a row a currency, with how many, how much and from when to when."""
    waiting = Order.objects.filter(brand=brand, not_counted=NotCounted.NO_RATE).order_by("currency")
    return waiting.values("currency").annotate(
        orders=Count("pk"), subtotal=Sum("subtotal"), first_at=Min("ordered_at")
    )


@dataclass(frozen=True)
class OrderStory:
    """One order with what it rests on. `conflicts` point at somebody else than the credit; `others` are the same
    customer's, oldest first, and say why this order is or is not the first."""

    order: Order
    credit: Credit | None
    evidence: list[Evidence]
    conflicts: list[Evidence]
    rows: list[dict[str, str]]
    columns: list[str]
    others: list[Order]

    @property
    def table(self) -> list[list[str]]:
        """The shop's rows with a cell for every column."""
        return [[row.get(column, "") for column in self.columns] for row in self.rows]


def story_of(order: Order) -> OrderStory:
    """Everything about one order, in four queries."""
    credit = (
        Credit.objects.filter(order=order).select_related("deal__creator", "deal__campaign", "deal__profile").first()
    )
    found = Evidence.objects.filter(brand=order.brand_id, order=order)
    evidence = list(found.select_related("creator", "deal__campaign"))
    raw = getattr(order, "raw", None)
    rows = raw.rows if raw else []
    return OrderStory(
        order=order,
        credit=credit,
        evidence=evidence,
        conflicts=[
            each for each in evidence if credit and each.could_win and each.creator_id != credit.deal.creator_id
        ],
        rows=rows,
        columns=list(dict.fromkeys(column for row in rows for column in row)),
        others=_same_customer(order),
    )


def _same_customer(order: Order) -> list[Order]:
    if not bytes(order.customer):
        return []
    same = Order.objects.filter(brand=order.brand_id, customer=order.customer).exclude(pk=order.pk)
    return list(same.order_by("ordered_at", "pk")[:50])
