"""A transaction that can be taken back later: every step is written down with what undoing it takes.

Four kinds of step: `move` (a column of some rows from one id to another), `set` (columns of one row), `drop` (rows,
as the database had them) and `add` (rows that were new). They are undone from the last to the first.
"""

# ruff: noqa: S608 - names of tables and columns come from our own models

import json
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.db import DatabaseError, connection, models, transaction

from config.lib.refusals import refusal_of

Step = dict[str, Any]
Model = type[models.Model]


class Journal:
    """Carries out steps and keeps them in `steps`, as JSON."""

    def __init__(self) -> None:
        self.steps: list[Step] = []

    def move(self, model: Model, column: str, ids: Iterable[int], *, old: int, new: int) -> None:
        """Let `column` (a foreign key's field) of these rows lead to `new`."""
        chosen = sorted(ids)
        if chosen:
            model._base_manager.filter(pk__in=chosen).update(**{column: new})
            self._note("move", model, column=column, ids=chosen, old=old, new=new)

    def set(self, row: models.Model, values: Mapping[str, Any]) -> None:
        """Give fields of one row other values; those it has already are left out."""
        model = type(row)
        fresh = {name: value for name, value in values.items() if getattr(row, name) != value}
        columns = [str(model._meta.get_field(name).column) for name in fresh]  # type: ignore[union-attr]
        if fresh:
            old = _as_json(model, [row.pk], columns)
            model._base_manager.filter(pk=row.pk).update(**fresh)
            self._note("set", model, id=row.pk, old=old[0], new=_as_json(model, [row.pk], columns)[0])

    def drop(self, model: Model, ids: Iterable[int]) -> None:
        """Put rows aside: they are deleted here and kept whole in the journal."""
        chosen = sorted(ids)
        if chosen:
            self._note("drop", model, rows=_as_json(model, chosen))
            model._base_manager.filter(pk__in=chosen)._raw_delete("default")  # type: ignore[attr-defined]

    def add(self, row: models.Model) -> None:
        """A row that was just made goes again when all is undone."""
        self._note("add", type(row), ids=[row.pk])

    def _note(self, do: str, model: Model, **told: Any) -> None:
        self.steps.append({"do": do, "model": model._meta.label, **told})


def undo(steps: Sequence[Step]) -> list[str]:
    """Take all steps back, the last first. What could not be, because something new stands in the way, in words.

    Raises `DatabaseError` where rows that were put aside cannot come back: the rest would lead to nothing.
    """
    left: list[str] = []
    for step in reversed(steps):
        model = apps.get_model(step["model"])
        try:
            with transaction.atomic():
                left += _UNDO[step["do"]](model, step)
        except DatabaseError as error:
            if step["do"] == "drop":
                raise
            left.append(f"{_words(model)}: {refusal_of(error, model)}")
    return left


def _unmove(model: Model, step: Step) -> list[str]:
    rows = model._base_manager.filter(pk__in=step["ids"], **{step["column"]: step["new"]})
    returned = rows.update(**{step["column"]: step["old"]})
    lost = len(step["ids"]) - returned
    return [f"{_words(model)}: {lost} moved on or gone since"] if lost else []


def _unset(model: Model, step: Step) -> list[str]:
    old, new = _read(step["old"]), _read(step["new"])
    now = [_read(row) for row in _as_json(model, [step["id"]], list(new))]
    if not now:
        return [f"{_words(model)}: gone since"]
    same = [column for column, value in new.items() if now[0][column] == value]
    _write_back(model, step["id"], step["old"], columns=same)
    return [f"{_words(model)}: {column} was changed since" for column in old if column not in same]


def _undrop(model: Model, step: Step) -> list[str]:
    table, columns = _quoted(model._meta.db_table), ", ".join(_quoted(each) for each in _columns(model))
    with connection.cursor() as cursor:
        cursor.execute(
            f"insert into {table} ({columns}) select {columns} from unnest(%s::text[]) row, "
            f"lateral jsonb_populate_record(null::{table}, row::jsonb)",
            [step["rows"]],
        )
    return []


def _unadd(model: Model, step: Step) -> list[str]:
    model._base_manager.filter(pk__in=step["ids"])._raw_delete("default")  # type: ignore[attr-defined]
    return []


_UNDO = {"move": _unmove, "set": _unset, "drop": _undrop, "add": _unadd}


def _as_json(model: Model, ids: Sequence[int], columns: Sequence[str] = ()) -> list[str]:
    """Rows as the database writes them, each a text, so that no number is rounded on its way."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select (select jsonb_object_agg(key, value)::text from jsonb_each(to_jsonb(t)) where key = any(%s)) "
            f"from {_quoted(model._meta.db_table)} t where id = any(%s) order by id",
            [list(columns or _columns(model)), list(ids)],
        )
        return [row for (row,) in cursor.fetchall()]


def _read(row: str) -> dict[str, Any]:
    return dict(json.loads(row, parse_float=Decimal))


def _write_back(model: Model, pk: int, row: str, *, columns: Sequence[str]) -> None:
    if columns:
        table, names = _quoted(model._meta.db_table), [_quoted(each) for each in columns]
        sets = ", ".join(f"{name} = old.{name}" for name in names)
        with connection.cursor() as cursor:
            cursor.execute(
                f"update {table} set {sets} from jsonb_populate_record(null::{table}, %s::jsonb) old "
                f"where {table}.id = %s",
                [row, pk],
            )


def _columns(model: Model) -> list[str]:
    return [str(field.column) for field in model._meta.concrete_fields if not field.generated]


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)


def _words(model: Model) -> str:
    return str(model._meta.verbose_name).capitalize()
