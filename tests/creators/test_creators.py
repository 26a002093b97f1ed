from decimal import Decimal

import pytest
from django_scopes import scope

from campaigns.actions.deals import Terms, add_deals
from creators.actions import lifecycle
from creators.models import Creator, Profile
from creators.queries.lifecycle import present_stages
from tests.factories import KNOWN, NOW, make_campaign, make_creator, make_deal

pytestmark = pytest.mark.django_db


def form_data(**changes):
    return {
        "name": "Anna", "country": "", "region": "", "city": "", "language": "", "niches": "", "notes": "",
        "profiles-TOTAL_FORMS": "1", "profiles-INITIAL_FORMS": "0", "profiles-0-platform": "tiktok",
        "profiles-0-handle": "anna", "profiles-0-followers": "", "contacts-TOTAL_FORMS": "0",
        "contacts-INITIAL_FORMS": "0", **changes,
    }  # fmt: skip


def test_a_creator_is_added_by_hand(manager):
    response = manager.post(
        "/creators/add/",
        form_data(**{
            "name": "Zoë", "country": "uk", "niches": "Vegan, food, vegan", "profiles-0-handle": "https://www.tiktok.com/@Zoe?lang=en",
            "profiles-0-followers": "1200", "contacts-TOTAL_FORMS": "1", "contacts-0-kind": "email",
            "contacts-0-value": "zoe@example.com",
        }),
    )  # fmt: skip

    zoe = Creator.objects.get()
    assert (response.status_code, response.url) == (302, f"/creators/{zoe.pk}/")
    assert (zoe.name, zoe.sort_name, zoe.niches) == ("Zoë", "zoe", ["vegan", "food"])
    assert zoe.country == "United Kingdom"
    assert list(zoe.profiles.values_list("platform", "handle", "followers", "is_main")) == [
        ("tiktok", "zoe", 1200, True)
    ]
    assert zoe.contacts.get().value == "zoe@example.com"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"name": ""}, "required"),
        ({"profiles-0-handle": "https://x.com/anna"}, "not the address of a profile on TikTok"),
        ({"profiles-0-handle": "", "profiles-0-platform": ""}, "at least one profile"),
        ({"profiles-0-followers": "-1"}, "greater than or equal to 0"),
        ({"profiles-0-handle": "taken"}, "already"),
    ],
)
def test_a_form_that_does_not_fit_comes_back_with_words(manager, change, said):
    make_creator("taken")

    response = manager.post("/creators/add/", form_data(**change))

    assert response.status_code == 422
    assert said in response.content.decode()
    assert Creator.objects.count() == 1


def test_the_main_profile_moves_and_a_profile_goes(manager):
    anna = make_creator("anna")
    tiktok = anna.profiles.get()
    x = Profile.objects.create(creator=anna, platform="x", handle="anna_x")

    manager.post(
        f"/creators/{anna.pk}/edit/",
        form_data(**{
            "profiles-TOTAL_FORMS": "2", "profiles-INITIAL_FORMS": "2",
            "profiles-0-id": tiktok.pk, "profiles-0-DELETE": "on",
            "profiles-1-id": x.pk, "profiles-1-platform": "x", "profiles-1-handle": "anna_x",
            "profiles-1-is_main": "on",
        }),
    )  # fmt: skip

    assert list(anna.profiles.values_list("handle", "is_main")) == [("anna_x", True)]


def test_a_profile_with_deals_stays(manager, brand):
    anna = make_creator("anna")
    make_deal(make_campaign(brand), anna)
    Profile.objects.create(creator=anna, platform="x", handle="anna_x")

    response = manager.post(
        f"/creators/{anna.pk}/edit/",
        form_data(**{
            "profiles-INITIAL_FORMS": "1", "profiles-0-id": anna.profiles.get(is_main=True).pk, "profiles-0-DELETE": "on",
        }),
    )  # fmt: skip

    assert response.status_code == 422
    assert anna.profiles.count() == 2


def test_the_creator_page_shows_only_brands_of_the_person(manager, brand, other_brand):
    anna = make_creator("anna", name="Anna", notes="Likes reels", niches=["vegan"])
    for each, slug in ((brand, "spring"), (other_brand, "secret")):
        with scope(brand=each):
            add_deals(make_campaign(each, slug), {anna.pk: Terms(fee=Decimal(120))}, by=None, now=NOW, reasons=KNOWN)
        lifecycle.move([anna.pk], brand=each, stage="live", why=f"Posted for {slug}", by=None, now=NOW)

    pages = [manager.get(f"/creators/{anna.pk}/{tab}").content.decode() for tab in ("", "money/", "stage/")]

    assert "Likes reels" in pages[0]
    assert "£120.00" in pages[1]
    assert "Posted for spring" in pages[2]
    assert not any("secret" in page for page in pages)


def test_the_stage_is_set_on_the_creator_page(manager, brand, other_brand):
    anna = make_creator("anna")
    data = {"brand": brand.pk, "stage": "contacted", "why": "Wrote to her"}

    done = manager.post(f"/creators/{anna.pk}/stage/", data)
    refused = manager.post(f"/creators/{anna.pk}/stage/", {**data, "brand": other_brand.pk})

    assert (done.status_code, refused.status_code) == (302, 422)
    with scope(brand=[brand, other_brand]):
        assert present_stages([anna.pk], brand=brand) == {anna.pk: "contacted"}
        assert present_stages([anna.pk], brand=other_brand) == {}
