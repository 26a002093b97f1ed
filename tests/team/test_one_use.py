"""Doors for one use, with two people in them at once, each on a connection of their own: exactly one comes in.

The first is held just before its commit until the second stands at the same row, so the two overlap at every run.
"""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event

import pytest
from django.db import connection, transaction

from team.actions.login_links import new_login_link, use_login_link
from team.actions.people import PeopleRefused, invite, join_as, join_as_new
from team.actions.setup import LinkIsOver, new_setup_token, set_up
from team.enums import Role
from team.models import Brand, Invitation, LoginLink, Membership, SetupToken, User
from tests.factories import NOW, PASSWORD, make_brand, make_user

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE = 20
_WAITING = "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"


def both(first: Callable[[], object], second: Callable[[], object]) -> list[object]:
    """What came of two calls that overlap: what each returned, or the refusal that it raised."""
    done, go_on = Event(), Event()
    with ThreadPoolExecutor(2) as pool:
        try:
            leading = pool.submit(_on_its_own, _held(first, done=done, go_on=go_on))
            assert done.wait(PATIENCE), leading.result(0)
            following = pool.submit(_on_its_own, second)
            _until_it_waits(following)
        finally:
            go_on.set()
        return [leading.result(PATIENCE), following.result(PATIENCE)]


def _held(act: Callable[[], object], *, done: Event, go_on: Event) -> Callable[[], object]:
    def held() -> object:
        with transaction.atomic():
            result = act()
            done.set()
            go_on.wait(PATIENCE)
        return result

    return held


def _on_its_own(act: Callable[[], object]) -> object:
    try:
        return act()
    except (PeopleRefused, LinkIsOver) as refusal:
        return refusal
    finally:
        connection.close()


def _until_it_waits(following: Future) -> None:
    with connection.cursor() as cursor:
        while not following.done():
            cursor.execute(_WAITING)
            if cursor.fetchone()[0]:
                return


def test_an_invitation_lets_one_new_person_in(brand):
    _, token = invite(email="new@example.com", role=Role.VIEWER, brand=brand, by=make_user(brand=brand), now=NOW)

    def join() -> object:
        return join_as_new(token, name="New", password=PASSWORD, now=NOW)

    results = both(join, join)

    assert [type(result) for result in results] == [User, PeopleRefused]
    assert User.objects.filter(email="new@example.com").count() == 1
    assert Invitation.objects.get().accepted_at == NOW


def test_an_invitation_raises_the_role_of_a_known_person_once(brand):
    known = make_user("known@example.com")
    _, token = invite(email=known.email, role=Role.VIEWER, brand=brand, by=make_user(brand=brand), now=NOW)

    results = both(lambda: join_as(known, token, now=NOW), lambda: join_as(known, token, now=NOW))

    assert [type(result) for result in results] == [type(None), PeopleRefused]
    assert Membership.objects.filter(user=known, brand=brand).count() == 1


def test_a_set_up_link_makes_one_owner(db):
    token = new_setup_token(now=NOW)
    assert token

    def begin(email: str) -> Callable[[], object]:
        return lambda: set_up(
            token, email=email, name="", password=PASSWORD, brand_name=email, currency="GBP", time_zone="UTC", now=NOW
        )

    results = both(begin("ada@example.com"), begin("eve@example.com"))

    assert [type(result) for result in results] == [User, LinkIsOver]
    assert list(User.objects.values_list("email", flat=True)) == ["ada@example.com"]
    assert (Brand.objects.count(), SetupToken.objects.get().used_at) == (1, NOW)


def test_a_login_link_signs_in_once(db):
    person = make_user(brand=make_brand())
    token = new_login_link(person, now=NOW)

    results = both(lambda: use_login_link(token, now=NOW), lambda: use_login_link(token, now=NOW))

    assert results == [person, None]
    assert LoginLink.objects.get().used_at == NOW
