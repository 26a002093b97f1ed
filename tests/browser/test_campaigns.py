"""Campaign pages in a real browser: the press, and searching as one types. `test_walk` looks at every page."""

from datetime import date
from decimal import Decimal

import pytest
from django_scopes import scope
from playwright.sync_api import Page, expect

from campaigns.actions.costs import reverse_cost
from campaigns.actions.deals import Terms, add_deals
from campaigns.models import CostLine
from tests.browser.watching import axe_clean, no_overflow
from tests.factories import KNOWN, NOW, make_campaign, make_code, make_creator, make_deal


@pytest.fixture
def campaign(brand):
    """Six creators with terms, some with a code, one cost taken back; one code of a stranger in the way."""
    campaign = make_campaign(
        brand, "spring-26", name="Spring colours", destination="https://shop.example/collections/spring?ref=home",
        starts_on=date(2026, 11, 1), ends_on=date(2026, 11, 30), budget=Decimal(5000), target_cac=Decimal(25),
    )  # fmt: skip
    make_code(make_deal(make_campaign(brand, "old", name="Winter", ends_on=date(2025, 1, 31))), "ANA10")
    handles = ["ana", "bo.b", "cy_the_cyclist", "dee", "_eve.lyn_", "fox"]
    creators = [make_creator(handle, name=handle.title()) for handle in handles]
    terms = Terms(Decimal(120), Decimal("20.48"), Decimal("4.51"), Decimal(5))
    with scope(brand=brand):
        add_deals(campaign, {creator.pk: terms for creator in creators}, by=None, now=NOW, reasons=KNOWN)
        reverse_cost(CostLine.objects.filter(kind="shipping").earliest("pk"), None, NOW)
        make_code(campaign.deals.get(profile__handle="dee"), "DeeLight15")
        yield campaign


def test_links_and_codes_are_made_in_one_press(signed_in_page, campaign):
    page: Page = signed_in_page
    page.goto("/campaigns/spring-26/links/")

    page.get_by_role("link", name="Make links and codes").first.click()
    expect(page.get_by_text("so ANA210.")).to_be_visible()
    page.get_by_label("Percent in new codes").fill("15")
    page.get_by_role("button", name="Make 6 links and 5 codes").click()

    expect(page.get_by_text("6 links", exact=True)).to_be_visible()
    expect(page.get_by_role("cell", name="DeeLight15")).to_be_visible()
    page.get_by_role("button", name="Switch off link of fox").click()
    expect(page.get_by_text("within 5 seconds")).to_be_visible()


def test_deals_are_found_as_one_types_and_moved_together(signed_in_page, campaign):
    page: Page = signed_in_page
    page.goto("/campaigns/spring-26/")

    page.get_by_label("Search", exact=True).fill("bo")
    expect(page.get_by_text("1 deal", exact=True)).to_be_visible()
    page.get_by_role("checkbox", name="All on this page").check()
    page.get_by_label("New status").select_option("live")
    page.get_by_role("button", name="Set status").click()

    expect(page.get_by_text("One deal moved.")).to_be_visible()
    assert "q=bo" in page.url


def test_a_filter_of_the_plan_stays_in_the_press(signed_in_page, campaign):
    page: Page = signed_in_page
    page.goto("/campaigns/spring-26/links/make/")

    page.get_by_label("Leading to").fill("nowhere")
    expect(page.get_by_text("is not a web address")).to_be_visible()

    expect(page.get_by_role("button", name="Make 6 links")).to_have_count(0)


def test_the_preview_of_a_list_and_a_bad_form_are_clean(signed_in_page, campaign):
    page: Page = signed_in_page
    make_creator("new.one")
    page.goto("/campaigns/spring-26/deals/add-many/")

    page.get_by_label("Handles").fill("@new.one\nana\nnobody.there")
    page.get_by_role("button", name="Show who that is").click()
    expect(page.get_by_role("heading", name="1 to add")).to_be_visible()
    axe_clean(page)
    no_overflow(page)
    page.get_by_role("spinbutton", name="Fee").fill("-5")
    page.get_by_role("button", name="Add 1 creator").click()

    expect(page.locator("[data-error-summary]")).to_be_visible()
    axe_clean(page)
