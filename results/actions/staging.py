"""From a file to staged rows, and what an import of them would do. Nothing here touches an order.

The file is read once, row by row, straight into one COPY, so memory stays flat; e-mail addresses become hashes
before anything is written.
"""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q

from config.lib.tabular import NotATable, read_table
from results.enums import Verdict
from results.logic.orders import fingerprint, reason_not_counted
from results.logic.people import customer_of
from results.models import Shop, StagedOrder
from results.shops.records import BadFile, Problem, Run
from results.shops.shopify_csv import Reader
from team.models import Brand, Job

Progress = Callable[[int, int, str], None]
_EVERY = 2_000  # orders between two signs of progress

_COPY = """copy results_stagedorder (
  brand_id, job_id, line, key, shop_id, name, ordered_at, status, not_counted, currency, subtotal, total, discount,
  refunded, customer, codes, utm, country, facts, problems, row_problems, rows, verdict
) from stdin"""


@dataclass(frozen=True)
class Outcome:
    """What an import did or would do, in orders: rows = new + updated + unchanged + troubled.

    `troubled` orders have a problem: they cannot be taken in, or they wait for a rate and are in no sum. `bad` holds
    a dictionary for each of their problems.
    """

    rows: int
    new: int
    updated: int
    unchanged: int
    troubled: int
    bad: list[dict[str, object]]

    def shown(self, *, skip_bad: bool) -> dict[str, object]:
        """As a command's JSON and a job's result hold it. Nothing is skipped where nothing is written."""
        return {
            "rows": self.rows, "new": self.new, "updated": self.updated, "unchanged": self.unchanged,
            "skipped": self.troubled if skip_bad else 0, "bad": self.bad,
        }  # fmt: skip


def stage(job: Job, brand: Brand, path: Path, file_name: str, *, progress: Progress | None = None) -> list[str]:
    """Read a file into the job's staged rows, in place of earlier ones. Returns warnings for a person.

    Raises `BadFile` where the file as a whole cannot be read.
    """
    try:
        reader = Reader(read_table(path, file_name), person_of=_hashes(), zone=ZoneInfo(brand.time_zone))
        _copy(job, brand, reader, progress)
    except NotATable as error:
        line = re.search(r"\bline (\d+)", str(error), re.IGNORECASE)
        raise BadFile(Problem(int(line[1]) if line else 1, "", "", str(error))) from error
    return reader.warnings()


def _copy(job: Job, brand: Brand, reader: Reader, progress: Progress | None) -> None:
    with transaction.atomic():
        StagedOrder.objects.filter(job=job).delete()
        with connection.cursor() as cursor, cursor.copy(_COPY) as copy:
            for number, run in enumerate(reader.runs(), start=1):
                copy.write_row(_cells(run, brand, job))
                if progress and number % _EVERY == 0:
                    progress(number, 0, "Reading orders")
        with connection.cursor() as cursor:
            cursor.execute(_GATHER, [job.pk, job.pk])
            cursor.execute("analyze results_stagedorder")


def dropped(job: Job) -> int:
    """Throw away what a job staged. Returns how many runs of rows that were."""
    return StagedOrder.objects.filter(job=job).delete()[0]


def forget_good(job: Job) -> None:
    """Keep of what a job staged only what has a problem, for the list of problems."""
    good = Q(verdict__in=(Verdict.NEW, Verdict.UPDATED, Verdict.UNCHANGED)) | Q(verdict=Verdict.MORE, row_problems=[])
    StagedOrder.objects.filter(good, job=job).delete()


def _hashes() -> Callable[[str], bytes]:
    return lambda email: customer_of(email, key=settings.CUSTOMER_KEY)


def _cells(run: Run, brand: Brand, job: Job) -> tuple[Any, ...]:
    start = (brand.pk, job.pk, run.line, run.key[:64], run.shop_id[:64], run.name[:64])
    end = (_told(run.problems), _told(run.row_problems), json.dumps(run.rows), "")
    facts = run.facts
    if facts is None:
        return (*start, None, "", "", "", None, None, None, None, None, None, None, "", None, *end)
    return (
        *start, facts.ordered_at, facts.status[:24], str(reason_not_counted(facts)), facts.currency, facts.subtotal,
        facts.total, facts.discount, facts.refunded, facts.customer, list(facts.codes), json.dumps(facts.utm),
        facts.country, fingerprint(facts), *end,
    )  # fmt: skip


def _told(problems: list[Problem]) -> str:
    return json.dumps([problem.shown for problem in problems])


# Rows that stand apart from their order and carry no Id of their own belong to the order of the same name.
_GATHER = """
update results_stagedorder staged set key = known.key
from (
  select distinct on (name) name, key from results_stagedorder
  where job_id = %s and shop_id <> '' and name <> '' order by name, line
) known
where staged.job_id = %s and staged.shop_id = '' and staged.name = known.name and staged.key <> known.key"""


