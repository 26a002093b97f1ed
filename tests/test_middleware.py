"""What people see who may not pass, are signed out, or ask for what is not there."""

import pytest
from django.test import Client

from config.access import ACCESS
from tests.conftest import signed_in
from tests.factories import make_user

pytestmark = pytest.mark.django_db


def test_an_ended_session_sends_htmx_to_the_login_page_and_back(stranger):
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/jobs/?page=2"}

    response = stranger.get("/jobs/?page=3", headers=headers)

    assert response.status_code == 200
    assert response["HX-Redirect"] == "/accounts/login/?next=/jobs/%3Fpage%3D2"


def test_after_a_post_with_an_ended_session_the_person_returns_to_the_page_they_saw(stranger):
    response = stranger.post("/brand/", {"brand": 1}, headers={"Referer": "http://testserver/jobs/"})

    assert response["Location"] == "/accounts/login/?next=/jobs/"


@pytest.mark.parametrize("referrer", ["", "https://evil.example/jobs/"])
def test_a_page_elsewhere_is_not_returned_to(stranger, referrer):
    assert stranger.post("/brand/", headers={"Referer": referrer})["Location"] == "/accounts/login/?next=/"


@pytest.mark.parametrize("who", ["stranger", "viewer"])
def test_an_unknown_address_is_not_found_by_anybody(who, request):
    response = request.getfixturevalue(who).get("/no/such/page/")

    assert response.status_code == 404
    assert b"Not found" in response.content


def test_an_unknown_object_is_not_found(viewer):
    response = viewer.get("/jobs/999999/")

    assert response.status_code == 404
    assert b"Not found" in response.content


def test_an_address_that_only_takes_a_form_says_so(manager):
    response = manager.get("/creators/1/export/")

    assert (response.status_code, response["Allow"]) == (405, "POST")
    assert "Only for a form" in response.text


def test_a_refusal_is_a_page(viewer):
    response = viewer.get("/settings/people/")

    assert response.status_code == 403
    assert b"Your role does not reach this page" in response.content


def test_a_route_without_a_row_is_refused_even_to_an_owner(owner, monkeypatch):
    monkeypatch.delitem(ACCESS, "team:jobs")

    assert owner.get("/jobs/").status_code == 403


@pytest.mark.parametrize("method", ["head", "options"])
def test_asking_about_a_page_needs_no_more_than_reading_it(viewer, stranger, method):
    assert getattr(viewer, method)("/jobs/").status_code == 200
    assert getattr(stranger, method)("/jobs/").status_code == 302


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_other_methods_count_as_changing(viewer, method):
    assert getattr(viewer, method)("/settings/people/").status_code == 403


def test_a_stale_form_says_so_and_a_stale_fragment_reloads(viewer):
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = viewer.cookies

    page = strict.post("/brand/")
    fragment = strict.post("/brand/", headers={"HX-Request": "true"})

    assert page.status_code == 403
    assert b"open too long" in page.content
    assert fragment["HX-Refresh"] == "true"


def test_what_breaks_is_a_page_without_the_shell(viewer, monkeypatch):
    monkeypatch.setattr("team.views.jobs.page_of", lambda *args: 1 / 0)
    viewer.raise_request_exception = False

    response = viewer.get("/jobs/")

    assert response.status_code == 500
    assert b"Something broke" in response.content


def test_a_person_without_any_brand_sees_an_empty_today(db):
    client = signed_in(make_user())

    assert client.get("/").status_code == 200
    assert client.get("/settings/people/").status_code == 403


def test_messages_wait_through_a_redirect_and_reach_htmx_in_a_header(viewer, brand):
    viewer.post("/settings/you/", {"name": "Vi", "theme": "dark"}, headers={"HX-Request": "true"})

    response = viewer.get("/settings/you/", headers={"HX-Request": "true"})

    assert response["HX-Trigger"] == '{"toasts": [{"level": "success", "text": "Saved."}]}'
