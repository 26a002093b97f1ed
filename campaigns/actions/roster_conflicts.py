"""What is wrong with staged rows only beside other rows, or beside what is already known. Set-based."""

from django.db import connection

from campaigns.logic.deals import days_at_stake
from campaigns.models import Campaign
from campaigns.queries.deals import money_of
from campaigns.queries.doubts import engaged_in
from config.lib.days import day_at
from creators.queries.assessments import confirmed
from team.models import Job


def find_conflicts(job: Job, campaign: Campaign | None) -> None:
    """Write the `conflicts` of the job's rows anew. Codes and currencies count only with a campaign.

    Runs inside the transaction of the check or of the import, so that what it finds still holds there.
    """
    known = list(confirmed().values()) if campaign else []
    engaged = _engaged(job, campaign)
    values = {
        "job": job.pk,
        "brand": campaign.brand_id if campaign else None,
        "currency": money_of(campaign.brand) if campaign else "",
        "campaign": campaign.pk if campaign else None,
        "confirmed": [each.creator_id for each in known],
        "reasons": [each.reason for each in known],
        "engaged": list(engaged),
        "promises": list(engaged.values()),
        "counts_in": "reports in" if campaign and campaign.brand.currency else "has its deals in",
    }
    statements = [_FORGET, _TWICE, _ODD_HANDLE, _SAME_PERSON]
    if campaign:
        statements += [_CODE_OF_ANOTHER, _CODE_TWICE, _OTHER_CODE, _GIFT, _SILENT, _CONFIRMED, _ENGAGED, _REFUSED]
        statements.append(_FOREIGN if values["currency"] else _MIXED)
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement, values)


def _engaged(job: Job, campaign: Campaign | None) -> dict[int, str]:
    """Whom another brand has while the campaign runs, in words that do not name the brand: a file has no reader."""
    if campaign is None:
        return {}
    today = day_at(job.made_at, campaign.brand.time_zone)
    days = days_at_stake(campaign.starts_on, campaign.ends_on, today=today)
    return {pk: each.words for pk, each in engaged_in(campaign, days).items()}


def _conflict(field: str, value: str, reason: str, found: str) -> str:
    """A statement that notes a conflict for each row of the query `found` (row_id, and what `reason` needs).

    The first conflict of a row is told, not also those that follow from it.
    """
    return f"""
update campaigns_rosterrow r
set conflicts = r.conflicts || jsonb_build_array(
  jsonb_build_object('field', '{field}', 'value', {value}, 'reason', {reason}))
from ({found}) found where found.row_id = r.id and r.conflicts = '[]'"""  # noqa: S608 (made of the constants below)


_FORGET = "update campaigns_rosterrow set conflicts = '[]' where job_id = %(job)s and conflicts <> '[]'"

_TWICE = _conflict(
    "handle", "r.handle",
    "format('This %%s profile already stands in line %%s.', r.platform, found.first)",
    """select id as row_id, first from (
          select id, line, first_value(line) over (partition by platform, handle order by line) as first
          from campaigns_rosterrow where job_id = %(job)s and handle <> '' and platform <> ''
        ) seen where line > first""",
)  # fmt: skip

# The database would refuse the whole import for one such row.
_ODD_HANDLE = _conflict(
    "handle", "r.handle", "'This handle has letters whose lower case is not known. Write it otherwise.'",
    "select id as row_id from campaigns_rosterrow where job_id = %(job)s and handle <> lower(handle)",
)  # fmt: skip

_SAME_PERSON = _conflict(
    "handle", "r.handle",
    "format('This is a profile of the same creator as line %%s. Write one line per creator.', found.first)",
    """select row_id, first from (
          select r.id as row_id, r.line, r.platform, r.handle,
                 first_value(r.line) over person as first, first_value(r.platform) over person as first_platform
          from campaigns_rosterrow r
          join creators_profile p on p.platform = r.platform and p.handle = r.handle
          where r.job_id = %(job)s window person as (partition by p.creator_id order by r.line)
        ) seen where line > first and platform <> first_platform""",
)  # fmt: skip

_CODE_TWICE = _conflict(
    "code", "r.code",
    "format('This code already stands in line %%s. A code belongs to one creator.', found.first)",
    """select id as row_id, first from (
          select id, line, platform, handle, first_value(line) over code as first,
                 first_value(platform) over code as first_platform, first_value(handle) over code as first_handle
          from campaigns_rosterrow where job_id = %(job)s and code <> ''
          window code as (partition by upper(trim(code)) order by line)
        ) seen where line > first and (platform, handle) <> (first_platform, first_handle)""",
)  # fmt: skip

BELONGS_TO = "This code belongs to %s."
"""The words that name somebody in the row of another: erasing looks for them."""
_CODE_OF_ANOTHER = _conflict(
    "code", "r.code",
    f"format('{BELONGS_TO.replace('%', '%%')} A code belongs to one creator for ever.', found.owner)",
    """select r.id as row_id, owner.name as owner
        from campaigns_rosterrow r
        join campaigns_code c on c.brand_id = %(brand)s and c.folded = upper(trim(r.code))
        join creators_creator owner on owner.id = c.creator_id
        left join creators_profile p on p.platform = r.platform and p.handle = r.handle
        where r.job_id = %(job)s and r.code <> '' and p.creator_id is distinct from c.creator_id""",
)  # fmt: skip

