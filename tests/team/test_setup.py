from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.utils import timezone

from team.actions import setup
from team.enums import Role
from team.models import Brand, Membership, SetupToken, User
from tests.factories import make_user

pytestmark = pytest.mark.django_db

FILLED = {
    "name": "Ada",
    "email": "Ada@Example.com",
    "password": "seven green bottles",
    "brand_name": "Acme Tea",
    "currency": "GBP",
    "time_zone": "Europe/London",
}


def new_token() -> str:
    token = setup.new_setup_token(now=timezone.now())
    assert token
    return token


def new_link() -> str:
    return f"/setup/{new_token()}/"


def test_the_set_up_link_makes_the_owner_and_the_first_brand(stranger):
    link = new_link()

    response = stranger.post(link, FILLED)

    user = User.objects.get()
    assert (response.status_code, response.url) == (302, "/")
    assert stranger.get("/").status_code == 200
    assert (user.email, user.name, user.is_staff, user.is_superuser) == ("ada@example.com", "Ada", True, True)
    assert EmailAddress.objects.filter(user=user, email="ada@example.com", verified=True, primary=True).exists()
    assert Membership.objects.filter(user=user, brand=None, role=Role.OWNER).exists()
    assert Brand.objects.filter(slug="acme-tea", currency="GBP", time_zone="Europe/London").exists()


def test_only_the_hash_of_the_token_is_kept():
    token = new_token()

    assert token not in str(list(SetupToken.objects.values()))


def test_the_link_works_once(stranger, client):
    link = new_link()
    stranger.post(link, FILLED)

    response = client.post(link, {**FILLED, "email": "second@example.com"})

    assert response.status_code == 410
    assert b"Restart Troupe" in response.content
    assert User.objects.count() == 1


def test_of_two_who_hold_an_open_link_the_second_is_refused():
    token, now = new_token(), timezone.now()
    person = {key: value for key, value in FILLED.items() if key != "email"}
    setup.set_up(token, **person, email="first@example.com", now=now)

    with pytest.raises(setup.LinkIsOver):
        setup.set_up(token, **person, email="second@example.com", now=now)

    assert User.objects.count() == 1


@pytest.mark.parametrize("token", ["wrong", "a" * 43])
def test_a_wrong_link_says_how_to_get_a_new_one(stranger, token):
    response = stranger.get(f"/setup/{token}/")

    assert response.status_code == 410
    assert b"Restart Troupe" in response.content


def test_a_link_older_than_a_day_is_over(stranger):
    token = setup.new_setup_token(now=timezone.now() - timedelta(hours=24, seconds=1))

    assert stranger.get(f"/setup/{token}/").status_code == 410


def test_a_new_link_ends_the_one_before(stranger):
    old, new = new_link(), new_link()

    assert stranger.get(old).status_code == 410
    assert stranger.get(new).status_code == 200


def test_nobody_can_set_up_twice(stranger):
    link = new_link()
    Membership.objects.create(user=make_user(), brand=None, role=Role.OWNER)

    assert setup.new_setup_token(now=timezone.now()) is None
    assert stranger.post(link, FILLED).status_code == 410


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"email": "nonsense"}, "valid email"),
        ({"password": "password12"}, "too common"),
        ({"password": "short"}, "too short"),
        ({"password": "ada@example.com"}, "too similar"),
        ({"currency": "QQQ"}, "valid choice"),
        ({"time_zone": "Mars"}, "valid choice"),
        ({"brand_name": ""}, "required"),
    ],
)
def test_a_form_with_a_mistake_comes_back_and_the_link_stays_open(stranger, wrong, sentence):
    link = new_link()

    response = stranger.post(link, {**FILLED, **wrong})

    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert User.objects.count() == 0
    assert stranger.post(link, FILLED).status_code == 302


def test_an_address_that_is_taken_leaves_the_link_open(stranger):
    make_user("ada@example.com")
    link = new_link()

    response = stranger.post(link, FILLED)

    assert response.status_code == 422
    assert "Somebody already signs in as ada@example.com." in response.content.decode()
    assert Brand.objects.count() == 0
    assert stranger.get(link).status_code == 200
