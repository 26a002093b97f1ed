"""Asks the server for every address, as everybody, and compares with the table in `config/access.py`."""

from contextlib import contextmanager

import pytest
from django.db import connection, transaction
from django.test import Client

from config.access import ACCESS, EVERYTHING, PUBLIC, SIGNED_IN
from team.actions.people import give_role
from team.enums import Role
from tests.conftest import signed_in
from tests.examples import build
from tests.factories import make_brand, make_user
from tests.routes import Route, all_routes

ROUTES = all_routes()
ROLES = {"viewer": Role.VIEWER, "manager": Role.MANAGER, "owner": Role.OWNER}
EVERYBODY = ("stranger", "viewer", "manager", "owner", "chief", "neighbour")


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """A brand with one of everything, and people of each role, for all tests of this file; then undone."""
    with django_db_blocker.unblock(), transaction.atomic():
        acme, rival = make_brand("Acme", slug="acme"), make_brand("Rival", slug="rival")
        people: dict[str, Client] = {
            name: signed_in(make_user(brand=acme, role=role)) for name, role in ROLES.items()
        }
        people["neighbour"] = signed_in(make_user(brand=rival, role=Role.OWNER))
        chief = make_user()
        give_role(chief, role=Role.OWNER, brand=None)
        people["chief"] = signed_in(chief)
        people["stranger"] = Client()
        yield build(acme, word="acmebee", amount="10"), people
        transaction.set_rollback(True)
    connection.close()


@contextmanager
def undone(client):
    """Whatever a request does to the tables and to the person's cookies is taken back."""
    cookies = {key: morsel.value for key, morsel in client.cookies.items()}
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    client.cookies.clear()
    client.cookies.load(cookies)


def is_public(route: Route) -> bool:
    """Whether anybody may come, so that a 404 only says that the example is not there."""
    return ACCESS[route.name].get == PUBLIC


def expected(route: Route, who: str, method: str) -> str:
    """What the table says: `in`, `login`, `403`, or `404` for a neighbour who asks for an object of another brand."""
    access = ACCESS[route.name]
    role = access.get if method == "get" else access.post
    if role == PUBLIC:
        return "in"
    if who == "stranger":
        return "login"
    if role == EVERYTHING:
        return "in" if who == "chief" else "403"
    if who in ROLES and role != SIGNED_IN and ROLES[who].rank < Role(role).rank:
        return "403"
    return "404" if who == "neighbour" and route.is_walled else "in"


def told(response) -> str:
    """What the server said, in the same words."""
    status = response.status_code
    if status == 302 and response["Location"].startswith("/accounts/login/?next="):
        return "login"
    if status in (403, 404):
        return str(status)
    return "in" if status < 500 else f"broke with {status}"


def test_every_address_has_a_row_in_the_access_table_and_every_row_an_address():
    names = {route.name for route in ROUTES}

    missing = sorted(names - set(ACCESS))
    left_over = sorted(set(ACCESS) - names)

    assert not missing, f"config/access.py: add to ACCESS who may open {missing}"
    assert not left_over, f"config/access.py: no address has the names {left_over}; remove their rows"


def test_every_address_has_a_name():
    assert [route.pattern for route in ROUTES if not route.name or route.name.endswith(":")] == []


@pytest.mark.parametrize("route", [route for route in ROUTES if route.arguments], ids=lambda route: route.name)
def test_every_address_with_arguments_has_an_example(route):
    lines = "\n".join(f'    "{key}": walled(lambda made: made[Model].pk),' for key in route.missing())

    assert not lines, (
        f"tests/examples.py: for {route.name}, add to ARGUMENTS\n{lines}\n"
        "or shared(...) where the whole team may see the object"
    )


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)
def test_everybody_gets_what_the_table_says(route, method, world):
    made, people = world
    path, answers, promised = route.path(made), {}, {}
    data = route.posted(made) if method == "post" else {}

    for who in EVERYBODY:
        with undone(people[who]):
            response = getattr(people[who], method)(path, data)
            answers[who] = told(response)
        promised[who] = expected(route, who, method)
        if response.status_code == 405 or (response.status_code == 404 and is_public(route)):
            answers[who] = promised[who]  # refused before the object was looked for, or no secret that it is missing

    assert answers == promised, f"{method.upper()} {path}"
