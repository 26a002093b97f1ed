"""The report's pages: figures with links to what they are made of, and the receipts behind them."""

import csv
import io
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import make_campaign, make_code, make_cost, make_creator, make_deal
from tests.results.examples import make_credit


@pytest.fixture
def campaign(brand):
    return make_campaign(brand, "spring", name="Spring launch")


@pytest.fixture
def ana(campaign):
    """Ana brought two new customers by her code; one order also carried Ben's link."""
    ana, ben = (make_deal(campaign, make_creator(handle)) for handle in ("ana", "ben"))
    make_code(ana, "ANA10")
    make_credit(ana, customer=b"a", is_first=True, name="#1", subtotal="100", commission="10")
    make_credit(ana, customer=b"b", is_first=True, name="#2", others=[(ben, "utm_content")])
    make_credit(ana, rule="link", name="#3")
    make_cost(ana, "60")
    make_cost(ben, "40")
    return ana


def test_measure_lists_the_brands_campaigns_with_what_a_customer_cost(owner, ana, other_brand):
    make_campaign(other_brand, name="Not mine")

    page = owner.get("/measure/").content.decode()

    assert "Spring launch" in page and "Not mine" not in page
    assert "from 2" in page
    assert "/campaigns/spring/report/orders/?only=new" in page


def test_measure_searches_by_name(owner, campaign):
    assert "Spring launch" in owner.get("/measure/?q=spring").content.decode()
    assert "No campaign matches" in owner.get("/measure/?q=autumn").content.decode()


def test_the_report_says_what_a_new_customer_cost(owner, ana):
    page = owner.get("/campaigns/spring/report/").content.decode()

    assert "Each new customer cost about £" in page and "from 2 new customers." in page
    assert "more than £" in page and "no new customer yet" in page
    assert "New customers are new to our records since 2 Nov 2026." in page
    assert "code-first-1" in page


def test_every_number_leads_to_its_orders_and_costs(owner, ana):
    page = owner.get("/campaigns/spring/report/").content.decode()

    assert f"/campaigns/spring/report/orders/?deal={ana.pk}&amp;only=new" in page
    assert f"/campaigns/spring/report/costs/{ana.pk}/" in page


def test_the_plot_is_drawn_with_its_target(owner, ana):
    page = owner.get("/campaigns/spring/report/?target=45").content.decode()

    assert page.count("<svg") >= 2 and "chart-ref" in page and "chart-target" in page
    assert "the target of £45" in page
    assert "style=" not in page


def test_the_campaigns_own_target_is_the_default(owner, ana, campaign):
    campaign.target_cac = Decimal(45)
    campaign.save()

    assert "the target of £45" in owner.get("/campaigns/spring/report/").content.decode()


def test_rows_are_sorted_and_searched_by_the_address(owner, ana):
    def handles(query):
        return [row.handle for row in owner.get(f"/campaigns/spring/report/?{query}").context["page"]]

    assert handles("sort=handle") == ["ana", "ben"]
    assert handles("sort=-handle") == ["ben", "ana"]
    assert handles("sort=-orders") == ["ana", "ben"]
    assert handles("sort=nonsense") == ["ana", "ben"]
    assert handles("q=ana10") == ["ana"]


@pytest.mark.parametrize(
    "query",
    [
        "from=1+March",
        "from=2026-03-02&to=2026-03-01",
        "to=9999-12-31",
        "policy=last-click",
        "target=-1",
        "target=cheap",
    ],
)
def test_an_address_that_asks_nonsense_is_told_so(owner, ana, query):
    for page in ("report/", "report.csv", "report.json", "report/orders/"):
        assert owner.get(f"/campaigns/spring/{page}?{query}").status_code == 422


def test_downloads_print_the_same_report(owner, ana):
    file = b"".join(owner.get("/campaigns/spring/report.csv?q=ana&target=45").streaming_content).decode()
    (row,) = csv.DictReader(io.StringIO(file))
    answer = owner.get("/campaigns/spring/report.json?target=45").json()

    assert row["handle"] == "ana"
    assert row["cac_mid"] == answer["creators"][0]["cac"]["mid"]
    assert answer["totals"]["new_customers"] == 2


