"""The board in a real browser: a card's own control first, then a refusal, then dragging as an extra."""

import re

from playwright.sync_api import expect

from creators.actions import lifecycle
from tests.factories import NOW, make_campaign, make_creator, make_deal


def test_a_card_is_moved_by_its_control_and_by_dragging(signed_in_page, brand):
    anna, bo = make_creator("anna", name="Anna Field"), make_creator("bo", name="Bo Lake")
    make_deal(make_campaign(brand, "spring", name="Spring"), anna)
    for creator in (anna, bo):
        lifecycle.move([creator.pk], brand=brand, stage="prospect", why="Found at a fair", by=None, now=NOW)
    page = signed_in_page
    card, column = page.locator(f"#card-{anna.pk}"), lambda stage: page.locator(f"[data-stage={stage}]")

    page.goto("/creators/board/", timeout=60_000)  # the first page of a cold process
    card.locator("summary").click()
    card.get_by_label("Move to").select_option("contacted")
    card.get_by_label("Reason").fill("She wrote back")
    card.get_by_role("button", name="Move").click()
    expect(column("contacted").get_by_role("link", name="Anna Field")).to_be_visible()

    card.drag_to(column("live"))
    expect(card.get_by_label("Move to")).to_have_value("live")
    expect(card.get_by_label("Reason")).to_be_focused()
    page.keyboard.type("Saw the post")
    page.keyboard.press("Enter")
    expect(column("live").get_by_role("link", name="Anna Field")).to_be_visible()
    expect(card.locator("summary")).to_be_focused()

    other = page.locator(f"#card-{bo.pk}")
    other.drag_to(column("live"))
    expect(other.get_by_label("Reason")).to_be_focused()
    page.keyboard.type("Saw the post")
    page.keyboard.press("Enter")
    expect(other.get_by_role("alert")).to_have_text("Live needs a deal that is running in this brand.")
    expect(column("prospect").get_by_role("link", name="Bo Lake")).to_be_visible()

    page.get_by_role("searchbox", name="Search").fill("bo")
    expect(page.get_by_role("status").filter(has_text=re.compile("^1 creator$"))).to_be_visible()
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
