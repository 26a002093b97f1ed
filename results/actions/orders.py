"""Taking staged orders in: one transaction of set-based statements, after which nothing is half-written.

The road of every import is `staging.stage` -> `preview` -> `take_in`; a dry run is the same up to the write.
"""

from datetime import datetime
from typing import Any

from django.db import connection, transaction

from campaigns.actions.codes import note_seen_codes
from config.lib.currencies import CURRENCIES
from results.actions import credit, firsts
from results.actions.sql import converted, lock_orders, unit_of
from results.actions.staging import RATE, RATE_OF_DAY, Outcome, forget_good, judge, outcome_of
from results.enums import NotCounted, OrderKind, Verdict
from results.models import Shop, StagedOrder
from team.actions.jobs import Refused
from team.models import Brand, Job

_MANY = 1_000


class CurrencyNeeded(Refused):
    """The brand has no currency yet, and the file does not say which it is."""


def shop_of(brand: Brand) -> Shop | None:
    """The shop that a file belongs to: the brand's first. The first import makes it."""
    return Shop.objects.filter(brand=brand).order_by("pk").first()


@transaction.atomic
def preview(job: Job, brand: Brand, *, currency: str = "") -> Outcome:
    """What an import of the staged rows would do now; it makes nothing. Raises `CurrencyNeeded`."""
    judge(job, brand, shop_of(brand), currency=currency_for(job, brand, told=currency))
    return outcome_of(job)


def currency_for(job: Job, brand: Brand, *, told: str = "") -> str:
    """The currency to count in: the brand's; where it has none, the one that is told, else the file's only one."""
    if told and told not in CURRENCIES:
        raise CurrencyNeeded(f"“{told}” is not a currency. Write three letters such as GBP.")
    if told and brand.currency and told != brand.currency:
        raise CurrencyNeeded(f"{brand} counts in {brand.currency}, not in {told}.")
    if brand.currency or told:
        return brand.currency or told
    staged = StagedOrder.objects.filter(job=job, facts__isnull=False)
    found = sorted(staged.order_by().values_list("currency", flat=True).distinct())
    if len(found) > 1:
        raise CurrencyNeeded(
            f"The file holds orders in {', '.join(found)}, and {brand} has no currency yet. "
            f"Say which one it counts in, with --currency {found[0]} or in the brand's settings."
        )
    return found[0] if found else ""


@transaction.atomic
def take_in(job: Job, brand: Brand, *, skip_bad: bool, now: datetime, currency: str = "") -> Outcome:
    """Write the staged orders, decide anew who was new and who is credited, and drop what was staged.

    With problems and without `skip_bad` nothing is written. Orders that wait for a rate are among the problems; with
    `skip_bad` they are stored in their bucket and are in no sum. Returns what was done.
    """
    lock_orders(brand)
    # Another import may have given the brand its currency while this one waited.
    brand.refresh_from_db(fields=["currency", "time_zone"])
    currency = currency_for(job, brand, told=currency)
    shop = shop_of(brand) or Shop.objects.create(brand=brand, name="Shop")
    judge(job, brand, shop, currency=currency)
    outcome = outcome_of(job)
    if outcome.bad and not skip_bad:
        return outcome
    if currency and not brand.currency:
        brand.currency = currency
        brand.save(update_fields=["currency"])
    order_ids = _write(job, brand, shop, now=now)
    note_seen_codes(brand, _codes(job))
    credit.recompute(brand, None if credit.is_stale(brand) else order_ids, now=now)
    forget_good(job)
    return outcome


def _write(job: Job, brand: Brand, shop: Shop, *, now: datetime) -> list[int]:
    """The statements of an import; returns the ids of orders that came new or changed."""
    values: dict[str, Any] = {
        "job": job.pk, "brand": brand.pk, "shop": shop.pk, "now": now, "currency": brand.currency,
        "zone": brand.time_zone,
        "unit": unit_of(brand.currency),
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_TOUCHED, values)
        cursor.execute("analyze touched")
        for statement in (_UPDATE, _INSERT, _RAW):
            cursor.execute(statement, values)
        if cursor.rowcount > _MANY:
            # Without it the planner takes a brand's first import for a handful of orders and joins row by row.
            cursor.execute("analyze results_order")
        cursor.execute("select distinct customer from touched where customer <> ''")
        customers = [bytes(customer) for (customer,) in cursor.fetchall()]
        firsts.decide(brand, customers)
        cursor.execute("select distinct order_id from touched")
        order_ids = [order_id for (order_id,) in cursor.fetchall()]
        cursor.execute("drop table touched")
        return order_ids


