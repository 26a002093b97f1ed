"""What each creator brought a brand, as the list of creators keeps it: the same as their own page says."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django_scopes import scope

from campaigns.enums import DealStatus
from results.actions.outcomes import sum_up
from results.logic.cac import cac_of_creators
from results.models import Credit, Outcome
from results.queries.creator_cac import creator_cac
from results.tasks import sum_up_outcomes
from tests.factories import NOW, make_campaign, make_cost, make_creator, make_deal, make_order

pytestmark = pytest.mark.django_db


def make_credit(deal, *, is_first=True, commission="5"):
    order = make_order(deal.brand, is_first=is_first)
    fields = {"rule": "code", "policy": "code-first-1", "commission": Decimal(commission)}
    return Credit.objects.create(brand=deal.brand, order=order, deal=deal, **fields)


def outcome_of(creator, brand):
    with scope(brand=brand):
        sum_up(brand, now=NOW)
        return Outcome.objects.get(brand=brand, creator=creator)


def test_deals_costs_orders_and_new_customers_are_those_of_the_creators_page(brand):
    creator = make_creator()
    deals = [make_deal(make_campaign(brand, target_cac=Decimal(target)), creator) for target in (40, 60)]
    make_cost(deals[0], "100")
    make_cost(deals[1], "50", "product")
    make_cost(deals[1], "999", "boost")  # not part of what a customer cost
    for deal in deals:
        make_credit(deal), make_credit(deal, is_first=False)

    outcome = outcome_of(creator, brand)

    with scope(brand=brand):
        page = creator_cac(creator, brand=brand)
    assert page
    assert (outcome.deals, outcome.orders, outcome.new_customers) == (2, 4, 2)
    assert (outcome.cost, page.figures.cost) == (Decimal(170), Decimal(170))
    assert outcome.target == 60  # of the newest deal's campaign


def test_estimates_are_those_of_the_brands_creators_beside_each_other(brand):
    creators = [make_creator() for _ in range(3)]
    campaign = make_campaign(brand)
    for creator, amount, customers in zip(creators, ("100", "100", "300"), (1, 4, 0), strict=True):
        deal = make_deal(campaign, creator)
        make_cost(deal, amount)
        for _ in range(customers):
            make_credit(deal, commission="0")

    found = [outcome_of(creator, brand) for creator in creators]

    expected = [cac.estimate for cac in cac_of_creators([1, 4, 0], [100, 100, 300])]
    assert [(each.low, each.mid, each.high, each.method) for each in found] == [
        (
            pytest.approx(each.low),
            each.mid and pytest.approx(each.mid),
            each.high and pytest.approx(each.high),
            each.method,
        )
        for each in expected
    ]
    assert (found[2].mid, found[2].method) == (None, "gamma-poisson-grid-1")


def test_a_cancelled_deal_is_no_deal_but_its_cost_and_orders_stay(brand):
    creator = make_creator()
    deal = make_deal(make_campaign(brand), creator, status=DealStatus.CANCELLED)
    make_cost(deal, "80")
    make_credit(deal, commission="0")

    outcome = outcome_of(creator, brand)

    with scope(brand=brand):
        page = creator_cac(creator, brand=brand)
    assert page
    assert (outcome.deals, outcome.cost, outcome.orders, outcome.new_customers) == (0, Decimal(80), 1, 1)
    assert (len(page.deals), page.figures.cost, page.figures.credit.new_customers) == (0, Decimal(80), 1)


def test_repeating_it_changes_nothing_and_who_has_no_deal_any_more_goes(brand, other_brand):
    kept, gone = make_creator(), make_creator()
    campaign = make_campaign(brand)
    make_cost(make_deal(campaign, kept), "80")
    ended = make_deal(campaign, gone)
    elsewhere = make_deal(make_campaign(other_brand), gone)
    first = outcome_of(kept, brand)
    outcome_of(gone, other_brand)
    with scope(brand=brand):
        ended.delete()

    second = outcome_of(kept, brand)

    assert (second.pk, second.cost, second.low) == (first.pk, first.cost, first.low)
    with scope(brand=[brand, other_brand]):
        assert set(Outcome.objects.values_list("creator", "brand")) == {
            (kept.pk, brand.pk), (gone.pk, elsewhere.brand_id),
        }  # fmt: skip


def test_the_task_sums_up_every_brand(brand, other_brand):
    creator = make_creator()
    for each in (brand, other_brand):
        make_deal(make_campaign(each), creator)

    assert sum_up_outcomes() == 2


def test_the_database_refuses_a_second_outcome_a_cost_below_nothing_and_a_low_end_above_the_middle(brand):
    creator = make_creator()
    told = {
        "brand": brand, "creator": creator, "deals": 1, "cost": 1, "orders": 0, "new_customers": 0, "made_at": NOW,
    }  # fmt: skip
    with scope(brand=brand):
        Outcome.objects.create(**told)

        for wrong in ({}, {"creator": make_creator(), "cost": -1}, {"creator": make_creator(), "low": 9, "mid": 3}):
            with pytest.raises(IntegrityError), transaction.atomic():
                Outcome.objects.create(**{**told, **wrong})
