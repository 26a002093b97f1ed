"""Credits as they are stored: computed from facts, in whichever order those came."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django_scopes import scope
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from campaigns.enums import DealStatus
from campaigns.models import Campaign, Code, Deal, TrackingLink
from results.actions import credit
from results.actions.orders import take_in
from results.actions.staging import stage
from results.models import Credit, Evidence, Order
from team.models import Job
from tests.factories import NOW, make_campaign, make_code, make_creator, make_deal, make_link, make_order
from tests.results.shop_files import a_file, an_order

LINKED = {"utm_medium": "influencer", "utm_campaign": "spring", "utm_content": "ana_post1"}


@pytest.fixture
def deal(brand):
    """Ana in the spring campaign."""
    return make_deal(make_campaign(brand, "spring"), make_creator("ana"), commission_percent=Decimal(10))


def credits(brand):
    """Who got which order by which rule."""
    with scope(brand=brand):
        rows = Credit.objects.order_by("order__external_id")
        return list(rows.values_list("order__external_id", "deal__profile__handle", "rule", "commission"))


def test_a_credit_keeps_its_policy_and_its_evidence(brand, deal):
    make_code(deal, "ANA10")
    order = make_order(brand, codes=["ana10", "WELCOME"], utm=LINKED, external_id="1")

    with scope(brand=brand):
        assert credit.freshen(brand, now=NOW)
        assert not credit.freshen(brand, now=NOW)

        assert Credit.objects.get().policy == "code-first-1"
        assert list(Evidence.objects.values_list("order", "kind", "value", "could_win", "won")) == [
            (order.pk, "code", "ana10", True, True),
            (order.pk, "code", "WELCOME", False, False),
            (order.pk, "utm_content", "ana_post1", True, False),
        ]
    assert credits(brand) == [("1", "ana", "code", Decimal("5.00"))]


def test_computing_again_leaves_what_stays_as_it_is(brand, deal):
    make_code(deal, "ANA10")
    make_order(brand, codes=["ana10"])
    later = datetime(2027, 1, 1, tzinfo=UTC)
    with scope(brand=brand):
        credit.recompute(brand, now=NOW)
        before = [list(Credit.objects.values()), list(Evidence.objects.values())]

        assert credit.recompute(brand, now=later) == 0

        assert [list(Credit.objects.values()), list(Evidence.objects.values())] == before


CHANGES = {
    "a code": lambda deal: make_code(deal, "LATE"),
    "a code's last day": lambda deal: Code.objects.filter(code="ANA10").update(ends_on=date(2020, 1, 1)),
    "a deal's commission": lambda deal: Deal.objects.filter(pk=deal.pk).update(commission_percent=5),
    "a deal's status": lambda deal: Deal.objects.filter(pk=deal.pk).update(status=DealStatus.CANCELLED),
    "a campaign's day": lambda deal: Campaign.objects.update(starts_on=date(2026, 1, 1)),
    "when a deal was made": lambda deal: Deal.objects.filter(pk=deal.pk).update(created_at=NOW - timedelta(days=9)),
    "a link": lambda deal: make_link(deal),
    "a handle": lambda deal: type(deal.profile).objects.filter(pk=deal.profile_id).update(handle="anna"),
}


@pytest.mark.parametrize("what", CHANGES)
def test_whatever_changes_afterwards_makes_the_credits_stale(brand, deal, what):
    make_code(deal, "ANA10")
    with scope(brand=brand):
        credit.recompute(brand, now=NOW)
        assert not credit.is_stale(brand)

        CHANGES[what](deal)

        assert credit.is_stale(brand)


def test_only_the_orders_that_are_asked_for_are_computed(brand, deal):
    make_code(deal, "ANA10")
    one, other = (
        make_order(brand, codes=["ANA10"], external_id="1"),
        make_order(brand, codes=["ANA10"], external_id="2"),
    )
    with scope(brand=brand):
        assert credit.recompute(brand, [one.pk], now=NOW) == 1
        assert credit.recompute(brand, [one.pk, other.pk], now=NOW) == 1

        Order.objects.filter(pk=one.pk).update(codes=[])
        assert credit.recompute(brand, [one.pk], now=NOW) == 1
    assert [row[0] for row in credits(brand)] == ["2"]


ROWS = [
    an_order(1, Discount_Code="ANA10", Note_Attributes="utm_medium: influencer\nutm_campaign: spring\nutm_content: ben_post1"),
    an_order(2, Note_Attributes="utm_medium: influencer\nutm_campaign: spring\nutm_content: Ana-2", Email="b@example.com"),
    an_order(3, Discount_Code="ben10, ANA10", Created_at="2026-02-01 00:00:00 +0000"),
    an_order(4, Discount_Code="NOBODY", Email=""),
    an_order(1, Discount_Code="ANA10", Financial_Status="partially_refunded", Refunded_Amount="10"),
]  # fmt: skip


@pytest.mark.django_db
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(["first file", "second file", "codes", "deals", "links"]))
def test_the_order_of_arrival_changes_nothing(brand, tmp_path, order):
    with transaction.atomic():
        world = _World(brand, tmp_path)
        for step in order:
            world.does[step]()
        with scope(brand=brand):
            credit.freshen(brand, now=NOW)
        found = credits(brand), world.firsts()
        transaction.set_rollback(True)

    # The refunded telling of order 1 comes second or first, so its money is whichever file came last.
    assert [row[:3] for row in found[0]] == [
        ("9000001", "ana", "code"),
        ("9000002", "ana", "link"),
        ("9000003", "ben", "code"),
    ]
    assert found[1] == ["9000002", "9000003"]


class _World:
    """A brand whose facts can come in any order; creators and the campaign are there from the start."""

    def __init__(self, brand, folder):
        self.brand, self.folder = brand, folder
        self.campaign = make_campaign(brand, "spring")
        self.creators = [make_creator("ana"), make_creator("ben")]
        self.does = {
            "first file": lambda: self._import(*ROWS[:3]),
            "second file": lambda: self._import(*ROWS[3:]),
            "codes": self._codes,
            "deals": self._deals,
            "links": lambda: [make_link(deal) for deal in self._all_deals()],
        }

    def firsts(self):
        with scope(brand=self.brand):
            return sorted(Order.objects.filter(is_first=True).values_list("external_id", flat=True))

    def _import(self, *rows):
        job = Job.objects.create(kind="x", brand=self.brand)
        with scope(brand=self.brand):
            stage(job, self.brand, a_file(self.folder, *rows), "orders.csv")
            assert not take_in(job, self.brand, skip_bad=False, now=NOW).bad

    def _codes(self):
        for creator, code in zip(self.creators, ("ANA10", "BEN10"), strict=True):
            Code.objects.create(brand=self.brand, creator=creator, code=code)

    def _deals(self):
        for creator in self.creators:
            make_deal(self.campaign, creator)

    def _all_deals(self):
        with scope(brand=self.brand):
            return list(Deal.objects.all())


@pytest.mark.parametrize("values", [{"rule": "luck"}, {"commission": -1}])
def test_the_database_refuses_credits_that_cannot_be(brand, deal, values):
    order = make_order(brand)

    with pytest.raises(IntegrityError), transaction.atomic():
        Credit.objects.create(
            **{"brand": brand, "order": order, "deal": deal, "rule": "code", "policy": "x", **values}
        )


def test_the_database_refuses_a_second_credit_and_a_second_first_order(brand, deal):
    order = make_order(brand, customer=b"x", is_first=True)
    Credit.objects.create(brand=brand, order=order, deal=deal, rule="code", policy="x")

    with pytest.raises(IntegrityError), transaction.atomic():
        Credit.objects.create(brand=brand, order=order, deal=deal, rule="link", policy="x")
    with pytest.raises(IntegrityError), transaction.atomic():
        make_order(brand, customer=b"x", is_first=True)


@pytest.mark.parametrize(
    "values",
    [{"subtotal": "-1"}, {"rate": None}, {"not_counted": "bored"}, {"not_counted": "voided", "is_first": True}],
)
def test_the_database_refuses_orders_that_cannot_be(brand, values):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_order(brand, **values)


def test_a_link_of_another_brand_is_unknown_here(brand, other_brand, deal):
    foreign: TrackingLink = make_link(make_deal(make_campaign(other_brand)))
    make_order(brand, utm={**LINKED, "utm_id": str(foreign.pk)})

    with scope(brand=brand):
        credit.recompute(brand, now=NOW)

        reasons = Evidence.objects.filter(kind="utm_id").values_list("creator", "reason")
        assert list(reasons) == [(None, "No link of this brand has this id.")]
