"""`python -m benchmarks.cac`: the CAC report of 120 deals over a million orders and five million clicks.

Starts servers of its own in a temporary folder, fills them, and prints `name value bound ok|short` a line. The
sums are held against the leanest SQL for the same numbers in the same session: once from the facts (credits, orders,
cost lines) and once from the roll-up itself, which shows what Python adds.
"""

import argparse
import statistics
import sys
from collections.abc import Callable
from functools import partial

from django.db import connection

from benchmarks.measure import installed, line, timed

DAYS = 90
RUNS = 9

FILL = """
insert into creators_creator (name, sort_name, country, region, city, language, niches, notes, created_at)
select 'c' || n, 'c' || n, '', '', '', '', '{{}}', '', now() from generate_series(1, {deals}) n;
insert into creators_profile (creator_id, platform, handle, followers, is_main, created_at)
select id, 'tiktok', name, 5000, true, now() from creators_creator;
insert into campaigns_deal (brand_id, campaign_id, creator_id, profile_id, status, fee, product_cost, shipping_cost,
  commission_percent, currency, brief_key, notes, created_at)
select {brand}, {campaign}, creator_id, id, 'live', 100, 0, 0, 10, 'GBP', 1, '', now() from creators_profile;
insert into campaigns_costline (brand_id, deal_id, kind, amount, currency, note, made_at, from_terms)
select {brand}, d.id, k.kind, 10 + d.id % 90, 'GBP', '', now(), true
from campaigns_deal d, (values ('fee'), ('product'), ('shipping')) k (kind);
insert into campaigns_trackinglink (brand_id, deal_id, slug, post, medium, destination, target, created_at)
select {brand}, id, translate(lpad(to_hex(id), 7, 'z'), '01', 'gh'), 1, 'influencer', 'https://example.com/',
  'https://example.com/', now() from campaigns_deal;
insert into results_clickday (brand_id, link_id, day_on, clicks, unique_clicks, previews, prefetches, bots, own)
select {brand}, l.id, date '2026-01-01' + n, {clicks} / ({days} * {deals}), {clicks} / ({days} * {deals}) / 2,
  0, 0, 0, 0
from campaigns_trackinglink l, generate_series(0, {days} - 1) n;
insert into results_shop (brand_id, name) values ({brand}, 'Shop');
insert into results_order (brand_id, shop_id, external_id, name, kind, ordered_at, status, not_counted, currency,
  subtotal, total, discount, refunded, rate, gross, net, customer, is_first, codes, utm, country, facts, imported_at)
select {brand}, s.id, n, '#' || n, 'sale', timestamptz '2026-01-01' + n % ({days} * 1440) * interval '1 minute',
  'paid', '', 'GBP', 50, 50, 0, 0, 1, 50, 50, int8send(n), n % 2 = 0, '{{X}}', '{{}}', '', '', now()
from results_shop s, generate_series(1, {orders}) n;
insert into results_credit (brand_id, order_id, deal_id, rule, policy, commission, decided_at)
select {brand}, o.id, d.id, case when o.id % 4 = 0 then 'link' else 'code' end, 'code-first-1', 5, now()
from results_order o
join (select id, row_number() over (order by id) - 1 as place from campaigns_deal) d on d.place = o.id % {deals};
insert into results_evidence (brand_id, order_id, kind, value, creator_id, deal_id, could_win, won, reason)
select {brand}, c.order_id, 'code', 'X', d.creator_id, d.id, true, true, '' from results_credit c
join campaigns_deal d on d.id = c.deal_id;
"""

