"""The roll-up is broken by every change of credit, so a report never reads a stale one."""

from decimal import Decimal

import pytest
from django_scopes import scope

from results.actions.credit_days import roll_up_credit
from results.models import Credit, CreditDay, CreditSeal, Evidence, Order
from results.tasks import roll_up_credit as roll_up_credit_task
from tests.factories import NOW, make_campaign, make_deal
from tests.results.examples import make_credit, make_evidence


@pytest.fixture
def deal(brand):
    return make_deal(make_campaign(brand))


@pytest.fixture
def sealed(brand, deal):
    """A deal with one credited order, rolled up."""
    order = make_credit(deal)
    with scope(brand=brand):
        assert roll_up_credit(brand, now=NOW) == 1
        yield order


def test_a_sealed_deal_is_left_alone(brand, sealed):
    assert roll_up_credit(brand, now=NOW) == 0
    assert CreditDay.objects.get().orders == 1


@pytest.mark.parametrize(
    "change",
    [
        lambda deal, order: make_credit(deal),
        lambda deal, order: Credit.objects.update(commission=Decimal(3)),
        lambda deal, order: Credit.objects.all().delete(),
        lambda deal, order: Order.objects.update(net=Decimal(1)),
        lambda deal, order: order.delete(),
        lambda deal, order: make_evidence(order, deal, "utm_id"),
        lambda deal, order: Evidence.objects.all().delete(),
        lambda deal, order: Evidence.objects.update(kind="utm_id"),
    ],
    ids=["credit", "commission", "no credit", "order", "no order", "evidence", "no evidence", "other evidence"],
)
def test_every_change_of_credit_breaks_the_seal(deal, sealed, change):
    change(deal, sealed)

    assert not CreditSeal.objects.exists()


def test_only_the_deals_that_change_are_recomputed(brand, sealed):
    make_credit(make_deal(make_campaign(brand)))

    assert roll_up_credit(brand, now=NOW) == 1


def test_another_time_zone_means_other_days(brand, sealed):
    brand.time_zone = "Asia/Tokyo"

    assert roll_up_credit(brand, now=NOW) == 1


def test_the_sweep_rolls_up_every_brand(deal, other_brand):
    make_credit(deal)
    make_credit(make_deal(make_campaign(other_brand)))

    assert roll_up_credit_task() == 2
