"""Things done to many creators, cells edited in place, and the look at one beside the list."""

import re

import pytest
from django.urls import reverse
from django_scopes import scope

from creators.models import Refresh, Relationship
from tests.factories import make_campaign, make_creator, make_provider_key, make_user

pytestmark = pytest.mark.django_db


def kept(brand):
    with scope(brand=brand):
        return {each.creator.name: (each.owner, each.tags) for each in Relationship.objects.select_related("creator")}


def test_tags_are_changed_for_all_that_the_filter_finds_after_asking(manager, brand):
    make_creator("ana", country="Spain"), make_creator("bo", country="Spain"), make_creator("cy", country="France")
    form = {"all": "yes", "add": "VIP, gifted"}

    asked = manager.post("/creators/tags/?country=spain", form)
    manager.post("/creators/tags/?country=spain", {**form, "sure": "yes"})

    assert "Change the tags of 2 creators" in asked.content.decode()
    assert kept(brand) == {"ana": (None, ["vip", "gifted"]), "bo": (None, ["vip", "gifted"])}


def test_tags_need_some_and_not_too_many(manager):
    ana = make_creator("ana")

    for add in ("", "x" * 41):
        response = manager.post("/creators/tags/", {"ids": [ana.pk], "sure": "yes", "add": add})
        assert response.status_code == 422


def test_the_owner_is_set_for_those_selected(manager, brand):
    ana, _ = make_creator("ana"), make_creator("bo")

    manager.post("/creators/owner/", {"ids": [ana.pk], "sure": "yes", "owner": manager.user.pk})

    assert kept(brand) == {"ana": (manager.user, [])}


def test_a_stranger_cannot_own(manager):
    ana, stranger = make_creator("ana"), make_user()

    response = manager.post("/creators/owner/", {"ids": [ana.pk], "sure": "yes", "owner": stranger.pk})

    assert response.status_code == 422


def test_a_campaign_gets_those_chosen_on_its_own_page(manager, brand):
    campaign = make_campaign(brand, "spring")
    ana, _ = make_creator("ana"), make_creator("bo")

    handed = manager.post("/creators/campaign/", {"ids": [ana.pk], "sure": "yes", "campaign": campaign.pk})

    assert handed.url == reverse("campaigns:add_deals", args=["spring"])
    assert manager.get(handed.url).context["form"]["handles"].value() == "ana"
    assert manager.get(handed.url).context["form"]["handles"].value() == ""


def test_a_list_of_a_brand_that_one_only_reads_changes_nothing(manager, brand, other_brand):
    ana = make_creator("ana")

    manager.post("/creators/tags/", {"ids": [ana.pk], "sure": "yes", "add": "vip", "shown_as": other_brand.pk})

    assert kept(brand) == {}


def test_an_export_holds_the_chosen_columns_of_the_selection_and_no_formula(viewer):
    ana, _ = make_creator("ana", name="=1+1", city="Ávila"), make_creator("bo")

    response = viewer.post("/creators/export.csv?columns=city,tier", {"ids": [ana.pk]})

    assert b"".join(response).decode().splitlines() == [
        "handle,platform,name,city,tier", "ana,tiktok,'=1+1,Ávila,nano"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("column", "posted", "shown"),
    [
        ("tags", {"tags": "VIP"}, "vip"),
        ("niches", {"niches": "Food, vegan"}, "food, vegan"),
        ("stage", {"stage": "live", "why": "Posted"}, "Live"),
        ("owner", {"owner": ""}, ""),
    ],
)
def test_a_cell_is_edited_in_place(manager, column, posted, shown):
    ana = make_creator("ana")
    address = f"/creators/{ana.pk}/cell/{column}/?sort=name"

    form = manager.get(address, headers={"HX-Request": "true"})
    saved = manager.post(address, posted, headers={"HX-Request": "true"})
    without_script = manager.post(address, posted)

    assert b"<form" in form.content and b"<html" not in form.content
    assert shown in saved.content.decode() and b"<form" not in saved.content
    assert without_script.url == "/creators/?sort=name"


@pytest.mark.parametrize(
    ("column", "posted"),
    [("tags", {"tags": "x" * 50}), ("stage", {"stage": "famous", "why": "x"}), ("owner", {"owner": "0"})],
)
def test_a_bad_cell_comes_back_with_its_form(manager, column, posted):
    ana = make_creator("ana")

    response = manager.post(f"/creators/{ana.pk}/cell/{column}/", posted, headers={"HX-Request": "true"})

    assert response.status_code == 422
    assert b"<form" in response.content
    described = re.findall(rb'aria-invalid="true" aria-describedby="(\w+)"', response.content)
    assert described and b'id="%s"' % described[0] in response.content


def test_the_look_at_one_knows_its_neighbours_in_the_filter(viewer):
    ana, bo, cy = (make_creator(name, country="Spain") for name in ("ana", "bo", "cy"))
    make_creator("aa", country="France")

    page = viewer.get(f"/creators/{bo.pk}/peek/?country=Spain&at=1")

    assert (page.context["before"], page.context["after"]) == (ana.pk, cy.pk)
    assert viewer.get(f"/creators/{cy.pk}/peek/?country=Spain&at=2").context["after"] is None


def test_chosen_columns_come_in_the_order_of_their_places(viewer):
    make_creator("ana")

    response = viewer.get("/creators/?show=city&show=stage&at_stage=1&at_city=2&country=Spain")

    assert response.url == "/creators/?country=Spain&columns=stage%2Ccity&sort=name"


def test_all_that_the_filter_finds_is_refreshed(manager):
    make_provider_key()
    make_creator(country="GB"), make_creator(country="DE")

    manager.post(f"{reverse('desk:creators_refresh')}?country=gb", {"all": "yes", "sure": "yes"})

    assert Refresh.objects.values("profile").distinct().count() == 1
