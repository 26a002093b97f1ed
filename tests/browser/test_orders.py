"""Orders in a browser: the list, an order with a conflict, an upload from file to result, and the bucket of rates."""

import pytest
from django.core.management import call_command
from django_scopes import scope
from playwright.sync_api import Page, expect

from results import tasks
from results.models import Order
from team.models import Job
from tests.browser.watching import looked_at
from tests.factories import make_campaign, make_code, make_creator, make_deal
from tests.results.shop_files import a_file, an_item, an_order

UTM = "utm_source: instagram\nutm_medium: influencer\nutm_campaign: spring\nutm_content: ben.b_post1"
ROWS = [
    an_order(1, Discount_Code="ana10", Note_Attributes=UTM), an_item(1, "MUG"), an_item(1, "CANDLE HOLDER, LARGE"),
    an_order(2, Discount_Code="ANA10, WELCOME5", Created_at="2026-03-04 12:00:00 +0000"),
    an_order(3, Note_Attributes=UTM, Email="eve@example.com"), an_order(4, Financial_Status="voided"),
    an_order(5, Email="", Refunded_Amount="10", Financial_Status="partially_refunded"),
    *[an_order(6 + number, Currency="EUR", Email=f"p{number}@example.com") for number in range(3)],
]  # fmt: skip


@pytest.fixture
def shop(brand, tmp_path):
    """Orders of two creators, one without e-mail, one voided, three in euros."""
    campaign = make_campaign(brand, "spring", name="Spring launch")
    make_code(make_deal(campaign, make_creator("ana")), "ANA10")
    make_deal(campaign, make_creator("ben.b"))
    call_command("import_orders", a_file(tmp_path, *ROWS), brand=brand.slug, skip_bad=True)
    return brand


def test_the_list_swaps_its_rows_and_keeps_the_address(signed_in_page, shop):
    page: Page = signed_in_page
    page.goto("/orders/")

    page.get_by_label("Search").fill("ana10")
    expect(page.get_by_role("status").filter(has_text="2 orders")).to_be_visible()
    page.get_by_label("Customer").select_option("new")
    expect(page.get_by_role("status").filter(has_text="1 order")).to_be_visible()

    assert "q=ana10" in page.url and "customer=new" in page.url
    page.get_by_role("link", name="#1").click()
    expect(page.get_by_text("A code decides before a link.")).to_be_visible()


def test_an_upload_goes_from_the_file_to_its_result(signed_in_page, shop, tmp_path):
    page: Page = signed_in_page
    page.goto("/orders/import/")
    page.get_by_label("Order export").set_input_files(a_file(tmp_path, an_order(20), an_order(21, Subtotal="x")))
    page.get_by_role("button", name="Read the file").click()
    tasks.read_orders(job_id=Job.objects.filter(kind="read_orders").latest("pk").pk)

    page.get_by_role("link", name="See the result").click()
    expect(page.get_by_text("is not an amount")).to_be_visible()
    looked_at(page)
    page.get_by_role("button", name="Import the rest").click()
    tasks.import_orders(job_id=Job.objects.filter(kind="import_orders").latest("pk").pk)
    page.get_by_role("link", name="See the result").click()

    expect(page.get_by_role("heading", name="Imported")).to_be_visible()
    with scope(brand=shop):
        assert Order.objects.filter(name="#20").exists()
