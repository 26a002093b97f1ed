"""What an import would do with each good row, and doing it: one temporary table, then one statement per table."""

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from campaigns.actions.deals import Terms, add_deals
from campaigns.actions.doubts import Doubted, Reasons
from campaigns.enums import RosterStep
from campaigns.models import Campaign, RosterRow
from campaigns.queries.deals import money_of
from team.models import Job, User

_TABLE = RosterRow._meta.db_table
_BATCH = 5_000
_IMPORTED = Reasons(unvetted="Imported from the roster")
"""Nobody is there to be asked: an import says where the terms of creators without a verdict come from."""
Step = Callable[[int, str], None]


class Overtaken(Exception):
    """Somebody else added the same creators or codes meanwhile; the import is to be planned again."""


@dataclass(frozen=True)
class RosterCounts:
    """How many rows a file has, and what became (or would become) of them. `bad` rows are in none of the others."""

    rows: int
    new: int
    updated: int
    unchanged: int
    bad: int

    def as_dict(self) -> dict[str, int]:
        """The counts by name."""
        return asdict(self)


def plan_import(job: Job, campaign: Campaign | None) -> RosterCounts:
    """Decide for each row without a problem whether it is new, and what it changes. Fills the table `roster_plan`."""
    values = {
        "job": job.pk,
        "brand": campaign.brand_id if campaign else None,
        "campaign": campaign.pk if campaign else None,
    }
    with connection.cursor() as cursor:
        cursor.execute("drop table if exists roster_plan")
        cursor.execute(_PLAN, values)
        cursor.execute("analyze roster_plan")
        cursor.execute(_COUNT, values)
        return RosterCounts(*cursor.fetchone())


def carry_out(
    job: Job, campaign: Campaign | None, *, by: User | None, now: datetime, step: Step = lambda done, text: None
) -> None:
    """Write what `roster_plan` says, and keep what it was before. Raises `Overtaken` where the plan does not hold."""
    step(0, "Writing creators")
    told = {"job": job.pk, "brand": campaign.brand_id if campaign else None}
    can_be_undone = job.kind == RosterStep.IMPORT  # on its page; a command has a dry run instead
    if can_be_undone:
        _write(_KEPT, **told)
    _write(_NEW_CREATORS, now=now)
    _write_all_or_none(_NEW_PROFILES, _COUNT_NEW, now=now)
    _write(_CREATORS)
    _write(_PROFILES)
    _write(_CONTACTS)
    if campaign:
        _write_all_or_none(_CODES, _COUNT_CODES, brand=campaign.brand_id, now=now)
        _write_deals(campaign, label=job.file_name, by=by, now=now, step=step)
    if can_be_undone:
        _write(_AFTERWARDS, **told)


def _write_deals(campaign: Campaign, *, label: str, by: User | None, now: datetime, step: Step) -> None:
    currency = next(iter(_ids(_CURRENCY)), "")
    # A brand made by a command has no currency until its first orders; its deals then keep that of the first file.
    campaign.brand.currency = money_of(campaign.brand) or str(currency)
    done = 0
    for batch in _batches(_TERMS):
        terms = {creator: Terms(*amounts) for creator, *amounts in batch}
        try:
            why = f"Imported into {campaign.name}: {label}"
            add_deals(campaign, terms, by=by, now=now, reasons=_IMPORTED, why=why)
        except Doubted as refusal:  # since the conflicts were looked for
            raise Overtaken from refusal
        done += len(batch)
        step(done, "Writing deals")


def _batches(statement: str) -> Iterator[list[tuple]]:
    with connection.chunked_cursor() as cursor:
        cursor.execute(statement)
        while batch := cursor.fetchmany(_BATCH):
            yield batch


def _write(statement: str, **values: Any) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.rowcount


def _write_all_or_none(statement: str, expected: str, **values: Any) -> None:
    if _write(statement, **values) != next(iter(_ids(expected))):
        raise Overtaken


def _ids(statement: str) -> list:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return [row[0] for row in cursor.fetchall()]


_SAME_NAMES = ("country", "region", "city", "language")
_CREATOR_CHANGES = " or ".join(
    [
        *(f"(r.{name} <> '' and r.{name} <> c.{name})" for name in ("name", *_SAME_NAMES, "notes")),
        "(r.niches <> '{}' and r.niches <> c.niches)",
    ]
)
_TERM_CHANGES = " or ".join(
    f"(r.{name} is not null and r.{name} <> d.{name})"
    for name in ("fee", "product_cost", "shipping_cost", "commission_percent")
)

_PLAN = f"""
create temp table roster_plan on commit drop as
select r.id as row_id, p.id as profile_id, d.id as deal_id,
       coalesce(p.creator_id, nextval(pg_get_serial_sequence('creators_creator', 'id'))) as creator_id,
       p.id is null as is_new,
       p.id is not null and ({_CREATOR_CHANGES}) as creator_changed,
       p.id is not null and r.followers is not null and r.followers is distinct from p.followers as profile_changed,
       r.email <> '' and not exists (
         select from creators_contact known
         where known.creator_id = p.creator_id and known.kind = 'email' and upper(known.value) = upper(r.email)
       ) as contact_new,
       %(campaign)s::bigint is not null and d.id is null as deal_new,
       d.id is not null and ({_TERM_CHANGES}) as deal_changed,
       %(campaign)s::bigint is not null and r.code <> '' and k.id is null as code_new
from {_TABLE} r
left join creators_profile p on p.platform = r.platform and p.handle = r.handle
left join creators_creator c on c.id = p.creator_id
left join campaigns_deal d on d.campaign_id = %(campaign)s and d.creator_id = p.creator_id
left join campaigns_code k on k.brand_id = %(brand)s and k.folded = upper(trim(r.code)) and r.code <> ''
where r.job_id = %(job)s and r.problems = '[]' and r.conflicts = '[]'
order by r.line"""  # noqa: S608 (made of the constants above)

