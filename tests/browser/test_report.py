"""The report in a browser, on many creators: swapped without a load, and every number a way to its orders."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.browser.watching import looked_at
from tests.factories import NOW, make_campaign, make_code, make_cost, make_creator, make_deal
from tests.results.examples import make_credit

ORDERS = (9, 4, 2, 1, 0, 0, 0)


@pytest.fixture
def report(brand):
    """Creators with very different success, one of them by far the heaviest."""
    campaign = make_campaign(brand, "spring", name="Spring launch")
    deals = [make_deal(campaign, make_creator(f"creator_with_name_{number}")) for number in range(45)]
    for number, deal in enumerate(deals):
        make_code(deal, f"CODE{number}")
        make_cost(deal, str(90 + 7 * (number % 9)))
        orders = 40 if number == 3 else ORDERS[number % len(ORDERS)]
        for order in range(orders):
            make_credit(
                deal, customer=b"%d-%d" % (number, order), is_first=order % 2 == 0, name=f"#{number}-{order}",
                ordered_at=NOW - timedelta(hours=11 * order), others=[(deals[0], "utm_content")] if order == 5 else (),
            )  # fmt: skip
    return deals


def test_search_and_sorting_swap_the_rows_and_keep_the_address(signed_in_page, report):
    page: Page = signed_in_page
    page.goto("/campaigns/spring/report/")

    page.get_by_label("Search", exact=True).fill("name_3")
    expect(page.get_by_role("status").filter(has_text="of 45")).to_have_count(1)
    page.get_by_role("table", name="Figures of each creator").get_by_role("link", name="Orders", exact=True).click()

    expect(page.locator("th[aria-sort=descending]")).to_have_text("Orders ↓")
    looked_at(page)
    assert "q=name_3" in page.url and "sort=-orders" in page.url


def test_a_number_leads_to_its_orders_and_back(signed_in_page, report):
    page: Page = signed_in_page
    page.goto("/campaigns/spring/report/?sort=-orders&target=45")

    page.get_by_role("row", name="creator_with_name_3 CODE3").get_by_role("link", name="20", exact=True).click()
    expect(page.get_by_text("20 orders, gross")).to_be_visible()
    page.get_by_role("link", name="Spring launch, report").click()

    expect(page.locator("#id_target")).to_have_value("45")