def _codes(job: Job) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("select distinct unnest(codes) from results_stagedorder where job_id = %s", [job.pk])
        return [code for (code,) in cursor.fetchall()]


# The orders that change, with the customers that they had and will have. New ones get their numbers here.
_TOUCHED = f"""
create temporary table touched on commit drop as
select staged.id as staged_id, staged.key, staged.customer, staged.order_id is null as is_new,
  coalesce(staged.order_id, nextval(pg_get_serial_sequence('results_order', 'id'))) as order_id
from results_stagedorder staged left join results_order here on here.id = staged.order_id
where staged.job_id = %(job)s
  and (staged.verdict in ('{Verdict.NEW}', '{Verdict.UPDATED}')
       or staged.verdict = '{Verdict.WAITING}' and here.facts is distinct from staged.facts)
union all
select staged.id, staged.key, here.customer, false, staged.order_id
from results_stagedorder staged join results_order here on here.id = staged.order_id
where staged.job_id = %(job)s and staged.verdict in ('{Verdict.UPDATED}', '{Verdict.WAITING}')
  and here.customer <> staged.customer"""

# What is told, in the brand's money. `reason` is why it is in no sum.
_TOLD = f"""
with dated as (
  select staged.*, {RATE} as rate from results_stagedorder staged
  left join results_order here on here.id = staged.order_id
  {RATE_OF_DAY}
  where staged.job_id = %(job)s and staged.id in (select staged_id from touched)
), told as (
  select *, {converted("subtotal")} as gross,
    {converted("greatest(subtotal - refunded, 0)")} as net,
    case when rate is null and not_counted = '' then '{NotCounted.NO_RATE}' else not_counted end as reason
  from dated
)"""

_UPDATE = f"""{_TOLD}
update results_order o set
  external_id = case when told.shop_id <> '' then told.key else o.external_id end, name = told.name,
  ordered_at = told.ordered_at, status = told.status, not_counted = told.reason, currency = told.currency,
  subtotal = told.subtotal, total = told.total, discount = told.discount, refunded = told.refunded,
  rate = told.rate, gross = told.gross, net = told.net, customer = told.customer, is_first = false,
  codes = told.codes, utm = told.utm, country = told.country, facts = told.facts, imported_at = %(now)s
from told where o.id = told.order_id"""

_INSERT = f"""{_TOLD}
insert into results_order (
  id, brand_id, shop_id, external_id, name, kind, ordered_at, status, not_counted, currency, subtotal, total,
  discount, refunded, rate, gross, net, customer, is_first, codes, utm, country, facts, imported_at
)
select touched.order_id, %(brand)s, %(shop)s, told.key, name, '{OrderKind.SALE}', ordered_at, status, reason,
  currency, subtotal, total, discount, refunded, rate, gross, net, told.customer, false, codes, utm, country, facts,
  %(now)s
from told join touched on touched.staged_id = told.id and touched.is_new"""

# An order whose rows stood apart in the file gets them all, in the file's order.
_RAW = """
insert into results_raworder (brand_id, order_id, job_id, line, rows, stored_at)
select %(brand)s, touched.order_id, %(job)s, min(run.line),
  case when count(*) = 1 then (array_agg(run.rows))[1]
  else (select jsonb_agg(row order by part.line, place) from results_stagedorder part,
          jsonb_array_elements(part.rows) with ordinality as rows (row, place)
        where part.job_id = %(job)s and part.key = touched.key) end, %(now)s
from (select distinct staged_id, key, order_id from touched) touched
join results_stagedorder run on run.job_id = %(job)s and run.key = touched.key
group by touched.order_id, touched.key
on conflict (order_id) do update
set job_id = excluded.job_id, line = excluded.line, rows = excluded.rows, stored_at = excluded.stored_at"""
