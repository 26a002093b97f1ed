"""The main job as one journey: from a roster file to what a new customer cost, and to a brief that its creator accepts.

Everything is done through pages by one person, but for the two things that are not theirs: the worker's turns, and
the stranger who opens a brief.
"""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from django_scopes import scope
from playwright.sync_api import Page, expect

from campaigns.models import Code
from campaigns.tasks import work_on_roster
from results import tasks
from team.models import Job
from tests.factories import PASSWORD, make_user
from tests.results.shop_files import a_file, an_order

HANDLES = ("ana.bakes", "bo_b", "cy")
ROSTER = """handle,platform,name,email,followers,country
@ana.bakes,tiktok,Ana Baker,ana@example.com,12300,GB
bo_b,instagram,Bo Bo,bo@example.com,4100,GB
cy,youtube,Cy Clist,cy@example.com,900,IE
"""
# New customers, orders without an e-mail, and one customer who comes twice.
ANAS, BOS = 4, 2


@pytest.fixture
def page(new_page, brand) -> Page:
    """The page of somebody who owns the brand and has not signed in yet."""
    make_user("owner@example.com", brand=brand)
    page: Page = new_page()
    return page


def test_from_a_roster_to_the_cost_of_a_new_customer_and_an_accepted_brief(page, new_page, brand, tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    _sign_in(page)
    _import_roster(page, tmp_path)
    _make_campaign(page)
    _put_creators_in(page)
    _make_links_and_codes(page)
    _upload_orders(page, tmp_path, _codes(brand))

    _read_the_report(page)
    _open_what_a_number_is_made_of(page)
    address = _make_briefs(page)
    _accept_as_a_stranger(new_page(), address)

    page.goto("/creators/?q=ana.bakes")
    page.get_by_role("row", name="ana.bakes").get_by_role("link", name="Ana Baker", exact=True).click()
    timeline = page.locator(".timeline")
    expect(timeline).to_contain_text("Opened brief 1")
    expect(timeline).to_contain_text("Ana B. Baker")


def _sign_in(page: Page) -> None:
    page.goto("/")
    page.get_by_label("E-mail").fill("owner@example.com")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Today")


def _import_roster(page: Page, folder) -> None:
    roster = folder / "roster.csv"
    roster.write_text(ROSTER)
    page.goto("/creators/import/")
    page.get_by_label("Roster").set_input_files(roster)
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name="Check the file").click()
    _work(page, work_on_roster)
    page.get_by_role("button", name="Import 3 rows").click()
    _work(page, work_on_roster)
    expect(page.get_by_role("heading", level=1)).to_have_text("Imported")


def _make_campaign(page: Page) -> None:
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Campaigns").click()
    page.get_by_role("link", name="New campaign").first.click()
    page.get_by_label("Name", exact=True).fill("Spring launch")
    page.get_by_label("Landing page").fill("https://shop.example.com/spring")
    page.get_by_label("Discount in percent").fill("10")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Spring launch")


def _put_creators_in(page: Page) -> None:
    page.get_by_role("link", name="Add many").click()
    page.get_by_label("Handles").fill("\n".join(HANDLES))
    page.get_by_role("button", name="Show who that is").click()
    page.get_by_role("spinbutton", name="Fee").fill("120")
    page.get_by_label("without a verdict").fill("Known from last year")
    page.get_by_role("button", name="Add 3 creators").click()
    expect(page.get_by_text("3 deals", exact=True)).to_be_visible()


def _make_links_and_codes(page: Page) -> None:
    page.get_by_role("link", name="Links and codes").click()
    page.get_by_role("link", name="Make links and codes").first.click()
    page.get_by_role("button", name="Make 3 links and 3 codes").click()
    expect(page.get_by_text("3 links", exact=True)).to_be_visible()


def _codes(brand) -> dict[str, str]:
    with scope(brand=brand):
        return dict(Code.objects.values_list("creator__profiles__handle", "code"))


def _upload_orders(page: Page, folder, codes: dict[str, str]) -> None:
    page.goto("/orders/import/")
    page.get_by_label("Order export").set_input_files(_export(folder, codes))
    page.get_by_role("button", name="Read the file").click()
    _work(page, tasks.read_orders)
    page.get_by_role("button", name="Import 8 orders").click()
    _work(page, tasks.import_orders)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Imported")
    tasks.roll_up_credit()


def _export(folder, codes: dict[str, str]):
    ordered = f"{timezone.now() - timedelta(hours=1):%Y-%m-%d %H:%M:%S} +0000"
    carried = [codes["ana.bakes"]] * ANAS + [codes["bo_b"].lower()] * BOS
    orders = [
        an_order(100 + number, Email=f"p{number}@example.com", Discount_Code=code, Created_at=ordered)
        for number, code in enumerate(carried)
    ]
    unknown = an_order(200, Email="", Discount_Code=codes["ana.bakes"], Created_at=ordered)
    nobodys = an_order(201, Email="q@example.com", Created_at=ordered)
    return a_file(folder, *orders, unknown, nobodys)


def _read_the_report(page: Page) -> None:
    page.goto("/campaigns/")
    page.get_by_role("link", name="Spring launch").click()
    page.get_by_role("link", name="Report").click()
    expect(page.get_by_text("Each new customer cost about")).to_contain_text("from 6 new customers")
    ana = page.get_by_role("row", name="ana.bakes").last
    expect(ana).to_contain_text("£120.00")
    expect(ana.locator(".estimate")).to_contain_text(re.compile(r"£\d+ £\d+–£\d+ from 4"))
    expect(page.get_by_role("row", name="cy").last).to_contain_text("no new customer yet")


def _open_what_a_number_is_made_of(page: Page) -> None:
    page.get_by_role("row", name="ana.bakes").last.get_by_role("link", name="4", exact=True).click()
    expect(page.get_by_role("status").filter(has_text="4 orders, gross £200.00")).to_be_visible()
    page.get_by_role("link", name="#100").click()
    expect(page.get_by_text("A creator's code on the order decides first.")).to_be_visible()


def _make_briefs(page: Page) -> str:
    """Make everybody's brief; the address of Ana's."""
    page.goto("/briefs/")
    page.get_by_role("link", name="Spring launch").click()
    page.get_by_role("button", name="Make briefs for 3 creators").click()
    row = page.get_by_role("row", name="ana.bakes")
    return row.get_by_role("link", name="Open page").get_attribute("href") or ""


def _accept_as_a_stranger(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.locator("#own-code")).to_have_text("ANABAKES10")
    page.get_by_label("name").fill("Ana B. Baker")
    page.get_by_role("button", name="Accept").click()
    expect(page.get_by_text("Accepted by Ana B. Baker")).to_be_visible()


def _work(page: Page, task) -> None:
    """Once the job's page is there, do what a worker would do with the youngest job, and follow it to its result."""
    page.wait_for_url("**/jobs/*/")
    task(job_id=Job.objects.latest("pk").pk)
    page.get_by_role("link", name="See the result").click()
