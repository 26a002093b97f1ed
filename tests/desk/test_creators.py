import csv
import io

import pytest
from django_scopes import scope

from creators.actions import lifecycle
from creators.models import Contact, Creator
from creators.queries.lifecycle import present_stages
from tests.factories import NOW, make_creator

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
    assert (done.status_code, done.url) == (302, "/creators/?q=x&sort=name")
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


def test_of_very_many_the_page_counts_the_first_and_asks_for_the_rest(viewer):
    Creator.objects.bulk_create(
        Creator(name=f"Ana {n:04}", sort_name=f"ana {n:04}", country="Spain") for n in range(552)
    )
    for n in range(3):
        make_creator(f"zoe.ana{n}")

    last, over = (viewer.get(f"/creators/?q=ana&page={n}") for n in (12, 13))
    exact = viewer.get("/creators/count/?q=ana&country=spain")

    assert "More than 550 creators" in last.text and "551–555 of" in last.text and "All 5" not in last.text
    assert names(last)[:2] == ["Ana 0550", "Ana 0551"]
    assert names(last) == names(over) and len(names(last)) == 5
    assert "555 creators" in over.text
    assert exact.text.split()[:2] == ["552", "creators"]
