"""What a brand knows of the 100,000 creators that `benchmarks.creators` makes: owners, tags, contacts, findings,
rights, asks, verdicts, posts, deals with their outcomes, and how each does; and of one of them, everything at once.
Made by set-based statements, the same in every run."""

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
    "verdicts": """
insert into creators_vetting (brand_id, creator_id, verdict, reason, made_at, decided_at, decided_by_id)
select %(brand)s, id, case when id %% 15 = 0 then '' else (array['suitable', 'perhaps', 'no'])[1 + id %% 3] end,
       'Looked at', now(), case when id %% 15 > 0 then now() end, %(user)s
from creators_creator where id %% 5 < 2""",
    "posts": """
insert into creators_post (profile_id, platform_id, kind, url, caption, posted_at, is_campaign, likes, comments,
  shares, views, counted_at, first_seen_at)
select id, 'p' || n, (array['reel', 'post', 'story'])[1 + n %% 3], '', 'Reel ' || n,
       now() - (n * 9 + id %% 9) * interval '1 day', false, 40 + id %% 300, id %% 20, id %% 7, 900, now(), now()
from creators_profile, generate_series(1, 3) n""",
    "snapshots": """
insert into creators_profilesnapshot (profile_id, seen_at, source, basis, followers, followers_step, posts, credits)
select id, now() - n * interval '20 days', 'demo', '', followers, 1, 60, 1
from creators_profile, generate_series(1, 2) n""",
    "no contact": "update creators_creator set no_contact_on = current_date where id %% 500 = 7",
    "languages": "update creators_creator set language = 'Spanish' where id %% 7 = 2",
}


@transaction.atomic
def fill(brand: Brand, user: User) -> None:
    """Give the brand everything that its list can show and be filtered by."""
    with connection.cursor() as cursor:
        for statement in _STATEMENTS.values():
            cursor.execute(statement, {"brand": brand.pk, "user": user.pk})