# The leanest that gives the sums of the report: three statements, no objects made of the rows.
BESIDE = (
    """select deal_id, kind, currency, sum(amount) from campaigns_costline where deal_id = any(%(deals)s)
       group by 1, 2, 3""",
    """select l.deal_id, sum(d.clicks), sum(d.unique_clicks) from results_clickday d
       join campaigns_trackinglink l on l.id = d.link_id
       where l.deal_id = any(%(deals)s) and l.medium = 'influencer' group by 1""",
)
FROM_FACTS = (
    """select c.deal_id, count(*), count(*) filter (where c.rule = 'code'), count(*) filter (where o.is_first),
       count(*) filter (where o.customer = ''), sum(o.gross), sum(o.net), sum(c.commission)
       from results_credit c join results_order o on o.id = c.order_id
       where c.deal_id = any(%(deals)s) and o.not_counted = '' group by 1""",
    *BESIDE,
)
FROM_ROLL_UP = (
    """select deal_id, sum(orders), sum(code_orders), sum(link_orders), sum(new_customers), sum(unknown_customers),
       sum(gross), sum(net), sum(commission), sum(corroborated), sum(conflicts)
       from results_creditday where deal_id = any(%(deals)s) group by deal_id""",
    *BESIDE,
)


def main() -> int:
    """Fill, measure, print; 1 if a bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--orders", type=int, default=1_000_000)
    parser.add_argument("--clicks", type=int, default=5_000_000)
    parser.add_argument("--deals", type=int, default=120)
    options = parser.parse_args()
    with installed(fast=False):
        return measure(options.orders, options.clicks, options.deals)


def measure(orders: int, clicks: int, deals: int) -> int:
    """Print each figure beside its bar."""
    from django.utils import timezone  # noqa: PLC0415 - models only after setup
    from django_scopes import scope  # noqa: PLC0415

    from results.actions.credit_days import roll_up_credit  # noqa: PLC0415
    from results.queries.reports import ReportQuery, cac_report, figures_of  # noqa: PLC0415

    campaign = fill(orders, clicks, deals)
    now = timezone.now()
    query = ReportQuery(brand=campaign.brand, campaign=campaign, now=now)
    with scope(brand=campaign.brand):
        live = milliseconds(lambda: cac_report(query), runs=1)
        rolled = milliseconds(lambda: roll_up_credit(campaign.brand, now=now), runs=1)
        every = list(campaign.deals.select_related("profile", "campaign"))
        report = milliseconds(lambda: cac_report(query))
        sums = milliseconds(lambda: figures_of(query, every))
    ids = [deal.pk for deal in every]
    facts, lean = milliseconds(partial(run, FROM_FACTS, ids), runs=3), milliseconds(partial(run, FROM_ROLL_UP, ids))
    print(
        f"# {deals} deals, {orders:,} orders, {clicks:,} clicks; roll-up of all {rolled:.0f} ms, live {live:.0f} ms"
    )
    short = [
        line("cac_report_ms", report, 150),
        line("cac_sums_to_lean_sql_of_facts", sums / facts, 1.5),
        line("cac_sums_to_lean_sql_of_roll_up", sums / lean, 1.5),
    ]
    return int(any(short))


def fill(orders: int, clicks: int, deals: int):
    """One brand, one campaign and everything credited to its deals."""
    from campaigns.models import Campaign  # noqa: PLC0415 - models only after setup
    from team.models import Brand  # noqa: PLC0415

    brand = Brand.objects.create(name="Bench", slug="bench", currency="GBP")
    campaign = Campaign.objects.create(brand=brand, name="Bench", slug="bench")
    with connection.cursor() as cursor:
        cursor.execute(
            FILL.format(brand=brand.pk, campaign=campaign.pk, orders=orders, clicks=clicks, deals=deals, days=DAYS)
        )
        cursor.execute("vacuum analyze")
    return campaign


def run(statements: tuple[str, ...], deals: list[int]) -> None:
    """Some statements, their rows fetched."""
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement, {"deals": deals})
            cursor.fetchall()


def milliseconds(work: Callable[[], object], *, runs: int = RUNS) -> float:
    """The median of some runs."""
    return statistics.median(timed(work) for _ in range(runs)) * 1000


if __name__ == "__main__":
    sys.exit(main())
