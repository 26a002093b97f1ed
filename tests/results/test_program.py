"""The real program: 120 creators and a shop's 4,381 orders, against an independent count of them."""

import csv
import json
import os
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django_scopes import scope

from campaigns.models import Campaign, Deal
from results.models import Credit, Evidence, Order
from team.models import Brand
from tests.factories import make_brand, make_campaign, make_code, make_creator, make_deal

PROGRAM = Path(os.environ.get("TROUPE_DATA", "../shared/data")) / "program"
pytestmark = pytest.mark.data


@pytest.fixture
def program(db) -> Brand:
    """The roster as deals and codes of one campaign."""
    if not PROGRAM.is_dir():
        pytest.skip(f"needs {PROGRAM}")
    brand = make_brand("Shop", slug="shop")
    campaign = make_campaign(brand, slug="spring_launch")
    with (PROGRAM / "roster.csv").open() as file:
        for row in csv.DictReader(file):
            creator = make_creator(row["handle"], platform=row["platform"])
            make_code(make_deal(campaign, creator, commission_percent=row["commission_percent"]), row["code"])
    return brand


@pytest.fixture
def answers():
    """The independent count."""
    return json.loads((PROGRAM / "answers.json").read_text())


def test_orders_are_credited_as_the_independent_count_has_them_and_a_second_import_changes_nothing(
    program, answers, capsys
):
    call_command("import_orders", PROGRAM / "orders_shopify.csv", brand="shop")
    before = tables()
    capsys.readouterr()

    call_command("import_orders", PROGRAM / "orders_shopify.csv", brand="shop", format="json")

    told = json.loads(capsys.readouterr().out)
    assert told == {"rows": 4381, "new": 0, "updated": 0, "unchanged": 4381, "skipped": 0, "bad": []}
    assert tables() == before
    assert addresses_kept() == 0
    with scope(brand=program):
        assert Order.objects.count() == answers["orders"]
        assert Credit.objects.count() == answers["credited"]
        assert credited() == {handle: of(row) for handle, row in answers["by_creator"].items() if row["orders"]}


def test_codes_and_deals_that_come_after_the_orders_give_the_same_credits(program, answers):
    campaign = Campaign.objects.with_scopes_disabled().get()
    with scope(brand=program):
        deals = list(Deal.objects.values("creator_id", "profile_id", "commission_percent"))
        Deal.objects.all().delete()
    call_command("import_orders", PROGRAM / "orders_shopify.csv", brand="shop")

    with scope(brand=program):
        assert Credit.objects.count() == 0
        Deal.objects.bulk_create(Deal(brand=program, campaign=campaign, **deal) for deal in deals)
        call_command("import_orders", PROGRAM / "orders_shopify.csv", brand="shop")

        assert Credit.objects.count() == answers["credited"]


def addresses_kept():
    """How many stored rows hold anything like an e-mail address: customers are known by their hash only."""
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from results_raworder where rows::text like '%@%'")
        return cursor.fetchone()[0]


def of(row):
    """The part of a creator's answer that orders and credits decide."""
    whole = ("orders", "code_orders", "link_orders", "new_customers", "unknown_customers")
    return {**{name: row[name] for name in whole}, "gross": Decimal(row["gross"]), "net": Decimal(row["net"])}


def credited():
    """The same, counted from the tables."""
    with connection.cursor() as cursor:
        cursor.execute(
            """select profile.handle, jsonb_build_object(
                 'orders', count(*), 'code_orders', count(*) filter (where credit.rule = 'code'),
                 'link_orders', count(*) filter (where credit.rule = 'link'),
                 'new_customers', count(*) filter (where o.is_first and o.customer <> ''),
                 'unknown_customers', count(*) filter (where o.customer = ''),
                 'gross', sum(o.gross)::text, 'net', sum(o.net)::text)
               from results_credit credit join results_order o on o.id = credit.order_id
               join campaigns_deal deal on deal.id = credit.deal_id
               join creators_profile profile on profile.id = deal.profile_id group by 1"""
        )
        return {
            handle: {**row, "gross": Decimal(row["gross"]), "net": Decimal(row["net"])}
            for handle, row in ((handle, json.loads(text)) for handle, text in cursor.fetchall())
        }


def tables():
    """Every order, credit and finding as it is stored."""
    return [list(model.objects.with_scopes_disabled().order_by("pk").values()) for model in (Order, Credit, Evidence)]
