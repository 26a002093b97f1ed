"""The list of creators in a real browser: a view saved and found again, and one stage for more than a page shows."""

import re

from django_scopes import scope
from playwright.sync_api import Page, expect

from creators.models import LifecycleSpan
from tests.factories import make_creator


def test_a_list_is_narrowed_saved_as_a_view_and_found_again(signed_in_page):
    make_creator("ana", country="Spain"), make_creator("bo", country="France")
    page: Page = signed_in_page
    rows = page.locator("#rows tbody tr")
    page.goto("/creators/")
    expect(rows).to_have_count(2)

    page.get_by_text("Add a filter").click()
    page.get_by_role("textbox", name="Country").fill("Spain")
    expect(rows).to_have_count(1)
    page.keyboard.press("Escape")
    expect(page.get_by_role("textbox", name="Country")).to_be_hidden()
    expect(page.get_by_role("list", name="Filters")).to_contain_text("Country: Spain")
    page.locator("summary", has_text="Save as").click()
    page.get_by_label("Name of the view").fill("In Spain")
    page.get_by_role("button", name="Save the view").click()
    expect(page).to_have_url(re.compile(r"view=\d+"))
    page.goto("/creators/?sort=name")
    expect(rows).to_have_count(2)
    page.get_by_role("link", name="In Spain").click()

    expect(rows).to_have_count(1)
    expect(rows).to_contain_text("ana")
    expect(page.get_by_text("is changed")).to_have_count(0)


def test_everybody_who_matches_is_put_into_a_stage_not_only_the_page(signed_in_page, brand):
    for n in range(53):
        make_creator(f"spanish.{n:02}", country="Spain")
    make_creator("bo", country="France")
    page: Page = signed_in_page
    page.goto("/creators/?country=Spain&sort=name")
    expect(page.locator("#rows tbody tr")).to_have_count(50)

    page.locator("[data-all]").check()
    expect(page.locator("[data-bulk-count]")).to_have_text("50 selected")
    page.locator("input[type=checkbox][name=all]").check()
    expect(page.locator("[data-bulk-count]")).to_have_text("All selected")
    page.get_by_role("button", name="Set the stage").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Set the stage of 53 creators")
    page.get_by_label("Stage").select_option("seeded")
    page.get_by_label("Reason").fill("Sent the spring box")
    page.get_by_role("button", name="Set the stage").click()

    expect(page.locator(".toast")).to_contain_text("53 moved")
    expect(page).to_have_url(re.compile("country=Spain"))
    with scope(brand=brand):
        assert LifecycleSpan.objects.filter(stage="seeded").count() == 53


def test_a_cell_is_edited_and_a_creator_looked_at_by_key(signed_in_page):
    make_creator("ana"), make_creator("bo")
    page: Page = signed_in_page
    page.goto("/creators/?columns=tags&sort=name")

    page.keyboard.press("j")
    expect(page.locator("tr.at")).to_contain_text("ana")
    page.keyboard.press("e")
    expect(page.locator(".cell-form input[name=tags]")).to_be_focused()
    page.keyboard.type("vip")
    page.keyboard.press("Enter")
    expect(page.locator("tr.at .badge")).to_have_text("vip")
    expect(page.locator(".htmx-added")).to_have_count(0)  # until then a link does not know that it swaps a cell
    page.keyboard.press("e")
    expect(page.locator(".cell-form input[name=tags]")).to_be_focused()
    page.keyboard.type(", new")
    page.keyboard.press("Enter")
    expect(page.locator("tr.at .badge")).to_have_text(["vip", "new"])
    expect(page.locator(".htmx-added")).to_have_count(0)
    page.keyboard.press("o")
    expect(page.locator("#drawer h2")).to_have_text("ana")
    page.keyboard.press("j")
    expect(page.locator("#drawer h2")).to_have_text("bo")
    page.keyboard.press("Escape")

    expect(page.locator("#drawer")).to_be_hidden()
    expect(page.locator("tr.at").get_by_role("link", name="bo", exact=True)).to_be_focused()
