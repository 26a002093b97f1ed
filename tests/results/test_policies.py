"""Policies that are computed from the same facts as the stored one: whom an order goes to under each."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from django_scopes import scope

from results.actions.shipping import store
from results.logic.click_ids import click_id
from results.models import Evidence
from results.queries.credited import OrderFilter, credited_orders, sums_of_shares, with_evidence
from results.queries.policies import CODE_FIRST, POLICIES
from results.queries.reports import ReportQuery, cac_report
from tests.factories import NOW, make_campaign, make_cost, make_creator, make_deal, make_link, make_order
from tests.results.examples import make_credit, make_evidence

HOUR = timedelta(hours=1)


@pytest.fixture
def campaign(brand):
    """A campaign with three creators, ana, ben and cy, who cost 100 each."""
    campaign = make_campaign(brand, "spring")
    for handle in ("ana", "ben", "cy"):
        make_cost(make_deal(campaign, make_creator(handle), commission_percent=Decimal(10)), "100")
    return campaign


def deal_of(campaign, handle):
    with scope(brand=campaign.brand):
        return campaign.deals.get(profile__handle=handle)


def clicked(order, deal, *, before=HOUR, medium="influencer", exists=True):
    """The order carries the id of a click on a link of the deal."""
    at = order.ordered_at - before
    click = click_id(int(at.timestamp() * 1000), order.pk.to_bytes(10))
    if exists:
        link = make_link(deal, medium=medium)
        store([(UUID(click), at, link.pk, "human", b"", "", "", "", False)])
    Evidence.objects.create(brand=order.brand, order=order, kind="click_id", value=click, reason="Not asked for.")


def report(campaign, policy, **asked):
    query = ReportQuery(brand=campaign.brand, campaign=campaign, now=NOW, policy=policy, **asked)
    with scope(brand=campaign.brand):
        return cac_report(query)


def orders_of(campaign, policy):
    """Orders of ana, ben and cy."""
    return [round(float(row.figures.credit.orders), 3) for row in report(campaign, policy).rows]


@pytest.mark.parametrize(
    ("touches", "first_click", "linear"),
    [
        ({"code": "ana"}, [1, 0, 0], [1, 0, 0]),
        ({"code": "ana", "utm_id": "ben"}, [0, 1, 0], [0.5, 0.5, 0]),
        ({"code": "ana", "utm_content": "ana"}, [1, 0, 0], [1, 0, 0]),
        ({"code": "ana", "utm_id": "ben", "click": "cy"}, [0, 0, 1], [0.333, 0.333, 0.333]),
        ({"code": "ana", "click": "ben"}, [0, 1, 0], [0.5, 0.5, 0]),
        ({"click": "cy"}, [0, 0, 1], [0, 0, 1]),
        ({}, [0, 0, 0], [0, 0, 0]),
    ],
)
def test_whom_an_order_goes_to(campaign, touches, first_click, linear):
    order = make_order(campaign.brand)
    for kind, handle in touches.items():
        if kind == "click":
            clicked(order, deal_of(campaign, handle))
        else:
            make_evidence(order, deal_of(campaign, handle), kind, reason="")

    assert orders_of(campaign, "first-click-1") == first_click
    assert orders_of(campaign, "linear-1") == linear


@pytest.mark.parametrize(
    "click",
    [{"before": -HOUR}, {"before": timedelta(days=30)}, {"medium": "paid_social"}, {"exists": False}],
    ids=["after the order", "30 days before", "on a boosted link", "that nobody knows"],
)
def test_a_click_that_names_nobody_in_time(campaign, click):
    order = make_order(campaign.brand)
    make_evidence(order, deal_of(campaign, "ana"), "code", reason="")
    clicked(order, deal_of(campaign, "ben"), **click)

    assert orders_of(campaign, "first-click-1") == orders_of(campaign, "linear-1") == [1, 0, 0]


def test_a_click_id_may_be_anything(campaign):
    order = make_order(campaign.brand)
    Evidence.objects.create(brand=order.brand, order=order, kind="click_id", value="' or 1=1", reason="")

    assert orders_of(campaign, "first-click-1") == [0, 0, 0]


def test_a_click_of_another_brand_names_nobody(campaign, other_brand):
    order = make_order(campaign.brand)
    clicked(order, make_deal(make_campaign(other_brand)))

    assert orders_of(campaign, "first-click-1") == [0, 0, 0]


def test_shares_make_up_the_whole(campaign):
    ana, ben = deal_of(campaign, "ana"), deal_of(campaign, "ben")
    make_credit(ana, subtotal="100", customer=b"1", is_first=True, others=[(ben, "utm_content")])
    make_credit(ana, subtotal="10.50", customer=b"2", is_first=True)
    make_credit(ben, rule="link", subtotal="8", not_counted="voided")

    stored, linear = report(campaign, CODE_FIRST), report(campaign, "linear-1")

    assert [row.figures.credit.net for row in linear.rows] == [Decimal("60.50"), 50, 0]
    assert [row.figures.credit.new_customers for row in linear.rows] == [Decimal("1.5"), Decimal("0.5"), 0]
    assert [row.figures.commission for row in linear.rows] == [Decimal("6.05"), 5, 0]
    assert linear.totals.credit.net == stored.totals.credit.net
    assert linear.totals.credit.new_customers == stored.totals.credit.new_customers == 2
    assert [row.figures.estimate.n for row in linear.rows] == [1.5, 0.5, 0]
    assert all(row.figures.estimate.mid for row in linear.rows[:2])


@pytest.mark.parametrize("policy", POLICIES)
def test_the_orders_behind_a_number_make_that_number(campaign, policy):
    ana, ben, cy = (deal_of(campaign, handle) for handle in ("ana", "ben", "cy"))
    make_credit(ana, subtotal="100", others=[(ben, "utm_content")])
    clicked(make_credit(ana, subtotal="30"), cy)
    make_credit(ben, rule="link", subtotal="8", ordered_at=datetime(2026, 1, 5, tzinfo=UTC))
    query = ReportQuery(
        brand=campaign.brand, campaign=campaign, now=NOW, policy=policy, first=date(2026, 2, 1), last=None
    )

    with scope(brand=campaign.brand):
        rows, totals = cac_report(query).rows, cac_report(query).totals
        for row in rows:
            asked = OrderFilter(deal=row.deal)
            orders = credited_orders(query, asked)
            listed = with_evidence(query, list(orders), asked)
            assert sums_of_shares(query, orders, asked)["net"] == sum(each.net for each in listed)
            assert sum(each.net for each in listed) == row.figures.credit.net
            assert sum(each.share for each in listed) == row.figures.credit.orders
        assert credited_orders(query, OrderFilter(only="conflict")).count() == totals.credit.conflicts
