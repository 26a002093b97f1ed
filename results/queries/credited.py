"""The orders behind a report's numbers: each with the rule that credited it and the evidence that lost."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Sum

from results.enums import CreditRule
from results.models import Credit, Evidence, Order
from results.queries.policies import LINEAR, UNSTORED, UnstoredCredit, unstored_credits
from results.queries.reports import ReportQuery, in_period


@dataclass(frozen=True)
class OrderFilter:
    """Which orders of a report: of one deal (None: all), by one rule, and of which customers."""

    deal: int | None = None
    rule: str = ""
    only: str = ""
    q: str = ""


@dataclass(frozen=True)
class CreditedOrder:
    """One order under the report's policy. `evidence` has the winner first.

    `share` is how much of the order the deals shown got; `handle` and `rule` name all of them.
    """

    order: Order
    handle: str
    rule: str
    commission: Decimal
    share: Decimal
    evidence: Sequence[Evidence]

    @property
    def gross(self) -> Decimal:
        """The deals' part of the gross amount; a counted order always has one."""
        return self.share * (self.order.gross or Decimal(0))

    @property
    def net(self) -> Decimal:
        """The deals' part of the net amount."""
        return self.share * (self.order.net or Decimal(0))


def credited_orders(query: ReportQuery, asked: OrderFilter) -> QuerySet[Order]:
    """The report's orders that pass the filter, newest first."""
    counted: QuerySet[Order] = Order.objects.filter(in_period(query, "ordered_at"), brand=query.brand, not_counted="")
    chosen = _unstored if query.policy in UNSTORED else _stored
    orders = chosen(counted, query, asked)
    if asked.q:
        orders = orders.filter(Q(name__icontains=asked.q) | Q(external_id__icontains=asked.q))
    return _of(orders, asked.only).order_by("-ordered_at", "-pk")


def _stored(orders: QuerySet[Order], query: ReportQuery, asked: OrderFilter) -> QuerySet[Order]:
    orders = orders.filter(credit__deal__campaign=query.campaign)
    if asked.deal:
        orders = orders.filter(credit__deal=asked.deal)
    if asked.only == "conflict":
        orders = orders.filter(Exists(_disputes()))
    return orders.filter(credit__rule=asked.rule) if asked.rule else orders


def _unstored(orders: QuerySet[Order], query: ReportQuery, asked: OrderFilter) -> QuerySet[Order]:
    return orders.filter(pk__in={credit.order for credit in _credits_asked(query, asked)})


def _credits_asked(query: ReportQuery, asked: OrderFilter) -> list[UnstoredCredit]:
    return [
        credit
        for credit in unstored_credits(query.brand, query.campaign, policy=query.policy)
        if asked.deal in (None, credit.deal)
        and asked.rule in ("", credit.rule)
        and (asked.only != "conflict" or credit.disputed)
    ]


def _of(orders: QuerySet[Order], only: str) -> QuerySet[Order]:
    if only == "new":
        return orders.filter(is_first=True)
    return orders.filter(customer=b"") if only == "unknown" else orders


def _disputes() -> QuerySet[Evidence]:
    others = Evidence.objects.filter(order=OuterRef("pk"), could_win=True)
    return others.exclude(creator=F("order__credit__deal__creator"))


def with_evidence(query: ReportQuery, orders: Sequence[Order], asked: OrderFilter) -> list[CreditedOrder]:
    """A page of credited orders with what pointed at whom."""
    ids = [order.pk for order in orders]
    evidence: dict[int, list[Evidence]] = {pk: [] for pk in ids}
    for found in (
        Evidence.objects.filter(order__in=ids).select_related("creator").order_by("-won", "-could_win", "pk")
    ):
        evidence[found.order_id].append(found)
    credits = _unstored_credits(query, asked) if query.policy in UNSTORED else _stored_credits(ids)
    return [CreditedOrder(order, *credits[order.pk], evidence[order.pk]) for order in orders]


_Told = tuple[str, str, Decimal, Decimal]  # handle, rule, commission, share


def _stored_credits(ids: list[int]) -> dict[int, _Told]:
    credits = Credit.objects.filter(order__in=ids).select_related("deal__profile")
    return {
        credit.order_id: (credit.deal.profile.handle, credit.get_rule_display(), credit.commission, Decimal(1))
        for credit in credits
    }


def _unstored_credits(query: ReportQuery, asked: OrderFilter) -> dict[int, _Told]:
    of: defaultdict[int, list[UnstoredCredit]] = defaultdict(list)
    for credit in _credits_asked(query, asked):
        of[credit.order].append(credit)
    return {order: _together(credits) for order, credits in of.items()}


def _together(credits: list[UnstoredCredit]) -> _Told:
    handles = ", ".join(dict.fromkeys(credit.handle for credit in credits))
    rules = ", ".join(dict.fromkeys(str(CreditRule(credit.rule).label) for credit in credits))
    commission = sum((credit.commission for credit in credits), Decimal(0))
    return handles, rules, commission, sum((credit.share for credit in credits), Decimal(0))


def sums_of_shares(query: ReportQuery, orders: QuerySet[Order], asked: OrderFilter) -> dict[str, Decimal]:
    """Gross and net of the deals' parts of some credited orders, and `orders`, how many these parts make together."""
    plain = orders.order_by()
    if query.policy != LINEAR:
        sums = {"gross": Sum("gross", default=Decimal(0)), "net": Sum("net", default=Decimal(0))}
        return plain.aggregate(**sums, orders=Count("pk"))
    share = {order: told[-1] for order, told in _unstored_credits(query, asked).items()}
    zero = Decimal(0)
    rows = [(share[pk], gross or zero, net or zero) for pk, gross, net in plain.values_list("pk", "gross", "net")]
    return {
        "gross": sum((part * gross for part, gross, _ in rows), zero),
        "net": sum((part * net for part, _, net in rows), zero),
        "orders": sum((part for part, *_ in rows), zero),
    }
