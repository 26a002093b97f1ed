"""Queries that take Django longer to write than PostgreSQL to run: their text is written once and run for anybody.

A query is built for `SOMEBODY` (one id) or `[SOMEBODY]` (some ids, with `AnyOf`); a run puts the real ones in their
place. The function that builds it is kept by `functools.lru_cache`, with `scope_key()` among its arguments: a query
sees the brands of the open scope, so its text may only be taken again in the same one.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Lookup, Model, QuerySet
from django_scopes import get_scope

SOMEBODY = -(1 << 62)
M = TypeVar("M", bound=Model)
Scope = tuple[Any, tuple[Any, ...]]


@dataclass(frozen=True)
class Written:
    """The text of a query, and its values."""

    text: str
    values: tuple[Any, ...]

    def values_for(self, who: int | Sequence[int]) -> list[Any]:
        """The values with an id, or some ids, where the query was written for somebody."""
        return [who if value in (SOMEBODY, [SOMEBODY]) else value for value in self.values]

    def rows(self, who: int | Sequence[int]) -> list[tuple[Any, ...]]:
        """The rows as the database has them: JSON is text."""
        with connection.cursor() as cursor:
            cursor.execute(self.text, self.values_for(who))
            found: list[tuple[Any, ...]] = cursor.fetchall()
        return found


def written(rows: QuerySet[Any, Any]) -> Written:
    """The text of these rows. Raises `EmptyResultSet` where no row can ever fit."""
    text, values = rows.query.sql_with_params()
    return Written(text, tuple(values))


@cache
def columns(model: type[Model], path: str = "") -> tuple[str, ...]:
    """What `values_list` is to ask for so that `made` can make an object of the model, found by this path.

    The first is the id.
    """
    return tuple(f"{path}{field.attname}" for field in model._meta.concrete_fields)


def made(model: type[M], values: Sequence[Any]) -> M:
    """The object of a row with its `columns`."""
    return model.from_db(connection.alias, columns(model), values)


def scope_key() -> Scope:
    """The open scope as something to look up by."""
    held = get_scope()
    brands = held.get("brand")
    listed = brands if isinstance(brands, Iterable) else [brands]
    return held.get("_enabled"), tuple(getattr(each, "pk", None) for each in listed)


class AnyOf(Lookup):
    """`filter(AnyOf(F("pk"), ids))`: one of these ids, which go out as one value however many they are."""

    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        """`id = any(array)`."""
        left, values = self.process_lhs(compiler, connection)
        return f"{left} = any(%s::bigint[])", (*values, self.rhs)
