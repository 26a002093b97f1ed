"""Writing down who each order is credited to. The rule itself stands in `results.logic.attribution`.

Credit is computed from facts alone, so the order in which orders, codes, links and deals come in changes nothing.
An import computes the orders that it touched. A deal, code or link that changes afterwards is noticed by its
fingerprint (`is_stale`): a sweep by beat, every import, and the report call `freshen`, which then computes the whole
brand again. Nothing has to be told, so no part of Troupe that changes a deal can forget to tell.
"""

from collections.abc import Collection, Iterator
from datetime import datetime
from decimal import Decimal
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection, transaction

from results.actions.sql import lock_orders
from results.enums import NotCounted
from results.logic.attribution import POLICY, Decision, Finding, OrderClues, decide
from results.models import CreditBasis, Order
from results.queries.attribution import book_of, fingerprint_of
from team.models import Brand

_BATCH = 5_000
_CLUES = ("pk", "ordered_at", "not_counted", "codes", "utm", "net")


def is_stale(brand: Brand) -> bool:
    """Whether a deal, code or link, or the policy, changed since the brand's credits were computed as a whole."""
    return not CreditBasis.objects.filter(brand=brand, fingerprint=fingerprint_of(brand), policy=POLICY).exists()


def freshen(brand: Brand, *, now: datetime) -> bool:
    """Compute the brand's credits again if they are stale. Cheap where they are not. True where they were."""
    if not is_stale(brand):
        return False
    recompute(brand, now=now)
    return True


@transaction.atomic
def recompute(brand: Brand, order_ids: Collection[int] | None = None, *, now: datetime) -> int:
    """Decide these orders (None: all of the brand) anew and write what differs. Returns how many credits changed.

    Credits and findings that stay as they are keep their rows, with the moment at which they were decided.
    """
    lock_orders(brand)
    fingerprint = fingerprint_of(brand)
    orders = Order.objects.filter(brand=brand)
    if order_ids is not None:
        orders = orders.filter(pk__in=list(order_ids))
    book = book_of(brand)
    with connection.cursor() as cursor:
        cursor.execute(_DECIDED)
        pointed = orders.exclude(codes=[], utm={}).order_by().values_list(*_CLUES)
        for batch in _batches(pointed.iterator(chunk_size=_BATCH)):
            _copy(cursor, [(pk, decide(_clues(brand, *rest), book)) for pk, *rest in batch])
        values: dict[str, Any] = {"brand": brand.pk, "policy": POLICY, "now": now, "all": order_ids is None,
                  "orders": list(order_ids or ())}  # fmt: skip
        cursor.execute("analyze new_credit, new_finding")
        changed = sum(_count(cursor, statement, values) for statement in (_UNCREDIT, _CREDIT))
        for statement in (_FORGET, _REMEMBER):
            cursor.execute(statement, values)
        cursor.execute("drop table new_credit, new_finding")
    if order_ids is None:
        basis = {"fingerprint": fingerprint, "policy": POLICY, "computed_at": now}
        CreditBasis.objects.update_or_create(brand=brand, defaults=basis)
    return changed


def _batches(rows: Iterator[tuple[Any, ...]]) -> Iterator[list[tuple[Any, ...]]]:
    while batch := list(islice(rows, _BATCH)):
        yield batch


def _clues(
    brand: Brand, ordered_at: datetime, not_counted: str, codes: list[str], utm: dict[str, str], net: Decimal | None
) -> OrderClues:
    return OrderClues(
        day=ordered_at.astimezone(ZoneInfo(brand.time_zone)).date(),
        not_counted=str(NotCounted(not_counted).label) if not_counted else "",
        codes=tuple(codes),
        utm=utm,
        net=net or Decimal(0),
    )


def _copy(cursor: Any, decided: list[tuple[int, Decision]]) -> None:
    with cursor.copy("copy new_credit from stdin") as copy:
        for order, decision in decided:
            if decision.deal:
                copy.write_row((order, decision.deal.id, str(decision.rule), decision.commission))
    with cursor.copy(f"copy new_finding ({_FINDING}) from stdin") as copy:
        for order, decision in decided:
            for found in decision.findings:
                copy.write_row((order, *_row(found)))


def _row(found: Finding) -> tuple[object, ...]:
    deal = found.deal.id if found.deal else None
    what = (str(found.kind), found.value[:200], found.creator_id, deal)
    return (*what, found.could_win, found.won, found.reason[:200])


def _count(cursor: Any, statement: str, values: dict[str, Any]) -> int:
    cursor.execute(statement, values)
    return int(cursor.rowcount)


_FINDING = "order_id, kind, value, creator_id, deal_id, could_win, won, reason"
_DECIDED = """
create temporary table new_credit (
  order_id bigint, deal_id bigint, rule text, commission numeric(16,3)
) on commit drop;
create temporary table new_finding (
  place bigint generated always as identity, order_id bigint, kind text, value text, creator_id bigint,
  deal_id bigint, could_win boolean, won boolean, reason text
) on commit drop"""
_OF_THESE = "{0}.brand_id = %(brand)s and (%(all)s or {0}.order_id = any(%(orders)s::bigint[]))"

_UNCREDIT = f"""
delete from results_credit old
where {_OF_THESE.format("old")} and not exists (select from new_credit new where new.order_id = old.order_id)"""
_CREDIT = """
insert into results_credit (brand_id, order_id, deal_id, rule, policy, commission, decided_at)
select %(brand)s, order_id, deal_id, rule, %(policy)s, commission, %(now)s from new_credit
on conflict (order_id) do update
set deal_id = excluded.deal_id, rule = excluded.rule, policy = excluded.policy, commission = excluded.commission,
    decided_at = excluded.decided_at
where (results_credit.deal_id, results_credit.rule, results_credit.policy, results_credit.commission)
  is distinct from (excluded.deal_id, excluded.rule, excluded.policy, excluded.commission)"""
_SAME = """old.order_id = new.order_id and old.kind = new.kind and old.value = new.value
  and old.could_win = new.could_win and old.won = new.won and old.reason = new.reason
  and old.creator_id is not distinct from new.creator_id and old.deal_id is not distinct from new.deal_id"""
_FORGET = f"""
delete from results_evidence old
where {_OF_THESE.format("old")} and not exists (select from new_finding new where {_SAME})"""
_REMEMBER = f"""
insert into results_evidence (brand_id, {_FINDING})
select %(brand)s, {_FINDING} from new_finding new
where not exists (select from results_evidence old where {_SAME}) order by place"""
