"""What the script adds to a list: search as you type, bulk selection, rows by key, copying."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.factories import make_campaign, make_creator, make_deal, make_link


@pytest.fixture
def creators(brand):
    """Three creators on the roster."""
    return [make_creator(handle) for handle in ("ana.b", "bob", "cleo")]


def test_typing_filters_the_list_and_going_back_restores_it(signed_in_page, creators):
    page: Page = signed_in_page
    page.goto("/creators/")
    rows = page.locator("#rows tbody tr")
    expect(rows).to_have_count(3)

    page.keyboard.press("/")
    page.keyboard.type("cleo")
    expect(rows).to_have_count(1)
    expect(page).to_have_url(re.compile("q=cleo|find=cleo|search=cleo"))
    page.reload()
    expect(rows).to_have_count(1)
    page.go_back()

    expect(rows).to_have_count(3)


def test_rows_are_chosen_by_hand_by_key_and_all_at_once(signed_in_page, creators):
    page: Page = signed_in_page
    page.goto("/creators/")
    bar = page.locator("[data-bulk-bar]")
    expect(bar).to_be_hidden()

    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("x")
    expect(bar).to_contain_text("1 selected")
    expect(page.locator("tr.at")).to_contain_text("bob")
    page.locator("[data-all]").check()
    expect(bar).to_contain_text("3 selected")
    page.keyboard.press("k")
    expect(page.locator("tr.at")).to_contain_text("ana.b")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("ana.b")


def test_a_short_link_is_copied_also_where_the_clipboard_is_refused(signed_in_page, brand):
    campaign = make_campaign(brand, "spring")
    make_link(make_deal(campaign), "abc2345")
    page: Page = signed_in_page
    page.goto("/campaigns/spring/links/")

    page.evaluate("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    page.evaluate(
        "document.addEventListener('copy', () => { window.copied = String(document.activeElement.value); })"
    )
    page.locator("[data-copy]").first.click()

    expect(page.locator(".toast")).to_have_text("Copied.")
    assert page.evaluate("window.copied").endswith("/r/abc2345")
