"""The report against numbers counted by hand."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_scopes import scope

from campaigns.models import CostLine
from results.actions.credit_days import roll_up_credit
from results.models import ClickDay
from results.queries.reports import ReportQuery, cac_report
from results.queries.sums import CreditSums
from tests.factories import (
    NOW,
    TODAY,
    make_campaign,
    make_code,
    make_cost,
    make_creator,
    make_deal,
    make_link,
    make_order,
)
from tests.results.examples import make_credit

MARCH = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)


@pytest.fixture
def campaign(brand):
    return make_campaign(brand, "spring")


def deal_of(campaign, handle, **fields):
    return make_deal(campaign, make_creator(handle), **fields)


def ask(campaign, **fields):
    with scope(brand=campaign.brand):
        return cac_report(ReportQuery(brand=campaign.brand, campaign=campaign, now=NOW, **fields))


def test_every_deal_has_a_row_and_the_rows_stand_by_handle(campaign):
    for handle in ("zoe", "_ana", "ben.1"):
        deal_of(campaign, handle)

    report = ask(campaign)

    assert [row.handle for row in report.rows] == ["_ana", "ben.1", "zoe"]
    assert report.deals == 3
    assert report.rows[0].figures.credit == CreditSums()
    assert report.rows[0].figures.estimate.method == "no-cost"


def test_figures_of_a_deal_are_sums_over_its_counted_orders(campaign):
    deal = deal_of(campaign, "ana")
    make_code(deal, "ANA10")
    make_credit(deal, customer=b"a", is_first=True, subtotal="100", net=Decimal(80), commission="8")
    make_credit(deal, rule="link", customer=b"a", subtotal="50", commission="5")
    make_credit(deal, subtotal="20", others=[(deal, "utm_id")])
    make_credit(deal, not_counted="voided", subtotal="999")
    make_cost(deal, "60")
    make_cost(deal, "6.50", "product")

    row = ask(campaign).rows[0]

    assert row.code == "ANA10"
    assert row.figures.credit == CreditSums(
        orders=3, code_orders=2, link_orders=1, new_customers=1, unknown_customers=1, gross=Decimal(170),
        net=Decimal(150), commission=Decimal(13), corroborated=1, conflicts=0,
    )  # fmt: skip
    assert row.figures.cost == Decimal("79.5")
    assert row.figures.roas == Decimal("1.8868")
    assert row.figures.estimate.n == 1


def test_a_reversed_line_is_in_no_cost_and_boost_and_overhead_stand_beside(campaign):
    deal = deal_of(campaign, "ana")
    fee = make_cost(deal, "60")
    make_cost(deal, "-60", reverses=fee)
    make_cost(deal, "70")
    make_cost(deal, "5", "bonus")
    make_cost(deal, "500", "boost")
    make_cost(deal, "40", "overhead")

    costs = ask(campaign).totals.costs

    assert (costs.counted, costs.fee, costs.other, costs.boost, costs.overhead) == (75, 70, 5, 500, 40)


def test_an_amount_in_another_currency_stands_apart_and_is_in_no_sum(campaign):
    deal = deal_of(campaign, "ana")
    make_cost(deal, "60")
    CostLine.objects.create(brand=deal.brand, deal=deal, kind="fee", amount=30, currency="USD")
    CostLine.objects.create(brand=deal.brand, deal=deal, kind="shipping", amount=2, currency="")

    costs = ask(campaign).totals.costs

    assert (costs.counted, costs.apart) == (62, {"USD": 30})


def test_another_campaign_and_another_brand_are_in_no_sum(campaign, other_brand):
    creator = make_creator("ana")
    make_deal(campaign, creator)
    elsewhere = make_deal(make_campaign(campaign.brand), creator)
    make_credit(elsewhere, subtotal="70")
    make_cost(make_deal(make_campaign(other_brand), creator), "99")

    totals = ask(campaign).totals

    assert (totals.credit.orders, totals.cost) == (0, 0)


def test_a_period_holds_the_orders_of_its_days_by_the_clock_of_the_brand(campaign):
    campaign.brand.time_zone = "America/New_York"
    campaign.brand.save()
    deal = deal_of(campaign, "ana")
    make_credit(deal, ordered_at=datetime(2026, 3, 2, 4, 59, tzinfo=UTC))
    make_credit(deal, ordered_at=datetime(2026, 3, 2, 5, 0, tzinfo=UTC))

    report = ask(campaign, first=date(2026, 3, 1), last=date(2026, 3, 1))

    assert report.totals.credit.orders == 1


@pytest.mark.parametrize(
    ("deal_starts", "campaign_starts", "in_march"),
    [(date(2026, 3, 31), None, True), (date(2026, 4, 1), date(2026, 3, 1), False), (None, date(2026, 3, 1), True),
     (None, None, False)],
)  # fmt: skip
def test_costs_with_their_commission_fall_in_the_period_of_the_deals_start(
    campaign, deal_starts, campaign_starts, in_march
):
    campaign.starts_on = campaign_starts
    campaign.save()
    deal = deal_of(campaign, "ana", starts_on=deal_starts, created_at=NOW)
    make_cost(deal, "60")
    make_credit(deal, ordered_at=NOW, commission="4")

    march = ask(campaign, first=date(2026, 3, 1), last=date(2026, 3, 31)).totals

    assert (march.cost, march.credit.orders) == (64 if in_march else 0, 0)
    assert ask(campaign).totals.cost == 64


def test_clicks_come_from_the_roll_up_of_organic_links(campaign):
    deal = deal_of(campaign, "ana")
    for link, day, clicks in [
        (make_link(deal), date(2026, 3, 1), 5),
        (make_link(deal, post=2), date(2026, 3, 2), 7),
        (make_link(deal, post=3, medium="paid_social"), date(2026, 3, 2), 100),
    ]:
        ClickDay.objects.create(brand=deal.brand, link=link, day_on=day, clicks=clicks, unique_clicks=clicks - 1)

    totals, second = ask(campaign).totals, ask(campaign, first=date(2026, 3, 2)).totals

    assert (totals.clicks, totals.unique_clicks) == (12, 10)
    assert (second.clicks, second.unique_clicks) == (7, 6)


def test_conflicts_are_counted_and_link_first_gives_them_to_the_link(campaign):
    ana = deal_of(campaign, "ana", commission_percent=Decimal(10))
    ben = deal_of(campaign, "ben", commission_percent=Decimal("2.5"))
    make_credit(ana, subtotal="100", others=[(ben, "utm_content")])
    make_credit(ana, subtotal="10")

    stored, link_first = ask(campaign), ask(campaign, policy="link-first-1")

    assert stored.totals.credit.conflicts == link_first.totals.credit.conflicts == 1
    assert [row.figures.credit.orders for row in stored.rows] == [2, 0]
    assert [row.figures.credit.orders for row in link_first.rows] == [1, 1]
    assert [row.figures.commission for row in link_first.rows] == [1, Decimal("2.5")]


@pytest.mark.parametrize(("net", "commission"), [("10.50", "0.52"), ("10.70", "0.54"), ("10.30", "0.52")])
def test_link_first_rounds_a_commission_half_even_to_the_cent(campaign, net, commission):
    deal = deal_of(campaign, "ana", commission_percent=Decimal(5))
    make_credit(deal, rule="link", subtotal=net)

    assert ask(campaign, policy="link-first-1").totals.commission == Decimal(commission)


def test_since_is_the_brands_first_counted_order_day_and_waiting_orders_are_told(campaign):
    make_order(campaign.brand, ordered_at=MARCH)
    make_order(campaign.brand, ordered_at=MARCH.replace(month=1), not_counted="voided")
    make_order(campaign.brand, not_counted="no_rate", rate=None, gross=None, net=None)

    report = ask(campaign)

    assert (report.since, report.waiting) == (date(2026, 3, 1), 1)


def test_the_target_gives_each_row_a_chance_to_be_below_it(campaign):
    deal = deal_of(campaign, "ana")
    make_cost(deal)
    make_credit(deal, is_first=True, customer=b"a")

    report = ask(campaign, target=Decimal(80))

    assert 0 < report.totals.cac.p_below_target < 1
    assert ask(campaign).totals.cac.p_below_target is None


def test_the_number_of_queries_does_not_grow_with_the_deals(campaign):
    counts = []
    for handle in ("ana", "ben", "cleo"):
        make_credit(deal_of(campaign, handle))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            ask(campaign)
        counts.append(len(queries))

    assert counts[0] == counts[1] == counts[2] <= 9


def test_the_report_is_the_same_from_the_roll_up_as_from_the_credits(campaign):
    ana, ben = deal_of(campaign, "ana"), deal_of(campaign, "ben")
    make_credit(ana, subtotal="100", others=[(ben, "utm_content"), (ana, "utm_id")], is_first=True, customer=b"a")
    make_credit(ben, rule="link", ordered_at=MARCH, commission="1.25")
    live = ask(campaign), ask(campaign, last=TODAY.replace(month=4))

    with scope(brand=campaign.brand):
        roll_up_credit(campaign.brand, now=NOW)

    assert (ask(campaign), ask(campaign, last=TODAY.replace(month=4))) == live
