from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from team.actions import login_links
from tests.factories import make_user

pytestmark = pytest.mark.django_db


def test_the_command_prints_a_link_and_nothing_else(settings):
    settings.SITE_URL = "https://troupe.example.com"
    make_user("ada@example.com")
    out = StringIO()

    call_command("login_link", "Ada@example.com", stdout=out)

    lines = out.getvalue().splitlines()
    assert len(lines) == 1
    assert lines[0].startswith("https://troupe.example.com/login/")


def test_the_link_signs_in_once(stranger, client):
    link = f"/login/{login_links.new_login_link(make_user(), now=timezone.now())}/"

    looked = stranger.get(link)
    first = stranger.post(link)
    second = client.post(link)

    assert looked.status_code == 200
    assert (first.status_code, first.url) == (302, "/")
    assert stranger.get("/").status_code == 200
    assert second.status_code == 410
    assert client.get("/").status_code == 302


def test_of_two_who_hold_an_open_link_the_second_is_refused():
    user, now = make_user(), timezone.now()
    token = login_links.new_login_link(user, now=now)

    assert login_links.use_login_link(token, now=now) == user
    assert login_links.use_login_link(token, now=now) is None


def test_the_link_is_over_after_a_quarter_of_an_hour(stranger):
    token = login_links.new_login_link(make_user(), now=timezone.now() - timedelta(minutes=15, seconds=1))

    assert stranger.post(f"/login/{token}/").status_code == 410


def test_a_new_link_ends_the_one_before(stranger):
    user, now = make_user(), timezone.now()
    old = login_links.new_login_link(user, now=now)
    login_links.new_login_link(user, now=now)

    assert stranger.post(f"/login/{old}/").status_code == 410


def test_somebody_who_was_switched_off_since_stays_out(stranger):
    user = make_user()
    token = login_links.new_login_link(user, now=timezone.now())
    type(user).objects.update(is_active=False)

    assert stranger.post(f"/login/{token}/").status_code == 410


@pytest.mark.parametrize(
    ("email", "sentence"), [("nobody@example.com", "Nobody signs in"), ("off@example.com", "switched off")]
)
def test_wrong_use_exits_with_two(email, sentence):
    make_user("off@example.com", is_active=False)

    with pytest.raises(CommandError, match=sentence) as raised:
        call_command("login_link", email)

    assert raised.value.returncode == 2
