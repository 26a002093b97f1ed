"""The orders behind a report's numbers: each with the rule that credited it and the evidence that lost."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from results.enums import CreditRule
from results.models import Credit, Evidence, Order
from results.queries.reports import ReportQuery, in_period
from results.queries.sums import LINK_FIRST, link_first_credits


@dataclass(frozen=True)
class OrderFilter:
    """Which orders of a report: of one deal (None: all), by one rule, and of which customers."""

    deal: int | None = None
    rule: str = ""
    only: str = ""
    q: str = ""


@dataclass(frozen=True)
class CreditedOrder:
    """One order under the report's policy. `evidence` has the winner first."""

    order: Order
    handle: str
    rule: str
    commission: Decimal
    evidence: Sequence[Evidence]


def credited_orders(query: ReportQuery, asked: OrderFilter) -> QuerySet[Order]:
    """The report's orders that pass the filter, newest first."""
    counted: QuerySet[Order] = Order.objects.filter(in_period(query, "ordered_at"), brand=query.brand, not_counted="")
    chosen = _link_first if query.policy == LINK_FIRST else _stored
    orders = chosen(counted, query, asked)
    if asked.q:
        orders = orders.filter(Q(name__icontains=asked.q) | Q(external_id__icontains=asked.q))
    return _only(orders, asked.only).order_by("-ordered_at", "-pk")


def _stored(orders: QuerySet[Order], query: ReportQuery, asked: OrderFilter) -> QuerySet[Order]:
    orders = orders.filter(credit__deal__campaign=query.campaign)
    if asked.deal:
        orders = orders.filter(credit__deal=asked.deal)
    return orders.filter(credit__rule=asked.rule) if asked.rule else orders


def _link_first(orders: QuerySet[Order], query: ReportQuery, asked: OrderFilter) -> QuerySet[Order]:
    credits = link_first_credits(query.brand, query.campaign)
    wanted = (credit for credit in credits if not asked.deal or credit.deal == asked.deal)
    return orders.filter(pk__in=[credit.order for credit in wanted if not asked.rule or credit.rule == asked.rule])


def _only(orders: QuerySet[Order], only: str) -> QuerySet[Order]:
    if only == "new":
        return orders.filter(is_first=True)
    if only == "unknown":
        return orders.filter(customer=b"")
    if only == "conflict":
        return orders.filter(Exists(_disputes()))
    return orders


def _disputes() -> QuerySet[Evidence]:
    others = Evidence.objects.filter(order=OuterRef("pk"), could_win=True)
    return others.exclude(creator=F("order__credit__deal__creator"))


def with_evidence(query: ReportQuery, orders: Sequence[Order]) -> list[CreditedOrder]:
    """A page of credited orders with what pointed at whom."""
    ids = [order.pk for order in orders]
    evidence: dict[int, list[Evidence]] = {pk: [] for pk in ids}
    for found in (
        Evidence.objects.filter(order__in=ids).select_related("creator").order_by("-won", "-could_win", "pk")
    ):
        evidence[found.order_id].append(found)
    credits = _credits(query, ids)
    return [CreditedOrder(order, *credits[order.pk], evidence[order.pk]) for order in orders]


def _credits(query: ReportQuery, ids: list[int]) -> dict[int, tuple[str, str, Decimal]]:
    if query.policy == LINK_FIRST:
        found = link_first_credits(query.brand, query.campaign)
        return {each.order: (each.handle, CreditRule(each.rule).label, each.commission) for each in found}
    credits = Credit.objects.filter(order__in=ids).select_related("deal__profile")
    return {
        credit.order_id: (credit.deal.profile.handle, credit.get_rule_display(), credit.commission)
        for credit in credits
    }