_ONE = {
    "campaigns": """
insert into campaigns_campaign (brand_id, name, slug, destination, discount_percent, created_at)
select %(brand)s, 'Wave ' || n, 'wave-' || n, '', 10, now() from generate_series(1, 11) n""",
    "deals": """
insert into campaigns_deal (brand_id, campaign_id, creator_id, profile_id, status, fee, product_cost, shipping_cost,
  commission_percent, currency, brief_key, notes, created_at)
select %(brand)s, id, %(creator)s, %(profile)s, 'completed', 100, 10, 5, 10, 'GBP', id, '', now()
from campaigns_campaign where slug like 'wave-%%'""",
    "costs": """
insert into campaigns_costline (brand_id, deal_id, kind, amount, currency, note, made_at, from_terms)
select %(brand)s, d.id, kind, 20, 'GBP', '', now(), true
from campaigns_deal d, (values ('fee'), ('product'), ('shipping')) k (kind) where creator_id = %(creator)s""",
    "links": """
insert into campaigns_trackinglink (brand_id, deal_id, slug, post, medium, destination, target, created_at)
select %(brand)s, id, translate(lpad(to_hex(id * 2 + n), 7, 'z'), '01', 'gh'), n, 'influencer',
       'https://example.com/', 'https://example.com/', now()
from campaigns_deal, generate_series(1, 2) n where creator_id = %(creator)s""",
    "clicks": """
insert into results_clickday (brand_id, link_id, day_on, clicks, unique_clicks, previews, prefetches, bots, own)
select %(brand)s, id, current_date - n, 9, 5, 0, 0, 0, 0 from campaigns_trackinglink, generate_series(1, 60) n""",
    "shop": "insert into results_shop (brand_id, name) values (%(brand)s, 'Shop')",
    "orders": """
insert into results_order (brand_id, shop_id, external_id, name, kind, ordered_at, status, not_counted, currency,
  subtotal, total, discount, refunded, rate, gross, net, customer, is_first, codes, utm, country, facts, imported_at)
select %(brand)s, s.id, n, '#' || n, 'sale', now() - n * interval '1 hour', 'paid', '', 'GBP', 50, 50, 0, 0, 1, 50,
       50, int8send(n), n %% 2 = 0, '{X}', '{}', '', '', now()
from results_shop s, generate_series(1, 600) n""",
    "credits": """
insert into results_credit (brand_id, order_id, deal_id, rule, policy, commission, decided_at)
select %(brand)s, o.id, d.id, 'code', 'code-first-1', 5, now() from results_order o
join (select id, row_number() over (order by id) - 1 as place from campaigns_deal where creator_id = %(creator)s) d
  on d.place = o.id %% 12""",
    "code": """
insert into campaigns_code (brand_id, creator_id, code, percent, created_at)
select %(brand)s, %(creator)s, 'ANNA' || n, 10, now() from generate_series(1, 3) n""",
    "rights": """
insert into creators_right (brand_id, creator_id, kind, place, territory, during, revoked_why, currency, terms, note,
  made_at)
select %(brand)s, %(creator)s, 'paid', 'tiktok', '',
       daterange(current_date - 20 * n + 10, current_date - 20 * n + 30), '', '', '', '', now()
from generate_series(1, 20) n""",
    "sightings": """
insert into creators_sighting (brand_id, creator_id, kind, place, territory, ad, seen_on, source, settled_why,
  made_at)
select %(brand)s, %(creator)s, 'paid', 'tiktok', '', 'Ad ' || n, current_date - 10 * n, 'hand', '', now()
from generate_series(1, 12) n""",
    "rates": """
insert into creators_rate (brand_id, profile_id, format, kind, amount, currency, quoted_on, note, followers, made_at)
select %(brand)s, %(profile)s, 'reel', (array['ask', 'offer'])[1 + n %% 2], 100 + n, 'GBP', current_date - n * 9, '',
       5000, now()
from generate_series(1, 30) n""",
    "notes": """
insert into creators_note (brand_id, creator_id, kind, text, is_pinned, told_at, made_by_id, made_at)
select %(brand)s, %(creator)s, (array['note', 'email', 'call'])[1 + n %% 3], 'What we said, number ' || n, n = 5,
       now() - n * interval '2 days', %(user)s, now()
from generate_series(1, 200) n""",
    "posts": """
insert into creators_post (profile_id, platform_id, kind, url, caption, posted_at, is_campaign, likes, comments,
  shares, views, counted_at, first_seen_at)
select %(profile)s, 'more' || n, (array['reel', 'post', 'story'])[1 + n %% 3], '', 'Reel ' || n,
       now() - n * interval '3 days', n %% 9 = 0, 40 + n, n %% 20, n %% 7, 900, now(), now()
from generate_series(1, 150) n""",
    "snapshots": """
insert into creators_profilesnapshot (profile_id, seen_at, source, basis, followers, followers_step, posts, credits)
select %(profile)s, now() - n * interval '1 day', 'demo', '', 5000 - n, 1, 60, 1 from generate_series(1, 365) n""",
    "samples": """
insert into creators_commentsample (post_id, seen_at, source, n, credits)
select id, now(), 'demo', 100, 1 from creators_post where profile_id = %(profile)s order by id limit 10""",
    "comments": """
insert into creators_comment (sample_id, post_id, profile_id, platform_id, author, text, fold, reply_to,
  is_by_creator, is_generic, promo_score, score_version)
select s.id, s.post_id, %(profile)s, 'c' || m, 'author' || m %% 40, 'I love this, where can I buy it? ' || m,
       'i love this where can i buy it', '', false, false, 0.1, 'bench'
from creators_commentsample s, generate_series(1, 100) m""",
}


def fill_one(brand: Brand, user: User) -> tuple[int, int]:
    """Give one creator as much of everything as a long acquaintance has; who it is, and the main profile."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "select creator_id, id from creators_profile where is_main and creator_id %% 10 = 1 limit 1", []
        )
        creator, profile = cursor.fetchone()
        told = {"brand": brand.pk, "user": user.pk, "creator": creator, "profile": profile}
        for statement in _ONE.values():
            cursor.execute(statement, told)
    return creator, profile