_CHANGES = "(creator_changed or profile_changed or contact_new or deal_new or deal_changed or code_new)"
_COUNT = f"""
select whole.rows, planned.new, planned.updated, planned.unchanged, whole.rows - planned.rows
from (select count(*) as rows from {_TABLE} where job_id = %(job)s) whole,
     (select count(*) as rows,
             count(*) filter (where is_new) as new,
             count(*) filter (where not is_new and {_CHANGES}) as updated,
             count(*) filter (where not is_new and not {_CHANGES}) as unchanged from roster_plan) planned"""  # noqa: S608
_COUNT_NEW = "select count(*) from roster_plan where is_new"
_COUNT_CODES = "select count(*) from roster_plan where code_new"

_FROM_PLAN = f"from roster_plan plan join {_TABLE} r on r.id = plan.row_id"
_NEW_CREATORS = f"""
insert into creators_creator (id, name, sort_name, country, region, city, language, niches, notes, created_at)
select plan.creator_id, case when r.name = '' then r.handle else r.name end, r.sort_name, r.country, r.region, r.city,
       r.language, r.niches, r.notes, %(now)s
{_FROM_PLAN} where plan.is_new"""
_NEW_PROFILES = f"""
insert into creators_profile (creator_id, platform, handle, followers, platform_id, is_main, created_at)
select plan.creator_id, r.platform, r.handle, r.followers, '', true, %(now)s
{_FROM_PLAN} where plan.is_new on conflict (platform, handle) do nothing"""
_KEEP_IF_BLANK = ", ".join(
    f"{name} = case when r.{name} = '' then c.{name} else r.{name} end" for name in (*_SAME_NAMES, "notes")
)
_CREATORS = f"""
update creators_creator c
set name = case when r.name = '' then c.name else r.name end,
    sort_name = case when r.name = '' then c.sort_name else r.sort_name end,
    {_KEEP_IF_BLANK},
    niches = case when r.niches = '{{}}' then c.niches else r.niches end
{_FROM_PLAN} where plan.creator_changed and c.id = plan.creator_id"""  # noqa: S608
_PROFILES = f"""
update creators_profile p set followers = r.followers
{_FROM_PLAN} where plan.profile_changed and p.id = plan.profile_id"""  # noqa: S608
_CONTACTS = f"""
insert into creators_contact (creator_id, kind, value)
select plan.creator_id, 'email', r.email {_FROM_PLAN} where plan.contact_new on conflict do nothing"""
# What the import writes over, as it is before and afterwards. Deals are those of the plan: new ones have none yet.
_WRITTEN_OVER = """
jsonb_strip_nulls(jsonb_build_object(
  'creator', case when plan.creator_changed then jsonb_build_object(
    'name', c.name, 'country', c.country, 'region', c.region, 'city', c.city, 'language', c.language,
    'notes', c.notes, 'niches', c.niches) end,
  'followers', case when plan.profile_changed then jsonb_build_array(p.followers, p.id) end,
  'terms', case when plan.deal_changed then jsonb_build_array(
    d.fee::text, d.product_cost::text, d.shipping_cost::text, d.commission_percent::text, d.unvetted) end))"""
_STANDING = """
left join creators_creator c on c.id = plan.creator_id
left join creators_profile p on p.id = plan.profile_id
left join campaigns_deal d on d.id = plan.deal_id"""
_KEPT = f"""
insert into campaigns_importedrow
  (job_id, brand_id, creator_id, line, is_new, deal_is_new, contact, code, before, after)
select %(job)s, %(brand)s, plan.creator_id, r.line, plan.is_new, plan.deal_new,
       case when plan.contact_new then r.email else '' end, case when plan.code_new then r.code else '' end,
       {_WRITTEN_OVER}, '{{}}'
{_FROM_PLAN} {_STANDING} where is_new or {_CHANGES}"""
_AFTERWARDS = f"""
update campaigns_importedrow row set after = {_WRITTEN_OVER}
from roster_plan plan {_STANDING}
where row.job_id = %(job)s and row.creator_id = plan.creator_id and row.before <> '{{}}'"""  # noqa: S608
_CODES = f"""
insert into campaigns_code (brand_id, creator_id, code, created_at)
select %(brand)s, plan.creator_id, r.code, %(now)s {_FROM_PLAN} where plan.code_new
on conflict (brand_id, folded) do nothing"""
_CURRENCY = f"select r.currency {_FROM_PLAN} where r.currency <> '' limit 1"
_TERMS = f"""
select plan.creator_id, coalesce(r.fee, d.fee, 0), coalesce(r.product_cost, d.product_cost, 0),
       coalesce(r.shipping_cost, d.shipping_cost, 0), coalesce(r.commission_percent, d.commission_percent, 0),
       case when plan.deal_new then plan.profile_id end
{_FROM_PLAN} left join campaigns_deal d on plan.deal_changed and d.id = plan.deal_id
where plan.deal_new or plan.deal_changed"""
