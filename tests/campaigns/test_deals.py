"""Deals, their terms, and the cost lines that follow."""

from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django_scopes import scope

from campaigns.actions.costs import AlreadyReversed, add_cost, reverse_cost
from campaigns.actions.deals import AddedDeals, Terms, add_deals, set_terms
from campaigns.models import Campaign, CostLine, Deal
from config.lib.refusals import STAYS, refusal_of
from creators.models import Profile
from tests.factories import KNOWN, NOW, make_campaign, make_cost, make_creator, make_deal

TERMS = Terms(fee=Decimal(120), product_cost=Decimal("20.48"), commission_percent=Decimal(5))


@pytest.fixture
def campaign(brand):
    return make_campaign(brand, "spring")


@pytest.fixture(autouse=True)
def in_the_brand(brand):
    with scope(brand=brand):
        yield


def amounts(deal: Deal) -> list[tuple[str, str]]:
    return [(kind, f"{amount.normalize():f}") for kind, amount in deal.cost_lines.values_list("kind", "amount")]


def test_deals_come_with_a_cost_line_for_each_amount(campaign):
    ana, bo = make_creator("ana"), make_creator("bo")

    told = add_deals(campaign, {ana.pk: TERMS, bo.pk: Terms()}, by=None, now=NOW, reasons=KNOWN)

    assert told == AddedDeals(added=2, changed=0, unchanged=0)
    deal = Deal.objects.get(creator=ana)
    assert (deal.profile.handle, deal.currency, deal.status, deal.brand) == ("ana", "GBP", "planned", campaign.brand)
    assert amounts(deal) == [("fee", "120"), ("product", "20.48")]
    assert amounts(Deal.objects.get(creator=bo)) == []


def test_adding_again_takes_back_what_changed_and_nothing_else(campaign):
    ana, bo = make_creator("ana"), make_creator("bo")
    add_deals(campaign, {ana.pk: TERMS, bo.pk: TERMS}, by=None, now=NOW, reasons=KNOWN)
    other = Terms(fee=Decimal(90), product_cost=Decimal("20.48"), shipping_cost=Decimal(4))

    told = add_deals(campaign, {ana.pk: other, bo.pk: TERMS}, by=None, now=NOW, reasons=KNOWN)
    again = add_deals(campaign, {ana.pk: other, bo.pk: TERMS}, by=None, now=NOW, reasons=KNOWN)

    assert (told, again) == (AddedDeals(0, 1, 1), AddedDeals(0, 0, 2))
    lines = [("fee", "-120"), ("fee", "120"), ("fee", "90"), ("product", "20.48"), ("shipping", "4")]
    assert sorted(amounts(Deal.objects.get(creator=ana))) == lines
    assert amounts(Deal.objects.get(creator=bo)) == [("fee", "120"), ("product", "20.48")]


def test_terms_of_zero_leave_no_standing_line(campaign):
    ana = make_creator("ana")
    add_deals(campaign, {ana.pk: TERMS}, by=None, now=NOW, reasons=KNOWN)
    deal = Deal.objects.get()

    assert set_terms(deal, Terms(), by=None, now=NOW)

    assert deal.fee == 0
    assert not CostLine.objects.standing().filter(deal=deal).exists()


def test_costs_by_hand_stand_beside_the_terms(campaign):
    ana = make_creator("ana")
    add_deals(campaign, {ana.pk: TERMS}, by=None, now=NOW, reasons=KNOWN)
    deal = Deal.objects.get()
    add_cost(deal, "fee", Decimal(30), "second video", None, NOW)

    set_terms(deal, Terms(fee=Decimal(100)), by=None, now=NOW)

    standing = CostLine.objects.standing().filter(deal=deal).values_list("kind", "amount", "from_terms")
    assert sorted(standing) == [("fee", Decimal(30), False), ("fee", Decimal(100), True)]


def test_taking_back_a_line_of_the_terms_sets_the_term_to_zero(campaign):
    ana = make_creator("ana")
    add_deals(campaign, {ana.pk: TERMS}, by=None, now=NOW, reasons=KNOWN)
    line = CostLine.objects.get(kind="fee")

    back = reverse_cost(line, None, NOW)

    assert (back.amount, back.reverses) == (Decimal(-120), line)
    assert Deal.objects.get().fee == 0
    with pytest.raises(AlreadyReversed):
        reverse_cost(line, None, NOW)
    with pytest.raises(AlreadyReversed):
        reverse_cost(back, None, NOW)


