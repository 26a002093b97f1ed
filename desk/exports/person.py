"""All that is kept about one person, as one ZIP: a file of rows per table, their files, and a page to begin with."""

# ruff: noqa: S608 - names of tables come from our own models

import json
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import IO, Any

from django.core.files.storage import default_storage
from django.db import connection, models
from django.template.loader import render_to_string
from django_scopes import scopes_disabled

from creators.models import Creator, RawPayload
from desk.logic.kinds import words_for
from desk.queries.person import Model
from desk.queries.person_rows import histories_of, rows_about

_BATCH = 500
_IN_MEMORY = 8 * 1024 * 1024


def person_zip(creator: Creator, *, now: datetime) -> IO[bytes]:
    """The archive, rewound. It spills to a file of its own where it gets large, which goes when it is closed."""
    archive: IO[bytes] = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - the answer closes it
    with scopes_disabled(), zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as book:
        rows = rows_about(creator)
        tables: list[tuple[Model, Iterable[Any]]] = [(Creator, [creator.pk]), *rows.by_table()]
        tables += histories_of(rows).items()
        told = [_table(book, model, sorted(ids, key=str)) for model, ids in tables if ids]
        files = [name for model, ids in tables for name in _files(book, model, ids)]
        context = {"creator": creator, "tables": told, "files": files, "now": now}
        book.writestr("index.html", render_to_string("desk/person_export.html", context))
    archive.seek(0)
    return archive


def _table(book: zipfile.ZipFile, model: Model, ids: list[Any]) -> dict[str, Any]:
    name = f"{model._meta.label_lower}.json"
    lines = list(_rows(model, ids))
    book.writestr(f"data/{name}", "[\n" + ",\n".join(lines) + "\n]\n")
    words = words_for(str(model._meta.verbose_name)).capitalize()
    return {"words": words, "name": f"data/{name}", "count": len(lines), "rows": [json.loads(row) for row in lines]}


def _rows(model: Model, ids: list[Any]) -> Iterator[str]:
    table, key = connection.ops.quote_name(model._meta.db_table), model._meta.pk.column  # type: ignore[union-attr]
    without = [each.column for each in model._meta.concrete_fields if isinstance(each, models.BinaryField)]
    with connection.cursor() as cursor:
        for start in range(0, len(ids), _BATCH):
            cursor.execute(
                f"select jsonb_pretty(to_jsonb(t) - %s::text[]) from {table} t where {key} = any(%s) order by {key}",
                [without, ids[start : start + _BATCH]],
            )
            yield from (row for (row,) in cursor.fetchall())


def _files(book: zipfile.ZipFile, model: Model, ids: Iterable[Any]) -> Iterator[str]:
    if model is RawPayload:
        for payload in RawPayload.objects.filter(pk__in=list(ids)):
            name = f"answers/{payload.pk}.json"
            book.writestr(name, payload.body)
            yield name
    for field in model._meta.concrete_fields:
        if isinstance(field, models.FileField):
            rows = model._base_manager.filter(pk__in=list(ids)).exclude(**{field.name: ""})
            for stored in rows.values_list(field.name, flat=True):
                if default_storage.exists(stored):
                    with default_storage.open(stored) as source:
                        book.writestr(f"files/{stored}", source.read())
                    yield f"files/{stored}"
