"""A file with columns that we name, read whole: its good rows, and what keeps each of the others out."""

import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from django.core.files.uploadedfile import UploadedFile

from config.lib.problems import Problem
from config.lib.tabular import NotATable, Table, read_table, unguarded

T = TypeVar("T")
ReadRow = Callable[[int, Mapping[str, str]], tuple[T | None, list[Problem]]]
"""Makes a row from its line and cells, or says what is wrong with it."""


@dataclass(frozen=True)
class Layout:
    """The columns that a file may have and those that it must have, and the most rows that are read at once."""

    columns: Sequence[str]
    required: Sequence[str]
    most_rows: int


def read_rows(upload: "UploadedFile[Any]", layout: Layout, read: ReadRow[T]) -> tuple[list[T], list[Problem]]:
    """Each line as `read` makes it from its number and cells (by `layout.columns`), and all problems.

    Raises `NotATable` with a sentence for a person: no table, a required column missing, too many rows.
    """
    with tempfile.NamedTemporaryFile() as file:
        for chunk in upload.chunks():
            file.write(chunk)
        file.flush()
        return _read(read_table(Path(file.name), (upload.name or "file.csv")[:255]), layout, read)


def _read(table: Table, layout: Layout, read: ReadRow[T]) -> tuple[list[T], list[Problem]]:
    names = _names(table, layout)
    rows: list[T] = []
    problems: list[Problem] = []
    for number, row in enumerate(table.rows(), start=1):
        if number > layout.most_rows:
            raise NotATable(f"The file has more than {layout.most_rows:,} rows. Split it.")
        if row.problem:
            problems.append(Problem(row.line, "", "", row.problem))
            continue
        cells = {names[title]: unguarded(text) for title, text in row.cells.items() if title in names}
        found, refused = read(row.line, cells)
        problems += refused
        if found is not None:
            rows.append(found)
    return rows, problems


def _names(table: Table, layout: Layout) -> dict[str, str]:
    """Our name of each column that the file has; capitals and spaces do not count."""
    folded = {title: "_".join(title.lower().split()) for title in table.header}
    missing = [name for name in layout.required if name not in folded.values()]
    if missing:
        raise NotATable(f"The file has no column {', '.join(missing)}. It may have {', '.join(layout.columns)}.")
    return {title: name for title, name in folded.items() if name in layout.columns}
