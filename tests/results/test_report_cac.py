"""The command: names and words as the contracts pin them, the result alone on standard output."""

import csv
import io
import json
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command

from tests.factories import make_campaign, make_code, make_cost, make_creator, make_deal, make_order


@pytest.fixture
def campaign(brand):
    """Ana sold to a new and to an unknown customer, Ben to nobody, Cleo cost nothing."""
    campaign = make_campaign(brand, "spring")
    ana, ben = (make_deal(campaign, make_creator(handle), commission_percent=10) for handle in ("ana", "ben"))
    make_deal(campaign, make_creator("cleo", platform="youtube"))
    make_code(ana, "ANA10")
    make_order(brand, customer=b"a", is_first=True, subtotal="100", codes=["ana10"])
    link = {"utm_source": "tiktok", "utm_medium": "influencer", "utm_campaign": "spring", "utm_content": "ana_post1"}
    make_order(brand, subtotal="20.5", utm=link)
    make_cost(ana, "60")
    make_cost(ben, "40")
    return campaign


def report(*flags):
    out = io.StringIO()
    call_command("report_cac", "--campaign", "spring", *flags, stdout=out)
    return out.getvalue()


def test_json_has_the_pinned_names(campaign):
    answer = json.loads(report("--format", "json"))

    assert list(answer) == ["campaign", "brand", "policy", "currency", "period", "target", "totals", "creators"]
    assert {**answer, "totals": 0, "creators": 0} == {
        "campaign": "spring", "brand": "acme", "policy": "code-first-1", "currency": "GBP",
        "period": {"from": None, "to": None}, "target": None, "totals": 0, "creators": 0,
    }  # fmt: skip
    assert [row["handle"] for row in answer["creators"]] == ["ana", "ben", "cleo"]


def test_json_of_a_creator_and_of_the_totals(campaign):
    answer = json.loads(report("--format", "json"))

    ana = answer["creators"][0]
    cac = ana.pop("cac")
    assert ana == {
        "handle": "ana", "platform": "tiktok", "code": "ANA10", "clicks": 0, "unique_clicks": 0, "orders": 2,
        "code_orders": 1, "link_orders": 1, "new_customers": 1, "unknown_customers": 1, "gross": "120.50",
        "net": "120.50", "cost": "72.05", "roas": "1.6724",
    }  # fmt: skip
    assert list(cac) == ["low", "mid", "high", "level", "n", "method"]
    assert (cac["level"], cac["n"], cac["method"]) == (0.9, 1, "gamma-poisson-grid-1")
    assert float(cac["low"]) < float(cac["mid"]) < float(cac["high"])
    assert next(iter(answer["totals"])) == "deals"
    assert answer["totals"]["deals"] == 3
    assert answer["totals"]["cac"]["method"] == "poisson-jeffreys-1"


def test_without_a_new_customer_only_low_is_given_and_without_cost_nothing(campaign):
    _, ben, cleo = json.loads(report("--format", "json"))["creators"]

    assert float(ben["cac"]["low"]) > 0
    assert (ben["cac"]["mid"], ben["cac"]["high"], ben["roas"]) == (None, None, "0.0000")
    assert cleo["cac"] == {"low": None, "mid": None, "high": None, "level": 0.9, "n": 0, "method": "no-cost"}
    assert (cleo["cost"], cleo["roas"], cleo["code"]) == ("0.00", None, None)


def test_a_target_adds_a_chance_to_every_row(campaign):
    answer = json.loads(report("--format", "json", "--target", "80", "--from", "2020-01-01", "--to", "2030-12-31"))

    assert (answer["target"], answer["period"]) == ("80.00", {"from": "2020-01-01", "to": "2030-12-31"})
    assert 0 < answer["totals"]["p_below_target"] < 1
    assert [type(row["p_below_target"]) for row in answer["creators"]] == [float, float, type(None)]


def test_the_campaigns_own_target_is_the_default(campaign):
    campaign.target_cac = Decimal(45)
    campaign.save()

    assert json.loads(report("--format", "json"))["target"] == "45.00"
    assert json.loads(report("--format", "json", "--target", "80"))["target"] == "80.00"


def test_csv_has_the_same_names_and_figures(campaign):
    rows = list(csv.DictReader(io.StringIO(report("--format", "csv", "--target", "80"))))

    assert list(rows[0]) == [
        "handle", "platform", "code", "clicks", "unique_clicks", "orders", "code_orders", "link_orders",
        "new_customers", "unknown_customers", "gross", "net", "cost", "roas", "cac_low", "cac_mid", "cac_high",
        "cac_level", "cac_n", "cac_method", "p_below_target",
    ]  # fmt: skip
    ana = json.loads(report("--format", "json"))["creators"][0]
    assert (rows[0]["cost"], rows[0]["cac_mid"], rows[1]["cac_mid"]) == (ana["cost"], ana["cac"]["mid"], "")


def test_text_says_what_a_customer_cost_and_what_is_in_it(campaign):
    text = report()

    assert "Each new customer cost about £" in text
    assert "Cost is fees £100.00, product £0.00, shipping £0.00 and commission £12.05." in text
    assert "New customers are new to our records since 2 Nov 2026." in text
    assert "more than £" in text and "no cost recorded" in text


@pytest.mark.parametrize("policy", ["link-first-1", "first-click-1", "linear-1"])
def test_another_policy_is_named(campaign, policy):
    answer = json.loads(report("--format", "json", "--policy", policy))

    assert (answer["policy"], answer["totals"]["orders"]) == (policy, 2)


@pytest.mark.parametrize(
    "flags",
    [
        ["--campaign", "autumn"],
        ["--brand", "rival"],
        ["--policy", "linear-9"],
        ["--from", "1 March"],
        ["--from", "2026-03-02", "--to", "2026-03-01"],
        ["--to", "9999-12-31"],
        ["--target", "cheap"],
        ["--target", "0"],
    ],
)
def test_wrong_use_is_told_with_exit_2(campaign, flags):
    with pytest.raises(CommandError) as refusal:
        report(*flags)

    assert refusal.value.returncode == 2


def test_a_campaign_without_deals_has_totals_alone(brand):
    make_campaign(brand, "spring")

    answer = json.loads(report("--format", "json"))

    assert (answer["creators"], answer["totals"]["orders"], answer["totals"]["gross"]) == ([], 0, "0.00")
    assert report("--format", "csv").startswith("handle,platform,code")
    assert "no cost per" not in report()


def test_an_empty_period_is_told_on_standard_error(campaign, capsys):
    errors = io.StringIO()
    call_command("report_cac", "--campaign", "spring", "--to", "2020-01-01", stdout=io.StringIO(), stderr=errors)

    assert "No cost falls in this period" in errors.getvalue()
