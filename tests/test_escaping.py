"""What people write is text on every page and never HTML, where rows are put together by hand too."""

from typing import Any

import pytest
from django.contrib.postgres.fields import ArrayField
from django.db import DatabaseError, connection, models, transaction

from config.checks import our_models
from team.enums import Role
from tests.conftest import signed_in
from tests.examples import build
from tests.factories import make_brand, make_user
from tests.routes import all_routes
from tests.test_access import undone

HOSTILE = '<i>"x'
LEAST_PAGES = 100  # that show it, or the test shows nothing
# What is looked up by, or is a word of our own where no choices say so.
NOT_WRITTEN = {
    "slug",
    "token",
    "file",
    "kind",
    "state",
    "time_zone",
    "password",
    "theme",
    "url",
    "target",
    "page",
    "consent",
}


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """One of everything, and hostile words wherever the database takes them."""
    with django_db_blocker.unblock(), transaction.atomic():
        brand = make_brand("Ours")
        made = build(brand, word="acmebee", amount="10")
        for model in our_models():
            for field in filter(is_written, model._meta.local_fields):
                write(model, field)
        yield signed_in(make_user(brand=brand, role=Role.OWNER)), made
        transaction.set_rollback(True)
    connection.close()


def is_written(field: Any) -> bool:
    """Whether people write it: text without choices."""
    plain = field.base_field if isinstance(field, ArrayField) else field
    texts = (models.CharField, models.TextField)
    return isinstance(plain, texts) and not plain.choices and not field.generated and field.name not in NOT_WRITTEN


def write(model: Any, field: Any) -> None:
    """Put the hostile words into every row, where no constraint refuses them."""
    words = [HOSTILE] if isinstance(field, ArrayField) else HOSTILE
    try:
        with transaction.atomic():
            model._base_manager.update(**{field.name: words})
    except DatabaseError:
        pass


@pytest.mark.django_db
def test_what_people_write_is_text_everywhere(world):
    client, made = world
    shown, wrong = 0, []

    for route in all_routes():
        with undone(client):
            response = client.get(route.path(made))
        if response.status_code == 200 and "html" in response.headers["Content-Type"]:
            page = b"".join(response).decode()
            shown += "&lt;i&gt;" in page
            wrong += [route.name] * (HOSTILE in page or '&lt;i&gt;"' in page or "<i>&quot;" in page)

    assert not wrong
    assert shown >= LEAST_PAGES
