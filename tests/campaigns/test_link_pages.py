"""The pages of links and codes: preview, press, table, files, QR."""

import csv
import io
import re

import pytest
from django_scopes import scope

from campaigns.models import Code, TrackingLink
from tests.factories import make_campaign, make_code, make_creator, make_deal, make_link


@pytest.fixture
def campaign(brand):
    return make_campaign(brand, "spring", destination="https://shop.example/")


def links(brand) -> list[TrackingLink]:
    with scope(brand=brand):
        return list(TrackingLink.objects.order_by("pk"))


def test_the_preview_writes_nothing_and_shows_collisions_first(manager, brand, campaign):
    make_code(make_deal(make_campaign(brand), make_creator("other", name="Other")), "BO10")
    make_deal(campaign, make_creator("ana"))
    make_deal(campaign, make_creator("bo"))

    page = manager.get("/campaigns/spring/links/make/").content.decode()

    assert "Make 2 links and 2 codes" in page
    assert "BO10 belongs to Other, so BO210." in page
    assert page.index(">bo<") < page.index(">ana<")
    assert links(brand) == []


def test_one_press_makes_everything_and_the_next_nothing(manager, brand, campaign):
    make_deal(campaign, make_creator("ana"))

    made = manager.post("/campaigns/spring/links/make/", {"percent": "15"}, follow=True).content.decode()
    again = manager.post("/campaigns/spring/links/make/", follow=True).content.decode()

    (link,) = links(brand)
    assert "Made 1 links and 1 codes." in made and f"/r/{link.slug}" in made and "ANA15" in made
    assert "Organic Social" in made and "/b/" in made
    assert "Made 0 links and 0 codes." in again
    assert len(links(brand)) == 1


def test_another_post_of_one_deal(manager, brand, campaign):
    deal = make_deal(campaign)
    make_deal(campaign)
    manager.post("/campaigns/spring/links/make/")

    manager.post("/campaigns/spring/links/make/", {"deals": str(deal.pk), "another_post": "on"})

    assert [(link.deal_id == deal.pk, link.post) for link in links(brand)].count((True, 2)) == 1
    assert len(links(brand)) == 3


def test_a_bad_destination_is_shown_and_nothing_is_made(manager, brand, campaign):
    make_deal(campaign)

    foreseen = manager.get("/campaigns/spring/links/make/?destination=nowhere")
    pressed = manager.post("/campaigns/spring/links/make/", {"destination": "nowhere"})
    percent = manager.post("/campaigns/spring/links/make/", {"percent": "150"})

    assert "is not a web address" in foreseen.content.decode()
    assert (pressed.status_code, percent.status_code) == (422, 422)
    assert links(brand) == []


def test_links_go_out_as_a_file_and_as_text(manager, brand, campaign, settings):
    deal = make_deal(campaign, make_creator("ana", name="=Ana"))
    make_code(deal, "ANA10")
    link = make_link(deal)

    answer = manager.get("/campaigns/spring/links.csv")
    text = manager.get("/campaigns/spring/links/text/").content.decode()

    (row,) = csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode()))
    assert row["handle"] == "ana"
    assert row["name"] == "'=Ana"
    assert row["code"] == "ANA10"
    assert row["link"] == f"{settings.SITE_URL}/r/{link.slug}"
    assert row["brief"] == f"{settings.SITE_URL}{deal.brief_path}"
    assert f"ANA10\t{settings.SITE_URL}/r/{link.slug}" in text


def test_a_link_is_switched_off_and_says_when_it_stops(manager, brand, campaign):
    link = make_link(make_deal(campaign))

    off = manager.post(f"/links/{link.pk}/switch/", follow=True).content.decode()
    assert "within 5 seconds" in off
    assert links(brand)[0].off_at is not None

    manager.post(f"/links/{link.pk}/switch/")
    assert links(brand)[0].off_at is None


def test_all_links_lead_to_another_page(manager, brand, campaign):
    make_deal(campaign)
    manager.post("/campaigns/spring/links/make/")

    moved = manager.post("/campaigns/spring/links/destination/", {"destination": "https://shop.example/new"})
    bad = manager.post("/campaigns/spring/links/destination/", {"destination": "nowhere"})
    long = manager.post("/campaigns/spring/links/destination/", {"destination": f"https://a.example/{'é' * 200}"})
    pressed = manager.post("/campaigns/spring/links/make/", {"destination": f"https://a.example/{'é' * 200}"})

    assert moved.status_code == 302
    assert links(brand)[0].target.startswith("https://shop.example/new?utm_source=")
    assert (bad.status_code, "is not a web address" in bad.content.decode()) == (422, True)
    assert (long.status_code, "may have 500 at most" in long.content.decode()) == (422, True)
    assert (pressed.status_code, "may have 500 at most" in pressed.content.decode()) == (422, True)


def test_the_list_finds_by_handle_code_and_state(manager, brand, campaign):
    ana, bo = make_deal(campaign, make_creator("ana")), make_deal(campaign, make_creator("bo"))
    make_code(ana, "SUN10")
    make_link(ana)
    make_link(bo, off_at="2026-11-01T00:00Z")

    assert ">bo<" not in manager.get("/campaigns/spring/links/?q=sun").content.decode()
    assert ">ana<" not in manager.get("/campaigns/spring/links/?state=off").content.decode()
    assert ">ana<" not in manager.get("/campaigns/spring/links/?medium=paid_social").content.decode()


def test_a_qr_code_is_an_svg_without_style(manager, brand, campaign):
    link = make_link(make_deal(campaign))

    answer = manager.get(f"/links/{link.pk}/qr.svg?download")
    sheet = manager.get("/campaigns/spring/links/qr/").content.decode()

    svg = answer.content.decode()
    assert answer["Content-Type"] == "image/svg+xml"
    assert svg.startswith("<svg") and "style" not in svg
    assert sheet.count("<figure>") == 1 and not re.search(r"style=", sheet)


def test_the_plan_asks_as_many_queries_for_three_deals_as_for_one(manager, campaign, django_assert_max_num_queries):
    make_deal(campaign)
    manager.get("/campaigns/spring/links/make/")
    with django_assert_max_num_queries(18) as first:
        manager.get("/campaigns/spring/links/make/")
    make_deal(campaign)
    make_deal(campaign)
    with django_assert_max_num_queries(len(first)):
        manager.get("/campaigns/spring/links/make/")


def test_a_code_from_the_roster_is_kept_as_written(manager, brand, campaign):
    make_code(make_deal(campaign), "Kept-As_Is")

    manager.post("/campaigns/spring/links/make/")

    with scope(brand=brand):
        assert list(Code.objects.values_list("code", flat=True)) == ["Kept-As_Is"]
