"""The list of clicks, the storefront snippet and the page that says where it goes."""

from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.utils import timezone

from results.actions import salts
from results.actions.roll_up import roll_up_clicks
from results.actions.shipping import store
from results.logic.click_ids import click_id
from tests.factories import make_brand, make_campaign, make_creator, make_deal, make_link, make_order

SOURCE = Path(__file__).parents[2] / "results" / "storefront"
_SECOND = timedelta(seconds=1)


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    """No clicks of other tests wait on this disk."""
    settings.CLICKS_FOLDER = tmp_path


def make_clicks(link, *kinds, at=None, agent="Firefox"):
    """One click of each kind, a second apart."""
    at = at or timezone.now() - timedelta(hours=1)
    store(
        [
            (
                UUID(click_id(number, (link.pk * 1000 + number).to_bytes(10))),
                at + number * _SECOND,
                link.pk,
                kind,
                b"",
                "",
                agent,
                "",
                False,
            )
            for number, kind in enumerate(kinds)
        ]
    )
    roll_up_clicks()


@pytest.fixture
def link(brand):
    """A link of a creator called ana.b in the campaign "spring"."""
    return make_link(make_deal(make_campaign(brand, "spring"), make_creator("ana.b")))


def test_clicks_are_listed_with_their_class_and_summed(manager, link):
    make_clicks(link, "human", "human", "bot", "preview")

    response = manager.get("/clicks/")

    assert response.status_code == 200
    assert response.context["page"].paginator.count == 4
    assert [click.kind for click in response.context["page"]] == ["preview", "bot", "human", "human"]
    assert (response.context["sums"].human, response.context["sums"].unique, response.context["sums"].bot) == (
        2,
        2,
        1,
    )
    assert "ana.b" in response.content.decode()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("kind=human", 2), ("kind=bot", 1), ("kind=nonsense", 4), ("q=ANA", 3), ("q=@ana.b", 3), ("q=spring", 3),
        ("q=nobody", 0), ("q=ana&kind=human", 1), ("first=2099-01-01", 0), ("last=2000-01-01", 0), ("first=x", 4),
        ("last=9999-12-31", 4),
    ],
)  # fmt: skip
def test_the_list_is_narrowed_by_its_address(manager, brand, link, query, found):
    other = make_link(make_deal(make_campaign(brand, "autumn"), make_creator("zoe")))
    make_clicks(link, "human", "bot", "preview")
    make_clicks(other, "human")

    response = manager.get(f"/clicks/?{query}")

    assert (response.context["page"].paginator.count, len(response.context["page"])) == (found, found)


def test_a_link_is_found_by_its_short_address(manager, brand, link):
    make_clicks(link, "human")
    make_clicks(make_link(make_deal(make_campaign(brand))), "human")

    response = manager.get(f"/clicks/?q={link.slug}")

    assert [click.link_id for click in response.context["page"]] == [link.pk]


def test_days_are_the_brands_days(manager, brand, link):
    brand.time_zone = "Pacific/Auckland"
    brand.save()
    at = timezone.now().replace(year=2026, month=3, day=1, hour=12)  # the 2nd of March in Auckland
    make_clicks(link, "human", at=at)

    counts = [
        len(manager.get(f"/clicks/?first={day}&last={day}").context["page"]) for day in ("2026-03-01", "2026-03-02")
    ]

    assert counts == [0, 1]


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_the_same_at_one_row_and_at_three(manager, brand, number, django_assert_max_num_queries):
    for _ in range(number):
        make_clicks(make_link(make_deal(make_campaign(brand))), "human")

    with django_assert_max_num_queries(12) as queries:
        manager.get("/clicks/")

    assert len(queries) == QUERIES


QUERIES = 5


def test_a_neighbour_sees_none_of_them(neighbour, link):
    make_clicks(link, "human", agent="Unmistakable")

    response = neighbour.get("/clicks/")

    assert "Unmistakable" not in response.content.decode()
    assert "No clicks yet" in response.content.decode()


def test_clicks_lost_to_a_full_disk_are_shown(manager, brand, settings):
    valkey = salts.Redis.from_url(settings.REDIS_URL)
    today = timezone.now().date()
    valkey.delete(f"{salts.LOST_KEY}:{today.isoformat()}")
    salts.tell_lost(valkey, 7, today=today)

    page = manager.get("/clicks/").content.decode()

    valkey.delete(f"{salts.LOST_KEY}:{today.isoformat()}")
    assert "7 clicks of the last 30 days were lost" in page


def test_the_snippet_is_small_and_kept_by_browsers(stranger):
    response = stranger.get("/store/snippet.js")

    again = stranger.get("/store/snippet.js", headers={"if-none-match": response["ETag"]})

    assert response.status_code == 200
    assert response["Content-Type"] == "text/javascript; charset=utf-8"
    assert response["Cache-Control"] == "public, max-age=3600"
    assert len(response.content) < 2000
    assert again.status_code == 304
    assert not response.cookies


def test_the_snippet_and_its_source_name_the_same_things():
    small, source = (SOURCE / "snippet.js").read_text(), (SOURCE / "snippet.source.js").read_text()

    for word in ("utm_source", "utm_medium", "utm_campaign", "utm_content", "utm_term", "utm_id", "tclid", "attributes",
                 "cart/update.js", "globalPrivacyControl", "doNotTrack", "max-age=2592000"):  # fmt: skip
        assert word in small and word in source
    assert "document.write" not in small and "eval" not in small


def test_the_storefront_page_shows_the_line_to_paste(manager, brand, settings):
    settings.SITE_URL = "https://troupe.example"

    page = manager.get("/settings/storefront/").content.decode()

    assert "&lt;script src=&quot;https://troupe.example/store/snippet.js&quot; async&gt;&lt;/script&gt;" in page
    assert "there is nothing to check" in page


def test_the_storefront_page_tells_whether_orders_carry_clicks(manager, brand):
    now = timezone.now()
    make_order(brand, ordered_at=now, utm={"tclid": "01938f5e-7c00-7abc-8def-0123456789ab", "utm_source": "tiktok"})
    make_order(brand, ordered_at=now, utm={"utm_source": "google"})
    make_order(brand, ordered_at=now)
    make_order(brand, ordered_at=now - timedelta(days=31), utm={"tclid": "x"})
    make_order(make_brand(), ordered_at=now, utm={"tclid": "x"})

    response = manager.get("/settings/storefront/")

    seen = response.context["seen"]
    assert (seen.orders, seen.with_utm, seen.with_click) == (3, 2, 1)
    assert "1 of 3 orders" in response.content.decode()