def judge(job: Job, brand: Brand, shop: Shop | None, *, currency: str) -> None:
    """Give every staged run its verdict against the shop's orders and the rates that are here now.

    Without a shop there are no orders yet.
    """
    values: dict[str, Any] = {
        "job": job.pk,
        "brand": brand.pk,
        "shop": shop.pk if shop else None,
        "currency": currency,
        "zone": brand.time_zone,
    }
    with connection.cursor() as cursor:
        cursor.execute(_JUDGE, values)


# `known` is the day's rate, `here` the order as it is. In the brand's own currency the rate is 1; a rate that was
# frozen on the order stays.
RATE = """case when staged.currency = %(currency)s then 1
  when here.currency = staged.currency and here.rate is not null then here.rate else known.rate end"""
RATE_OF_DAY = """left join lateral (
  select rate from results_exchangerate
  where brand_id = %(brand)s and currency = staged.currency
    and starts_on <= (staged.ordered_at at time zone %(zone)s)::date
  order by starts_on desc limit 1
) known on staged.currency <> %(currency)s"""

# `by_name`: an order that came once without its Id and once with it is one order, its number says so.
_JUDGE = f"""
with head as (
  select distinct on (key) id, key, shop_id, name from results_stagedorder where job_id = %(job)s order by key, line
), by_id as (
  select head.id, o.id as order_id from head
  join results_order o on o.shop_id = %(shop)s and o.external_id = head.key
), by_name as (
  select distinct on (o.id) head.id, o.id as order_id from head
  join results_order o on o.shop_id = %(shop)s and head.name <> '' and o.name = head.name
   and (o.external_id = o.name or head.shop_id = '')
  where not exists (select from by_id where by_id.id = head.id or by_id.order_id = o.id)
  order by o.id, head.id
), matched as (
  select id, order_id from by_id union all (select distinct on (id) id, order_id from by_name order by id, order_id)
), spoilt as (
  select distinct key from results_stagedorder where job_id = %(job)s and row_problems <> '[]'
), judged as (
  select staged.id, matched.order_id, case
    when head.id is null then '{Verdict.MORE}'
    when staged.facts is null or spoilt.key is not null then '{Verdict.BAD}'
    when staged.not_counted = '' and ({RATE}) is null then '{Verdict.WAITING}'
    when here.id is null then '{Verdict.NEW}'
    when here.facts = staged.facts and (staged.shop_id = '' or here.external_id = staged.key)
    then '{Verdict.UNCHANGED}'
    else '{Verdict.UPDATED}' end as verdict
  from results_stagedorder staged
  left join head on head.id = staged.id
  left join spoilt on spoilt.key = staged.key
  left join matched on matched.id = staged.id
  left join results_order here on here.id = matched.order_id
  {RATE_OF_DAY}
  where staged.job_id = %(job)s
)
update results_stagedorder staged set verdict = judged.verdict, order_id = judged.order_id
from judged where staged.id = judged.id"""


def outcome_of(job: Job) -> Outcome:
    """The job's verdicts, counted, with every problem."""
    with connection.cursor() as cursor:
        cursor.execute("select verdict, count(*) from results_stagedorder where job_id = %s group by 1", [job.pk])
        counts = dict(cursor.fetchall())
    counts.pop(Verdict.MORE, None)
    return Outcome(
        rows=sum(counts.values()),
        new=counts.get(Verdict.NEW, 0),
        updated=counts.get(Verdict.UPDATED, 0),
        unchanged=counts.get(Verdict.UNCHANGED, 0),
        troubled=counts.get(Verdict.BAD, 0) + counts.get(Verdict.WAITING, 0),
        bad=list(problems_of(job)),
    )


def problems_of(job: Job) -> Iterator[dict[str, object]]:
    """Every problem of the staged file, by line."""
    staged = StagedOrder.objects.filter(job=job)
    spoilt = staged.exclude(verdict__in=(Verdict.NEW, Verdict.UPDATED, Verdict.UNCHANGED)).exclude(
        verdict=Verdict.MORE, row_problems=[]
    )
    zone = ZoneInfo(job.brand.time_zone if job.brand else "UTC")
    for run in spoilt.only("line", "verdict", "currency", "ordered_at", "problems", "row_problems").order_by("line"):
        if run.verdict == Verdict.WAITING:
            yield {"line": run.line, "field": "Currency", "value": run.currency, "reason": _no_rate(run, zone)}
            continue
        if run.verdict == Verdict.BAD:
            yield from run.problems
        yield from run.row_problems


def _no_rate(run: StagedOrder, zone: ZoneInfo) -> str:
    assert run.ordered_at  # noqa: S101 - a waiting order has its facts
    return (
        f"No exchange rate for {run.currency} on {run.ordered_at.astimezone(zone):%d %B %Y}. "
        "Enter one, or take the order in to wait for it, in no sum."
    )
