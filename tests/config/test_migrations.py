import pytest
from django.db import connection, migrations, models
from django.db.migrations.state import ProjectState

from config.lib.migrations import AtOnce

SHELF = migrations.CreateModel("Shelf", [("id", models.BigAutoField(primary_key=True))])
BOOK = migrations.CreateModel(
    "Book",
    [
        ("id", models.BigAutoField(primary_key=True)),
        ("shelf", models.ForeignKey("library.Shelf", models.CASCADE)),
    ],
)


def carried_out(operation, state, *, backwards=False):
    """The state after an operation, which the database has gone through too."""
    after = state.clone()
    operation.state_forwards("library", after)
    with connection.schema_editor() as editor:
        if backwards:
            operation.database_backwards("library", editor, after, state)
        else:
            operation.database_forwards("library", editor, state, after)
    return after


@pytest.mark.django_db
def test_tables_that_need_each_other_come_and_go_together():
    empty, both = ProjectState(), AtOnce([SHELF, BOOK])

    there = carried_out(both, empty)
    tables = connection.introspection.table_names()
    carried_out(both, empty, backwards=True)

    assert {"library_shelf", "library_book"} <= set(tables)
    assert not {"library_shelf", "library_book"} & set(connection.introspection.table_names())
    assert there.apps.get_model("library", "Book").shelf.field.related_model.__name__ == "Shelf"


def test_models_are_rendered_only_when_they_are_asked_for():
    state = ProjectState()
    assert state.apps.get_models() == []

    AtOnce([SHELF, BOOK]).state_forwards("library", state)

    assert "apps" not in state.__dict__
    assert len(state.apps.get_models()) == 2
