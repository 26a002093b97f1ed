import os
import subprocess
import sys

import pytest
from django.conf import settings as django_settings
from django.core import mail
from django.core.cache import cache
from django.test import Client

from team.actions.people import give_role
from team.actions.users import make_user as make_verified_user
from team.enums import Role
from tests.conftest import signed_in
from tests.factories import PASSWORD, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_counts():
    """Rate limits are counted in the cache."""
    cache.clear()
    yield
    cache.clear()


def sign_in(client, email, password=PASSWORD, **headers):
    return client.post("/accounts/login/", {"login": email, "password": password}, **headers)


def test_a_person_signs_in_by_address_in_any_case(stranger):
    make_user("ada@example.com")

    response = sign_in(stranger, "ADA@Example.com")

    assert (response.status_code, response.url) == (302, "/")


def test_signing_in_leads_back_to_where_the_person_was(stranger):
    make_user("ada@example.com")

    response = stranger.post(
        "/accounts/login/?next=/jobs/", {"login": "ada@example.com", "password": PASSWORD, "next": "/jobs/"}
    )

    assert response.url == "/jobs/"


def test_a_wrong_password_is_refused(stranger):
    make_user("ada@example.com")

    response = sign_in(stranger, "ada@example.com", "wrong")

    assert b"not correct" in response.content
    assert stranger.get("/").status_code == 302


def test_after_five_wrong_passwords_even_the_right_one_is_refused_for_a_while(stranger):
    make_user("ada@example.com")
    for _ in range(5):
        sign_in(stranger, "ada@example.com", "wrong")

    response = sign_in(Client(), "ada@example.com", REMOTE_ADDR="10.1.2.3")

    assert response.status_code != 302
    assert b"Too many" in response.content


def test_a_lock_out_is_of_one_address_only(stranger):
    make_user("ada@example.com")
    make_user("bob@example.com")
    for _ in range(5):
        sign_in(stranger, "ada@example.com", "wrong")

    assert sign_in(stranger, "bob@example.com").status_code == 302


def test_a_caller_who_tries_many_addresses_is_stopped(stranger):
    make_user("ada@example.com")
    for number in range(10):
        sign_in(stranger, f"person{number}@example.com", "wrong")

    assert sign_in(stranger, "ada@example.com").status_code != 302


def test_a_forged_forwarded_address_does_not_evade_the_limit(stranger):
    make_user("ada@example.com")
    for number in range(10):
        sign_in(stranger, f"person{number}@example.com", "wrong", HTTP_X_FORWARDED_FOR=f"10.0.0.{number}")

    assert sign_in(stranger, "ada@example.com", HTTP_X_FORWARDED_FOR="10.9.9.9").status_code != 302


def test_somebody_who_was_switched_off_does_not_come_in(stranger):
    make_user("ada@example.com", is_active=False)

    sign_in(stranger, "ada@example.com")

    assert stranger.get("/").status_code == 302


@pytest.mark.parametrize("path", ["/accounts/signup/", "/accounts/email/", "/accounts/login/code/"])
def test_nobody_signs_up_by_themselves(stranger, path):
    assert stranger.get(path).status_code == 404


def test_a_forgotten_password_is_reset_by_mail(stranger, settings):
    settings.EMAIL_URL, settings.SITE_URL = "smtp://example.com", "https://troupe.example.com"
    make_verified_user(email="ada@example.com", name="Ada", password=PASSWORD)

    stranger.post("/accounts/password/reset/", {"email": "ada@example.com"})
    link = next(word for word in mail.outbox[0].body.split() if word.startswith("https://troupe.example.com/"))
    page = stranger.get(link.removeprefix("https://troupe.example.com"), follow=True)
    stranger.post(page.redirect_chain[-1][0], {"password1": "nine red balloons", "password2": "nine red balloons"})

    assert sign_in(Client(), "ada@example.com", "nine red balloons").status_code == 302


def test_an_unknown_address_is_not_told_apart(stranger, settings):
    settings.EMAIL_URL = "smtp://example.com"

    response = stranger.post("/accounts/password/reset/", {"email": "nobody@example.com"})

    assert response.url == "/accounts/password/reset/done/"


def test_without_mail_the_page_names_the_other_way(stranger):
    response = stranger.get("/accounts/password/reset/")

    assert b"manage.py login_link" in response.content


def test_a_person_changes_their_password(viewer):
    data = {"oldpassword": PASSWORD, "password1": "nine red balloons", "password2": "nine red balloons"}

    viewer.post("/accounts/password/change/", data)

    assert sign_in(Client(), "viewer@example.com", "nine red balloons").status_code == 302


def test_a_person_signs_out_by_a_post(viewer):
    viewer.get("/accounts/logout/")
    still_in = viewer.get("/").status_code
    viewer.post("/accounts/logout/")

    assert still_in == 200
    assert viewer.get("/").status_code == 302


def test_the_admin_site_signs_in_through_the_same_door(stranger):
    response = stranger.get("/admin/login/?next=/admin/", follow=True)

    assert response.redirect_chain[0][0].startswith("/accounts/login/")
    assert stranger.get("/admin/").url == "/accounts/login/?next=/admin/"


def test_the_admin_site_is_for_owners_of_every_brand(owner):
    chief = make_user("chief@example.com")
    give_role(chief, role=Role.OWNER, brand=None)

    assert owner.get("/admin/").status_code == 403
    assert signed_in(type(chief).objects.get(pk=chief.pk)).get("/admin/").status_code == 200


def test_a_superuser_made_by_command_may_use_the_admin_site(stranger):
    user = make_user("root@example.com", is_staff=True, is_superuser=True)

    for path in ("/admin/", "/admin/team/user/", "/admin/team/brand/", "/admin/team/membership/add/"):
        assert signed_in(user).get(path).status_code == 200


@pytest.mark.parametrize(("site", "secure"), [("https://troupe.example.com", True), ("http://localhost:8000", False)])
def test_cookies_are_secure_where_the_site_is_https(site, secure):
    asked = "from django.conf import settings as s; print(s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE)"
    environment = {**os.environ, "SITE_URL": site, "DJANGO_SETTINGS_MODULE": "config.settings"}

    told = subprocess.run(
        [sys.executable, "-c", asked], env=environment, capture_output=True, text=True, cwd=django_settings.BASE_DIR
    )

    assert told.stdout.split() == [str(secure), str(secure)]


@pytest.mark.parametrize(("mail_server", "asked"), [("smtp://mail.example.com", "mandatory"), ("", "none")])
def test_addresses_are_verified_only_where_mail_can_be_sent(mail_server, asked):
    code = "from django.conf import settings as s; print(s.ACCOUNT_EMAIL_VERIFICATION)"
    environment = {**os.environ, "EMAIL_URL": mail_server, "DJANGO_SETTINGS_MODULE": "config.settings"}

    told = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, cwd=django_settings.BASE_DIR
    )

    assert told.stdout.strip() == asked
