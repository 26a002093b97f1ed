"""Coming in and settling down: set-up, invitation, settings, and work that goes on in the background."""

from django.utils import timezone
from playwright.sync_api import Page, expect

from team.actions.jobs import progress_of
from team.actions.login_links import new_login_link
from team.actions.people import invite
from team.actions.setup import new_setup_token
from team.enums import JobState, Role
from team.models import Job, Membership
from tests.browser.watching import looked_at
from tests.conftest import signed_in
from tests.factories import make_user


def test_the_first_owner_sets_up_and_is_on_today(new_page, db):
    token = new_setup_token(now=timezone.now())
    page: Page = new_page()
    page.goto(f"/setup/{token}/")
    looked_at(page)

    page.get_by_label("Your name").fill("Ada Lovelace")
    page.get_by_label("E-mail").fill("ada@example.com")
    page.get_by_label("Password").fill("seven green bottles")
    page.get_by_label("Your first brand").fill("Acme Tea")
    page.get_by_label("Currency").select_option("GBP")
    page.get_by_label("Time zone").select_option("Europe/London")
    page.get_by_role("button", name="Begin").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Today")
    expect(page.locator("body")).to_contain_text("Acme Tea")


def test_a_mistake_at_set_up_is_said_beside_its_field(new_page, db):
    page: Page = new_page()
    page.goto(f"/setup/{new_setup_token(now=timezone.now())}/")

    page.get_by_label("E-mail").fill("ada")
    page.get_by_role("button", name="Begin").click()

    expect(page.get_by_label("E-mail")).to_have_attribute("aria-invalid", "true")
    looked_at(page)


def test_somebody_is_invited_and_comes_in(new_page, signed_in_page, brand):
    page: Page = signed_in_page
    page.goto("/settings/people/")
    page.get_by_label("E-mail").fill("new@example.com")
    page.get_by_role("button", name="Make the invitation").click()
    link = page.locator("#invitation-link").inner_text()
    looked_at(page)

    guest: Page = new_page()
    guest.goto("/" + link.split("/", 3)[3])
    looked_at(guest)
    guest.get_by_label("Your name").fill("New Person")
    guest.get_by_label("Password").fill("seven green bottles")
    guest.get_by_role("button", name="Join").click()

    expect(guest.get_by_role("heading", level=1)).to_have_text("Today")
    assert Membership.objects.filter(user__email="new@example.com", brand=brand, role=Role.MANAGER).exists()


def test_the_other_doors_are_clean(new_page, brand):
    owner = make_user("owner@example.com", brand=brand)
    known = make_user("known@example.com")
    _, token = invite(email=known.email, role=Role.VIEWER, brand=brand, by=owner, now=timezone.now())
    strange: Page = new_page()

    for path in ("/setup/wrong/", "/login/wrong/", "/invitation/wrong/", f"/invitation/{token}/"):
        strange.goto(path)
        looked_at(strange)
    other: Page = new_page(signed_in(owner))
    other.goto(f"/invitation/{token}/")
    looked_at(other)
    strange.goto(f"/login/{new_login_link(known, now=timezone.now())}/")
    looked_at(strange)
    strange.get_by_role("button", name="Sign in").click()

    expect(strange.get_by_role("heading", level=1)).to_have_text("Today")


def test_a_brand_is_edited(signed_in_page, brand):
    page: Page = signed_in_page
    page.goto("/settings/brands/")
    page.get_by_role("link", name="Acme").click()
    looked_at(page)

    page.get_by_label("Time zone").select_option("Europe/Berlin")
    page.get_by_role("button", name="Save").click()

    expect(page.get_by_role("cell", name="Europe/Berlin")).to_be_visible()


def test_the_theme_holds_on_the_next_page(signed_in_page):
    page: Page = signed_in_page
    page.goto("/settings/you/")

    page.get_by_label("Colours").select_option("dark")
    page.get_by_role("button", name="Save").click()

    expect(page.locator("html")).to_have_attribute("data-theme", "dark")


def test_a_job_shows_its_progress_and_then_its_result_by_itself(signed_in_page, brand):
    job = Job.objects.create(kind="import_orders", brand=brand, file_name="orders.csv")
    page: Page = signed_in_page
    page.goto(f"/jobs/{job.pk}/")
    looked_at(page)

    progress_of(job)(30, 120, "Reading orders")
    expect(page.locator("#job-state")).to_contain_text("Reading orders")
    Job.objects.filter(pk=job.pk).update(state=JobState.DONE, options={"result_url": "/orders/"})

    expect(page.get_by_role("link", name="See the result")).to_be_visible()
    looked_at(page)
