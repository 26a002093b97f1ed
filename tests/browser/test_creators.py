"""Creators in a real browser: the list, the page of one, and a roster on its way in."""

from datetime import timedelta

import pytest
from django_scopes import scope
from playwright.sync_api import Page, expect

from campaigns.actions.deals import Terms, add_deals
from campaigns.tasks import work_on_roster
from creators.actions import lifecycle
from creators.models import Contact, Creator
from team.models import Job
from tests.browser.watching import axe_clean, looked_at
from tests.factories import NOW, make_campaign, make_creator


@pytest.fixture
def anna(brand) -> Creator:
    """A creator with everything a page can show."""
    anna = make_creator("anna.bakes", name="Anna Bäcker", followers=12_300, country="Germany", city="Köln",
                        language="German", niches=["baking", "vegan"], notes="Prefers reels.\nNo alcohol.")  # fmt: skip
    Contact.objects.create(creator=anna, kind="email", value="anna@example.com")
    with scope(brand=brand):
        add_deals(make_campaign(brand, "spring", name="Spring"), {anna.pk: Terms()}, by=None, now=NOW)
    lifecycle.move([anna.pk], brand=brand, stage="prospect", why="Found at a fair", by=None, now=NOW)
    lifecycle.move([anna.pk], brand=brand, stage="live", why="Posted", by=None, now=NOW + timedelta(days=2))
    return anna


def test_the_page_of_a_creator_and_the_form(signed_in_page, anna):
    page: Page = signed_in_page
    page.goto(f"/creators/{anna.pk}/")
    looked_at(page)

    page.get_by_role("link", name="Edit", exact=True).click()
    looked_at(page)
    page.get_by_label("Name").fill("")
    page.get_by_role("button", name="Save").click()

    expect(page.get_by_label("Name")).to_be_focused()
    axe_clean(page)


def test_a_roster_goes_in(signed_in_page, anna, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    roster = tmp_path / "roster.csv"
    roster.write_text("Username,Network,Fee,Mystery\n@zoe,TikTok,120,x\nbo,tiktok,free,y\ncy,facebook,,z\n")
    page: Page = signed_in_page
    page.goto("/creators/import/")
    looked_at(page)

    page.get_by_label("Roster").set_input_files(roster)
    page.get_by_role("button", name="Go on").click()
    looked_at(page)
    page.get_by_role("button", name="Check the file").click()
    expect(page).to_have_url(f"/jobs/{Job.objects.get().pk}/")
    work_on_roster(job_id=Job.objects.get().pk)
    page.get_by_role("link", name="See the result").click()
    looked_at(page)
    page.get_by_role("button", name="Import 1 row").click()
    expect(page.get_by_role("checkbox")).to_be_focused()
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="Import 1 row").click()
    expect(page).to_have_url(f"/jobs/{Job.objects.get().pk}/")
    work_on_roster(job_id=Job.objects.get().pk)
    page.get_by_role("link", name="See the result").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Imported")
    looked_at(page)
