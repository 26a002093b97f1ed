"""What a brand knows of the 100,000 creators that `benchmarks.creators` makes: owners, tags, contacts, findings,
rights, asks, deals with their outcomes, and how each does. Made by set-based statements, the same in every run."""

from django.db import connection, transaction

from team.models import Brand, User

_STATEMENTS = {
    "relationships": """
insert into creators_relationship (brand_id, creator_id, owner_id, tags, angles, made_at)
select %(brand)s, id, case when id %% 5 = 0 then %(user)s end,
       case id %% 3 when 0 then array['gifted'] when 1 then array['vip', 'spring'] else '{}' end, '', now()
from creators_creator where id %% 2 = 0""",
    "contacts": """
insert into creators_note (brand_id, creator_id, kind, text, is_pinned, told_at, made_at)
select %(brand)s, id, case when n = 2 then 'note' else 'email' end, 'Wrote', false,
       now() - (id %% 200 + n * 7) * interval '1 day', now()
from creators_creator, generate_series(1, 3) as n where id %% 2 = 1""",
    "assessments": """
insert into creators_assessment
  (profile_id, level, score, signals, flagged, watched, version, basis, made_at, checked_at)
select id, (array['clear', 'watch', 'flagged', 'insufficient'])[1 + (id %% 20 > 14)::int + (id %% 20 > 17)::int
         + (id %% 20 > 18)::int], 0.1, '[]', '{}', '{}', 'bench', '', now(), now()
from creators_profile""",
    "pulses": """
insert into creators_pulse (creator_id, rate, n, verdict, posted_at, made_at)
select id, (id %% 970) / 100.0, 12, (array['exceptional', 'above', 'below', 'low'])[1 + id %% 4],
       now() - (id %% 300) * interval '1 day', now()
from creators_creator where id %% 10 > 0""",
    "rights": """
insert into creators_right (brand_id, creator_id, kind, place, territory, during, revoked_why, currency, terms, note,
  made_at)
select %(brand)s, id, (array['whitelisting', 'paid', 'organic'])[1 + id %% 3], 'instagram', '',
       daterange(current_date - 60, current_date - 30 + (id %% 120)::int), '', '', '', '', now()
from creators_creator where id %% 10 = 3""",
    "asks": """
insert into creators_rate (brand_id, profile_id, format, kind, amount, currency, quoted_on, note, made_at)
select %(brand)s, id, 'reel', 'ask', 50 + id %% 900, 'GBP', current_date - (id %% 400)::int, '', now()
from creators_profile where is_main and id %% 4 = 1""",
    "campaign": """
insert into campaigns_campaign (brand_id, name, slug, destination, discount_percent, created_at)
select %(brand)s, 'Bench', 'bench', '', 10, now()""",
    "deals": """
insert into campaigns_deal (brand_id, campaign_id, creator_id, profile_id, status, fee, product_cost, shipping_cost,
  commission_percent, currency, brief_key, notes, created_at)
select %(brand)s, (select id from campaigns_campaign where slug = 'bench'), creator_id, id, 'live', 100, 0, 0, 0,
       'GBP', 1, '', now()
from creators_profile where is_main and creator_id %% 10 = 1""",
    "outcomes": """
insert into results_outcome (brand_id, creator_id, deals, cost, orders, new_customers, low, mid, high, method, target,
  made_at)
select %(brand)s, id, 1, 100, id %% 12, id %% 9, 10, case when id %% 9 > 0 then 10 + id %% 90 end,
       case when id %% 9 > 0 then 200 end, 'gamma-poisson-grid-1', 40, now()
from creators_creator where id %% 10 = 1""",
    "whitelisted": """
insert into creators_lifecyclespan (creator_id, brand_id, track, stage, during, why, made_at)
select id, %(brand)s, 'whitelisted', '', tstzrange(now() - interval '9 days', null), 'Benchmark', now()
from creators_creator where id %% 30 = 3""",
    "no contact": "update creators_creator set no_contact_on = current_date where id %% 500 = 7",
    "languages": "update creators_creator set language = 'Spanish' where id %% 7 = 2",
}


@transaction.atomic
def fill(brand: Brand, user: User) -> None:
    """Give the brand everything that its list can show and be filtered by."""
    with connection.cursor() as cursor:
        for statement in _STATEMENTS.values():
            cursor.execute(statement, {"brand": brand.pk, "user": user.pk})