def test_an_empty_campaign_says_what_to_do(owner, campaign):
    assert "No creator is in this campaign" in owner.get("/campaigns/spring/report/").content.decode()


def test_the_report_takes_as_many_queries_for_three_creators_as_for_one(owner, campaign):
    counts = []
    for handle in ("ana", "ben", "cleo"):
        make_cost(make_deal(campaign, make_creator(handle)))
        with CaptureQueriesContext(connection) as queries:
            owner.get("/campaigns/spring/report/")
        counts.append(len(queries))

    assert counts[0] == counts[2] <= 12, [query["sql"][:100] for query in queries]


def test_a_dominant_code_stands_beside_the_figures(owner, campaign):
    heavy, *others = [make_deal(campaign, make_creator(f"c{number}")) for number in range(40)]
    for number in range(12):
        make_credit(heavy, customer=b"h%d" % number, is_first=True)
    make_credit(others[0], customer=b"o", is_first=True)

    page = owner.get("/campaigns/spring/report/").content.decode()

    assert "12 of 13 new customers; 0% of its orders carry the creator&#x27;s link, others 0%" in page


def test_credited_orders_show_the_rule_and_the_evidence_that_lost(owner, ana):
    page = owner.get(f"/campaigns/spring/report/orders/?deal={ana.pk}").content.decode()

    assert "#1" in page and "#2" in page and "#3" in page
    assert "A code goes before a link." in page
    assert "gross £200.00" in page


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("only=new", ["#1", "#2"]),
        ("rule=link", ["#3"]),
        ("only=unknown", ["#3"]),
        ("only=conflict", ["#2"]),
        ("q=%232", ["#2"]),
        ("from=2020-01-01&to=2020-12-31", []),
        ("policy=link-first-1&rule=code", ["#1"]),
    ],
)
def test_credited_orders_are_those_of_the_number(owner, ana, query, names):
    answer = owner.get(f"/campaigns/spring/report/orders/?{query}")

    assert sorted(row.order.name for row in answer.context["rows"]) == names


def test_a_deal_of_another_campaign_is_not_found(owner, ana, brand):
    elsewhere = make_deal(make_campaign(brand, "autumn"))

    assert owner.get(f"/campaigns/spring/report/orders/?deal={elsewhere.pk}").status_code == 404
    assert owner.get(f"/campaigns/spring/report/costs/{elsewhere.pk}/").status_code == 404


def test_costs_show_each_line_reversals_and_commission_by_order(owner, ana):
    fee = make_cost(ana, "30", note="Second post", made_by=owner.user)
    make_cost(ana, "-30", reverses=fee)

    page = owner.get(f"/campaigns/spring/report/costs/{ana.pk}/").content.decode()

    assert "£70.00" in page
    assert "Second post" in page and "owner@example.com" in page and "taken back" in page
    assert "#1" in page and "£10.00" in page and "#2" not in page


def test_the_whole_cost_leads_to_what_each_deal_cost(owner, ana):
    make_cost(ana, "30")
    report = owner.get("/campaigns/spring/report/").content.decode()

    answer = owner.get("/campaigns/spring/report/costs/?policy=code-first-1")

    assert 'href="/campaigns/spring/report/costs/?' in report
    assert [row.deal for row in answer.context["page"]][:1] == [ana.pk]
    assert f'href="/campaigns/spring/report/costs/{ana.pk}/"' in answer.content.decode()
    assert owner.get("/campaigns/spring/report/costs/?from=soon").status_code == 422


def test_orders_that_are_shared_say_so(owner, ana):
    page = owner.get(f"/campaigns/spring/report/orders/?policy=linear-1&deal={ana.pk}").content.decode()
    both = owner.get("/campaigns/spring/report/orders/?policy=linear-1&only=conflict")

    assert "0.5 of the order" in page and "2.5 of 3 orders" in page
    assert [(row.order.name, row.share) for row in both.context["rows"]] == [("#2", 1)]
    assert "2.5" in owner.get("/campaigns/spring/report/?policy=linear-1").content.decode()
