import re
from decimal import Decimal as D

import pytest
from playwright.sync_api import expect

from tests.factories import make_campaign, make_creator

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_hint_beside_a_fee_follows_what_is_chosen(signed_in_page, live_server, brand):
    creator = make_creator("ana", platform="instagram", followers=1_000)
    creator.profiles.create(platform="youtube", handle="ana", followers=10_000)
    campaign = make_campaign(brand, target_cac=D(20))
    page = signed_in_page

    page.goto(f"{live_server.url}/campaigns/{campaign.slug}/deals/add/?creator={creator.pk}")
    hint = page.locator(".fair-rate")
    expect(hint).to_contain_text("Fair rate, Post or carousel: $50")
    page.get_by_label(re.compile("Fee is for")).select_option("reel")
    expect(hint).to_contain_text("Fair rate, Reel or TikTok: $75")
    page.get_by_label(re.compile("Fee is for")).select_option("short")
    page.get_by_label(re.compile("Posts on")).select_option(label="ana (YouTube)")
    expect(hint).to_contain_text("Fair rate, Short: $600")


def test_usage_changes_the_fair_rates_in_place(signed_in_page, live_server, brand):
    creator = make_creator("ana", followers=1_000)
    page = signed_in_page

    page.goto(f"{live_server.url}/creators/{creator.pk}/rates/")
    expect(page.locator("#fair")).to_contain_text("$75")
    page.get_by_label("Paid usage").select_option("30")
    expect(page.locator("#fair")).to_contain_text("$90")
    page.get_by_label("Paid usage").select_option("90")
    expect(page.locator("#fair")).to_contain_text("$120")
    page.get_by_label("All platforms").check()
    expect(page.locator("#fair")).to_contain_text("$135")
    page.get_by_label("With whitelisting").check()
    expect(page.locator("#fair")).to_contain_text("$150")
