"""Exchange rates entered by hand, and the orders that waited for one."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import connection, transaction

from results.actions import credit, firsts
from results.actions.sql import converted, lock_orders, unit_of
from results.enums import NotCounted
from results.models import ExchangeRate
from team.models import Brand, User


@transaction.atomic
def add_rate(brand: Brand, *, currency: str, starts_on: date, rate: Decimal, by: User | None, now: datetime) -> int:
    """Enter a rate and convert the orders that waited for it. Returns how many. Other orders keep their rate.

    Raises IntegrityError (see `config.lib.refusals`) for a second rate of one day.
    """
    lock_orders(brand)
    ExchangeRate.objects.create(
        brand=brand, currency=currency, starts_on=starts_on, rate=rate, made_by=by, made_at=now
    )
    return _write(brand, _CONVERT, {"foreign": currency}, now=now)


@transaction.atomic
def remove_rate(wrong: ExchangeRate, *, now: datetime) -> int:
    """Take a mistaken rate away. The orders that it converted wait again, in no sum. Returns how many."""
    brand = wrong.brand
    lock_orders(brand)
    values = {"foreign": wrong.currency, "wrong": wrong.rate, "first": wrong.starts_on}
    wrong.delete()
    return _write(brand, _TAKE_BACK, values, now=now)


def _write(brand: Brand, statement: str, values: dict[str, Any], *, now: datetime) -> int:
    shared: dict[str, Any] = {"brand": brand.pk, "zone": brand.time_zone, "unit": unit_of(brand.currency)}
    with connection.cursor() as cursor:
        cursor.execute(statement, {**shared, **values})
        rows = cursor.fetchall()
    firsts.decide(brand, {bytes(customer) for _, customer in rows})
    credit.recompute(brand, [order for order, _ in rows], now=now)
    return len(rows)


_DAY = "(o.ordered_at at time zone %(zone)s)::date"

_CONVERT = f"""
with due as (
  select o.id, known.rate, o.subtotal, o.refunded
  from results_order o cross join lateral (
    select rate from results_exchangerate
    where brand_id = o.brand_id and currency = o.currency and starts_on <= {_DAY}
    order by starts_on desc limit 1
  ) known
  where o.brand_id = %(brand)s and o.rate is null and o.currency = %(foreign)s
), told as (
  select id, rate, {converted("subtotal")} as gross, {converted("greatest(subtotal - refunded, 0)")} as net from due
)
update results_order o
set rate = told.rate, gross = told.gross, net = told.net,
    not_counted = case when o.not_counted = '{NotCounted.NO_RATE}' then '' else o.not_counted end
from told where o.id = told.id
returning o.id, o.customer"""

# The orders of the removed rate's days: from its first day until the next rate of the currency begins.
_TAKE_BACK = f"""
update results_order o
set rate = null, gross = null, net = null, is_first = false,
    not_counted = case when o.not_counted = '' then '{NotCounted.NO_RATE}' else o.not_counted end
where o.brand_id = %(brand)s and o.currency = %(foreign)s and o.rate = %(wrong)s and {_DAY} >= %(first)s
  and not exists (
    select from results_exchangerate later
    where later.brand_id = o.brand_id and later.currency = o.currency
      and later.starts_on > %(first)s and later.starts_on <= {_DAY}
  )
returning o.id, o.customer"""
