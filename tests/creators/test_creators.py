import csv
import io
from decimal import Decimal

import pytest
from django_scopes import scope

from campaigns.actions.deals import Terms, add_deals
from creators.actions import lifecycle
from creators.models import Contact, Creator, Profile
from creators.queries.lifecycle import present_stages
from tests.factories import NOW, make_campaign, make_creator, make_deal

pytestmark = pytest.mark.django_db


def names(response):
    return [row.creator.name for row in response.context["rows"]]


def make_roster(brand):
    """Three creators who differ in everything the list filters by."""
    anna = make_creator("anna", name="Änna B", followers=5_000, country="France", niches=["vegan"])
    bo = make_creator("bo_x", platform="x", name="Bo", followers=20_000, country="Spain", niches=["food", "vegan"])
    cy = make_creator("cyrus", name="Cy", followers=None)
    Contact.objects.create(creator=cy, kind="email", value="hello@cy.example")
    lifecycle.move([bo.pk], brand=brand, stage="live", why="Posted", by=None, now=NOW)
    return anna, bo, cy


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Änna B", "Bo", "Cy"]),
        ("q=anna", ["Änna B"]),
        ("q=ÄNNA", ["Änna B"]),
        ("q=@bo_x", ["Bo"]),
        ("q=CY.EXAMPLE", ["Cy"]),
        ("q=b", ["Bo"]),
        ("q=100%25", []),
        ("platform=x", ["Bo"]),
        ("tier=nano", ["Änna B"]),
        ("tier=micro&platform=x", ["Bo"]),
        ("stage=live", ["Bo"]),
        ("stage=none", ["Änna B", "Cy"]),
        ("country=france", ["Änna B"]),
        ("niche=Vegan", ["Änna B", "Bo"]),
        ("sort=followers", ["Bo", "Änna B", "Cy"]),
        ("sort=newest", ["Cy", "Bo", "Änna B"]),
        ("tier=giant&sort=sideways&page=999", ["Änna B", "Bo", "Cy"]),
        ("q=%00", ["Änna B", "Bo", "Cy"]),
    ],
)
def test_the_list_is_searched_and_filtered_by_its_address(viewer, brand, query, found):
    make_roster(brand)

    response = viewer.get(f"/creators/?{query}")

    assert response.status_code == 200
    assert names(response) == found


def test_the_list_swaps_only_its_rows_for_htmx(viewer, brand):
    make_roster(brand)

    response = viewer.get("/creators/?q=anna", headers={"HX-Request": "true"})

    assert response.content.strip().startswith(b'<div id="rows">')


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_the_same_queries_for_any_number(viewer, brand, count, django_assert_max_num_queries):
    make_roster(brand)
    for _ in range(count):
        make_creator()

    with django_assert_max_num_queries(12):
        viewer.get("/creators/")


def test_the_export_holds_the_filter_and_can_be_imported_again(viewer, brand):
    make_roster(brand)

    response = viewer.get("/creators/export.csv?sort=followers&niche=vegan")

    rows = list(csv.DictReader(io.StringIO(b"".join(response).decode())))
    assert [(row["handle"], row["platform"], row["followers"], row["niches"], row["stage"]) for row in rows] == [
        ("bo_x", "x", "20000", "food, vegan", "live"), ("anna", "tiktok", "5000", "vegan", ""),
    ]  # fmt: skip


def test_the_workbook_export_is_a_workbook(viewer, brand):
    make_roster(brand)

    response = viewer.get("/creators/export.xlsx")

    assert b"".join(response).startswith(b"PK")


def test_stages_are_set_for_the_selection_after_asking(manager, brand):
    anna, bo, cy = make_roster(brand)

    asked = manager.post("/creators/stage/?q=x", {"ids": [anna.pk, bo.pk]})
    done = manager.post(
        "/creators/stage/?q=x",
        {"ids": [anna.pk, bo.pk], "sure": "yes", "brand": brand.pk, "stage": "live", "why": "Wave 1"},
    )

    assert "Set the stage of 2 creators" in asked.content.decode()
    assert (done.status_code, done.url) == (302, "/creators/?q=x")
    with scope(brand=brand):
        assert present_stages([anna.pk, bo.pk, cy.pk], brand=brand) == {anna.pk: "live", bo.pk: "live"}


def test_all_matching_means_the_filter_and_not_the_page(manager, brand):
    anna, bo, cy = make_roster(brand)

    manager.post(
        "/creators/stage/?niche=vegan",
        {"all": "yes", "sure": "yes", "brand": brand.pk, "stage": "seeded", "why": "Box"},
    )

    with scope(brand=brand):
        assert present_stages([anna.pk, bo.pk, cy.pk], brand=brand) == {anna.pk: "seeded", bo.pk: "seeded"}


@pytest.mark.parametrize("change", [{"why": ""}, {"stage": "famous"}, {"brand": 0}])
def test_a_stage_without_reason_or_in_another_brand_is_refused(manager, brand, change):
    anna, *_ = make_roster(brand)
    data = {"ids": [anna.pk], "sure": "yes", "brand": brand.pk, "stage": "live", "why": "Because"}

    response = manager.post("/creators/stage/", {**data, **change})

    assert response.status_code == 422
    with scope(brand=brand):
        assert present_stages([anna.pk], brand=brand) == {}


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
            "name": "Zoë", "niches": "Vegan, food, vegan", "profiles-0-handle": "https://www.tiktok.com/@Zoe?lang=en",
            "profiles-0-followers": "1200", "contacts-TOTAL_FORMS": "1", "contacts-0-kind": "email",
            "contacts-0-value": "zoe@example.com",
        }),
    )  # fmt: skip

    zoe = Creator.objects.get()
    assert (response.status_code, response.url) == (302, f"/creators/{zoe.pk}/")
    assert (zoe.name, zoe.sort_name, zoe.niches) == ("Zoë", "zoe", ["vegan", "food"])
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
            add_deals(make_campaign(each, slug), {anna.pk: Terms(fee=Decimal(120))}, by=None, now=NOW)
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
