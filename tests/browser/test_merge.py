"""Two creators that are one person are found, merged, and made two again."""

import pytest
from playwright.sync_api import expect

from creators.actions.duplicates import find_all
from creators.models import Contact, Creator
from tests.browser.watching import axe_clean, no_overflow
from tests.factories import NOW, make_creator

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_pair_is_merged_and_taken_back(signed_in_page, live_server, brand):
    for handle, platform, name in (("ana.kocht", "tiktok", "Ana Berger"), ("anakocht", "instagram", "A. Berger")):
        creator = make_creator(handle, platform=platform, name=name)
        Contact.objects.create(creator=creator, kind="email", value="ana@example.com")
    find_all(now=NOW)
    page = signed_in_page

    page.goto(f"{live_server.url}/creators/duplicates/")
    expect(page.get_by_role("status").first).to_have_text("1 pair")
    page.get_by_role("link", name="Merge Ana Berger and A. Berger").click()
    expect(page.get_by_role("heading", name="Merge A. Berger into Ana Berger")).to_be_visible()
    axe_clean(page)
    page.set_viewport_size({"width": 320, "height": 700})
    no_overflow(page)
    page.set_viewport_size({"width": 1440, "height": 900})
    page.get_by_role("button", name="Merge", exact=True).click()
    expect(page.get_by_role("heading", name="Ana Berger", level=1)).to_be_visible()
    expect(page.get_by_text("anakocht on Instagram")).to_be_visible()
    page.goto(f"{live_server.url}/creators/merges/")
    page.get_by_role("button", name="Make them two again").click()
    expect(page.get_by_role("heading", name="A. Berger", level=1)).to_be_visible()

    assert Creator.objects.count() == 2