def test_a_creator_may_post_on_another_profile_of_theirs(campaign):
    ana, bo = make_creator("ana"), make_creator("bo")
    second = Profile.objects.create(creator=ana, platform="instagram", handle="ana.ig")

    add_deals(campaign, {ana.pk: Terms(profile_id=second.pk)}, by=None, now=NOW)

    assert Deal.objects.get().profile == second
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        add_deals(campaign, {bo.pk: Terms(profile_id=second.pk)}, by=None, now=NOW)
    assert refusal_of(caught.value) == "Choose a profile of this creator."


def test_a_negative_fee_is_refused_in_words_and_nothing_is_half_written(campaign):
    ana, bo = make_creator("ana"), make_creator("bo")

    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        add_deals(campaign, {ana.pk: TERMS, bo.pk: Terms(fee=Decimal(-1))}, by=None, now=NOW, reasons=KNOWN)

    assert refusal_of(caught.value, Deal) == "Fee, product and shipping may not be negative."
    assert not Deal.objects.exists()


def test_many_deals_go_in_with_as_many_queries_as_one(campaign, django_assert_num_queries):
    creators = [make_creator().pk for _ in range(20)]

    with django_assert_num_queries(17):  # of them three about doubts
        add_deals(campaign, dict.fromkeys(creators, TERMS), by=None, now=NOW, reasons=KNOWN)


def breaks(model, **fields) -> str:
    with pytest.raises(DatabaseError) as caught, transaction.atomic():
        model.objects.create(**fields)
    return refusal_of(caught.value, model)


def test_the_database_refuses_a_row_of_another_brand(campaign, other_brand):
    deal = make_deal(campaign)
    creator = make_creator()
    profile = creator.profiles.get()

    elsewhere = breaks(Deal, brand=other_brand, campaign=campaign, creator=creator, profile=profile)
    costs = breaks(CostLine, brand=other_brand, deal=deal, kind="fee", amount=1)
    borrowed = breaks(Deal, brand=campaign.brand, campaign=campaign, creator=creator, profile=deal.profile)

    assert elsewhere == "A deal and its campaign belong to the same brand."
    assert costs == "A cost line and its deal belong to the same brand."
    assert borrowed == "Choose a profile of this creator."


def test_a_campaign_with_deals_stays_with_its_brand(campaign, other_brand):
    make_deal(campaign)

    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        type(campaign).objects.filter(pk=campaign.pk).update(brand=other_brand)

    assert refusal_of(caught.value) == "A deal and its campaign belong to the same brand."


def test_the_database_refuses_an_unknown_kpi(brand):
    assert (
        breaks(Campaign, brand=brand, name="Odd", slug="odd", kpi="fame") == "Choose what the campaign is judged by."
    )


def test_the_database_refuses_odd_cost_lines(campaign):
    deal, other = make_deal(campaign), make_deal(campaign)
    line = make_cost(deal, "100")
    fields = {"brand": campaign.brand, "kind": "fee", "currency": "GBP"}

    negative = breaks(CostLine, deal=deal, amount=-5, **fields)
    unknown = breaks(CostLine, **{**fields, "kind": "lunch"}, deal=deal, amount=5)
    partial = breaks(CostLine, deal=deal, amount=-5, reverses=line, **fields)
    foreign = breaks(CostLine, deal=other, amount=-100, reverses=line, **fields)

    assert negative == "A cost is above zero; take one back by reversing its line."
    assert unknown == "Choose one of the known kinds of cost."
    assert partial == foreign == "A reversal takes back the whole of one line of the same deal."


def test_a_cost_line_is_neither_changed_nor_deleted(campaign):
    line = make_cost(make_deal(campaign))

    with pytest.raises(DatabaseError) as caught, transaction.atomic():
        CostLine.objects.filter(pk=line.pk).update(amount=1)

    assert refusal_of(caught.value) == STAYS