_OTHER_CODE = _conflict(
    "code", "r.code",
    """format('This creator already has the code %%s. A code stays for ever: write it, or leave the cell blank.',
              found.code)""",
    """select r.id as row_id, min(c.code) as code
        from campaigns_rosterrow r
        join creators_profile p on p.platform = r.platform and p.handle = r.handle
        join campaigns_code c on c.brand_id = %(brand)s and c.creator_id = p.creator_id
        where r.job_id = %(job)s and r.code <> ''
          and not exists (select from campaigns_code taken
                          where taken.brand_id = %(brand)s and taken.folded = upper(trim(r.code)))
        group by r.id""",
)  # fmt: skip

_FOREIGN = _conflict(
    "currency", "r.currency",
    "format('The brand %%s %%s, and no rate for %%s is known. Write the amounts in %%s.', %(counts_in)s::text, "
    "%(currency)s::text, r.currency, %(currency)s::text)",
    "select id as row_id from campaigns_rosterrow where job_id = %(job)s and currency not in ('', %(currency)s)",
)  # fmt: skip

_MIXED = _conflict(
    "currency", "r.currency",
    "format('Line %%s is in %%s. A brand has one currency.', found.first_line, found.first)",
    """select id as row_id, first, first_line from (
          select id, currency, first_value(currency) over (order by line) as first,
                 first_value(line) over (order by line) as first_line
          from campaigns_rosterrow where job_id = %(job)s and currency <> ''
        ) seen where currency <> first""",
)  # fmt: skip

_GIFT = _conflict(
    "fee", "r.fee::text",
    "'The deal of this creator is a gift, which has no fee. Leave the cell blank, or edit the deal first.'",
    """select r.id as row_id
        from campaigns_rosterrow r
        join creators_profile p on p.platform = r.platform and p.handle = r.handle
        join campaigns_deal d on d.campaign_id = %(campaign)s and d.creator_id = p.creator_id and d.is_seeding
        where r.job_id = %(job)s and r.fee > 0""",
)  # fmt: skip

_CONFIRMED = _conflict(
    "handle", "r.handle",
    """format('Signals of this creator were confirmed: %%s. To overrule that, add the creator by hand.',
              rtrim(found.reason, '.'))""",
    """select r.id as row_id, known.reason
        from campaigns_rosterrow r
        join creators_profile p on p.platform = r.platform and p.handle = r.handle
        join unnest(%(confirmed)s::bigint[], %(reasons)s::text[]) known (creator_id, reason)
          on known.creator_id = p.creator_id
        where r.job_id = %(job)s and not exists (
          select from campaigns_deal d where d.campaign_id = %(campaign)s and d.creator_id = p.creator_id)""",
)  # fmt: skip

_NOT_IN_CAMPAIGN = """not exists (
          select from campaigns_deal d where d.campaign_id = %(campaign)s and d.creator_id = p.creator_id)"""

_SILENT = _conflict(
    "handle", "r.handle", "'This creator asked not to be contacted, so there is no new deal.'",
    f"""select r.id as row_id
        from campaigns_rosterrow r
        join creators_profile p on p.platform = r.platform and p.handle = r.handle
        join creators_creator c on c.id = p.creator_id and c.no_contact_on is not null
        where r.job_id = %(job)s and {_NOT_IN_CAMPAIGN}""",  # noqa: S608 (made of the constant above)
)  # fmt: skip

_ENGAGED = _conflict(
    "handle", "r.handle",
    """format('This creator is %%s. To take them all the same, add them by hand with a reason.', found.words)""",
    f"""select r.id as row_id, known.words
        from campaigns_rosterrow r
        join creators_profile p on p.platform = r.platform and p.handle = r.handle
        join unnest(%(engaged)s::bigint[], %(promises)s::text[]) known (creator_id, words)
          on known.creator_id = p.creator_id
        where r.job_id = %(job)s and {_NOT_IN_CAMPAIGN}""",  # noqa: S608 (made of the constant above)
)  # fmt: skip

# Whoever is in the campaign already is asked about when they begin to be paid.
_REFUSED = _conflict(
    "handle", "r.handle",
    """format('The verdict on this creator is no: %%s. To take them all the same, add them by hand with a reason.',
              rtrim(found.reason, '.'))""",
    f"""select r.id as row_id, v.reason
        from campaigns_rosterrow r
        join creators_profile p on p.platform = r.platform and p.handle = r.handle
        join creators_vetting v on v.creator_id = p.creator_id and v.brand_id = %(brand)s
          and v.verdict = 'no' and v.replaced_at is null
        where r.job_id = %(job)s and ({_NOT_IN_CAMPAIGN} or exists (
          select from campaigns_deal d
          where d.campaign_id = %(campaign)s and d.creator_id = p.creator_id and d.unvetted = ''
            and d.fee = 0 and d.commission_percent = 0
            and (coalesce(r.fee, 0) > 0 or coalesce(r.commission_percent, 0) > 0)))""",  # noqa: S608 (made of the constant above)
)  # fmt: skip
