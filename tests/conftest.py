"""Three people for every test: one who owns, one of another brand, one stranger."""

import pytest
from django.test import Client

from team.enums import Role
from team.models import User
from tests.factories import make_brand, make_user


@pytest.fixture
def brand(db):
    """The brand that the test is about."""
    return make_brand("Acme", slug="acme")


@pytest.fixture
def other_brand(db):
    """Another brand of the same team."""
    return make_brand("Rival", slug="rival")


@pytest.fixture
def owner(brand):
    """A signed-in client whose person owns `brand`."""
    return signed_in(make_user("owner@example.com", brand=brand, role=Role.OWNER))


@pytest.fixture
def manager(brand):
    """A signed-in client whose person manages `brand`."""
    return signed_in(make_user("manager@example.com", brand=brand, role=Role.MANAGER))


@pytest.fixture
def viewer(brand):
    """A signed-in client whose person may only look at `brand`."""
    return signed_in(make_user("viewer@example.com", brand=brand, role=Role.VIEWER))


@pytest.fixture
def neighbour(other_brand):
    """A signed-in client whose person owns `other_brand` and must see nothing of `brand`."""
    return signed_in(make_user("neighbour@example.com", brand=other_brand, role=Role.OWNER))


@pytest.fixture
def stranger(db):
    """A client who is not signed in."""
    return Client()


class SignedIn(Client):
    """A test client with the person who is signed in."""

    user: User


def signed_in(user: User) -> SignedIn:
    """A client with the person's session; the person is at `client.user`."""
    client = SignedIn()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    client.user = user
    return client
