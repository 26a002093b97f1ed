"""The parts that every page has: dialogs, keys, the palette, the phone's menu, the sign-in page."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.watching import axe_clean, looked_at, no_overflow
from tests.factories import PASSWORD, make_campaign, make_user


def test_a_person_signs_in(new_page, brand):
    make_user("ada@example.com", brand=brand)
    page: Page = new_page()

    page.goto("/")
    page.get_by_label("E-mail").fill("ada@example.com")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Today")


@pytest.mark.parametrize("path", ["/accounts/login/", "/accounts/password/reset/", "/accounts/password/reset/done/"])
def test_the_pages_before_the_door_are_clean(new_page, db, path):
    page: Page = new_page()
    page.goto(path)

    looked_at(page)


@pytest.mark.parametrize("path", ["/nothing/", "/setup/wrong/", "/invitation/wrong/", "/r/2222222", "/b/wrong/"])
def test_a_dead_end_is_a_decent_page(new_page, db, path):
    page: Page = new_page()
    page.context.set_extra_http_headers({"Accept": "text/html"})
    page.goto(path)

    expect(page.get_by_role("heading", level=1)).to_be_visible()
    looked_at(page)


def test_a_wrong_password_is_said_and_focused(new_page, db):
    page: Page = new_page()
    page.goto("/accounts/login/")

    page.get_by_label("E-mail").fill("nobody@example.com")
    page.get_by_label("Password", exact=True).fill("not this one")
    page.get_by_role("button", name="Sign in").click()

    expect(page.locator("[data-error-summary]")).to_be_focused()
    axe_clean(page)


def test_the_palette_finds_a_campaign_and_goes_there(signed_in_page, brand):
    make_campaign(brand, "spring", name="Spring colours")
    page: Page = signed_in_page
    page.goto("/")

    page.keyboard.press("Control+k")
    palette = page.get_by_role("dialog", name=re.compile("Go to"))
    expect(palette.get_by_role("option", name=re.compile("Today"))).to_be_visible()
    page.keyboard.type("zzz")
    expect(palette.get_by_role("option")).to_have_count(0)
    axe_clean(page)
    page.keyboard.press("Escape")

    expect(palette).to_be_hidden()


def test_keys_are_listed_and_can_be_switched_off(signed_in_page):
    page: Page = signed_in_page
    page.goto("/")

    page.keyboard.press("?")
    sheet = page.get_by_role("dialog", name="Keys")
    expect(sheet).to_be_visible()
    sheet.get_by_label("Use single keys").uncheck()
    sheet.get_by_role("button", name="Close").click()
    page.keyboard.press("?")

    expect(sheet).to_be_hidden()


def test_the_phone_has_a_menu_that_needs_no_script(new_page, signed_in_page):
    page: Page = signed_in_page
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto("/")

    page.locator(".topbar-menu > summary").click()

    expect(page.get_by_role("navigation", name="Menu").get_by_role("link", name="Today")).to_be_visible()
    axe_clean(page)
    no_overflow(page, 320)
