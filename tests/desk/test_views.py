"""Saved views: the person's own, shared ones, the one they start with."""

import pytest
from django.db import IntegrityError, transaction
from django_scopes import scope

from team.models import FirstView, SavedView
from tests.conftest import signed_in
from tests.factories import make_creator, make_user

pytestmark = pytest.mark.django_db


def make_view(brand, owner, **fields):
    return SavedView.objects.create(
        **{"brand": brand, "owner": owner, "name": "Spanish", "query": "country=Spain", "sort": "followers", **fields}
    )


def names(response):
    return [row.creator.name for row in response.context["rows"]]


def test_a_list_is_saved_and_comes_back_under_its_name(viewer, brand):
    make_creator("ana", country="Spain"), make_creator("bo", country="France")

    saved = viewer.post("/creators/views/save/?country=Spain&columns=city,stage&sort=newest", {"name": " In  Spain "})

    with scope(brand=brand):
        view = SavedView.objects.get()
    assert (view.name, view.query, view.columns, view.sort) == (
        "In Spain",
        "country=Spain",
        ["city", "stage"],
        "newest",
    )
    page = viewer.get(saved.url)
    assert names(page) == ["ana"]
    assert not page.context["is_changed"]


def test_a_changed_view_says_so_and_is_saved_over(viewer, brand):
    view = make_view(brand, viewer.user)
    changed = f"/creators/?country=France&sort=followers&view={view.pk}"

    page = viewer.get(changed)
    viewer.post(changed.replace("/creators/", "/creators/views/save/"), {"how": "over"})

    assert "“Spanish” is changed" in page.content.decode()
    with scope(brand=brand):
        assert SavedView.objects.get().query == "country=France"


def test_a_view_without_its_last_filter_is_not_the_saved_one(viewer, brand):
    view = make_view(brand, viewer.user)
    make_creator("bo", country="France")

    assert names(viewer.get(f"/creators/?view={view.pk}")) == []
    assert names(viewer.get(f"/creators/?sort=name&view={view.pk}")) == ["bo"]


def test_a_person_starts_with_a_view_of_their_choice(viewer, brand):
    view = make_view(brand, viewer.user)
    make_creator("ana", country="Spain"), make_creator("bo", country="France")

    viewer.post(f"/creators/views/{view.pk}/", {"name": "Spanish", "is_first": "on"})

    assert names(viewer.get("/creators/")) == ["ana"]
    assert names(viewer.get("/creators/?sort=name")) == ["ana", "bo"]


def test_a_name_of_ones_own_is_taken_once(viewer, brand):
    make_view(brand, viewer.user)

    response = viewer.post("/creators/views/save/?sort=name", {"name": "Spanish"})

    assert response.status_code == 422
    assert "You already have a view of this name." in response.content.decode()


def test_only_shared_views_of_others_are_seen_and_never_changed(viewer, brand):
    colleague = make_user(brand=brand)
    shared, own = make_view(brand, colleague, is_shared=True), make_view(brand, colleague, name="Mine alone")

    page = viewer.get("/creators/").content.decode()

    assert "Spanish" in page and "Mine alone" not in page
    assert viewer.get(f"/creators/views/{own.pk}/").status_code == 404
    viewer.post(f"/creators/views/{shared.pk}/remove/")
    viewer.post(f"/creators/views/save/?view={shared.pk}&sort=name", {"how": "over"})
    with scope(brand=brand):
        assert SavedView.objects.get(pk=shared.pk).query == "country=Spain"


def test_a_viewer_cannot_share(viewer, manager, brand):
    viewer.post("/creators/views/save/?sort=name", {"name": "Mine", "is_shared": "on"})
    manager.post("/creators/views/save/?sort=name", {"name": "Ours", "is_shared": "on"})

    with scope(brand=brand):
        assert dict(SavedView.objects.values_list("name", "is_shared")) == {"Mine": False, "Ours": True}


def test_who_stops_sharing_takes_the_view_from_everybody(viewer, manager, brand):
    view = make_view(brand, manager.user, is_shared=True)
    viewer.post(f"/creators/views/{view.pk}/", {"is_first": "on"})

    manager.post(f"/creators/views/{view.pk}/", {"name": "Spanish"})

    with scope(brand=brand):
        assert not FirstView.objects.exists()


def test_a_view_is_dropped_by_its_owner(viewer, brand):
    view = make_view(brand, viewer.user)

    viewer.post(f"/creators/views/{view.pk}/remove/")

    with scope(brand=brand):
        assert not SavedView.objects.exists()


def test_the_database_refuses_nameless_views_unknown_pages_and_two_firsts(brand, other_brand):
    user = make_user(brand=brand)
    view = make_view(brand, user)
    FirstView.objects.create(brand=brand, user=user, view=view)
    wrong = [
        lambda: make_view(brand, user, name=""),
        lambda: make_view(brand, user),
        lambda: make_view(brand, user, name="Other", page="moon"),
        lambda: FirstView.objects.create(brand=brand, user=user, view=view),
        lambda: FirstView.objects.create(brand=other_brand, user=make_user(), view=view),
        lambda: FirstView.objects.create(brand=brand, user=make_user(), view=view, page="moon"),
    ]

    for write in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            write()


def test_a_neighbour_of_another_brand_finds_no_view(brand, other_brand):
    view = make_view(brand, make_user(brand=brand), is_shared=True)

    assert signed_in(make_user(brand=other_brand)).get(f"/creators/views/{view.pk}/").status_code == 404
