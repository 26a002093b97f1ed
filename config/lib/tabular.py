"""Tables from files and to files: CSV and XLSX, a row at a time. What the columns mean is decided elsewhere."""

import csv
import re
import tempfile
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TextIO

import xlsxwriter
from django.http import FileResponse, HttpResponseBase, StreamingHttpResponse

from config.lib import sheets
from config.lib.sheets import NotATable, encoding_of

__all__ = [
    "NotATable",
    "Row",
    "Table",
    "csv_lines",
    "csv_response",
    "read_table",
    "unguarded",
    "write_csv",
    "xlsx_response",
]

_SEPARATORS = ",;\t"
_FORMULA = re.compile(r"[=+\-@\t\r\n＝＋－＠]")
_NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?")
_LONGEST_RECORD = 2_000  # lines; a quote that is open for longer was never meant to be
_MOST_COLUMNS = 1_000  # a shop's export has 80; every page that lets a person match them lists them many times
_LONGEST_NAME = 1_000
_BAD_QUOTE = 'A quote (") in this row is out of place or never closed. Correct it in the file.'


@dataclass(frozen=True, slots=True)
class Row:
    """One record. `line` is its first physical line, the header's being 1 (in a workbook: its row).

    A record that cannot be read as the header promises carries a sentence in `problem`, whatever cells it has, and
    in `written` all that stands there, in order; where not even cells can be told apart, its first line.
    """

    line: int
    cells: dict[str, str]
    problem: str = ""
    written: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table:
    """A file known to be a table. `rows()` streams it and may be called again; blank lines are left out."""

    path: Path
    header: list[str]
    separator: str = ""  # blank for a workbook
    _encoding: str = field(default="", repr=False)

    def rows(self) -> Iterator[Row]:
        """The records below the header."""
        records = self._records()
        next(records)
        for line, cells, problem in records:
            row = self._row(line, cells, problem)
            if row:
                yield row

    def _records(self) -> Iterator[tuple[int, list[str], str]]:
        found = csv_records(self.path, self._encoding, self.separator) if self.separator else sheets.rows(self.path)
        return (record for record in found if any(cell.strip() for cell in record[1]) or record[2])

    def _row(self, line: int, cells: list[str], problem: str) -> Row | None:
        width = len(self.header)
        if "\0" in "".join(cells):
            cells = [cell.replace("\0", "") for cell in cells]
            problem = problem or "This row holds a NUL character, which no text may hold. Remove it."
        elif not problem and any(cell.strip() for cell in cells[width:]):
            problem = f"This row has {len(cells)} cells, the header only {width}. Is a quote or separator missing?"
        elif not problem and len(cells) < width:
            problem = f"This row has {len(cells)} cells, the header {width}. Is a quote or separator missing?"
        return Row(line, dict(zip(self.header, cells, strict=False)), problem, tuple(cells) if problem else ())


def read_table(path: Path, file_name: str) -> Table:
    """Look at a file's content (its name only serves messages): CSV with `,` `;` or tab in UTF-8 or UTF-16, or XLSX.

    Raises `NotATable` with a sentence for a person: another kind of file, another encoding (with its line), no
    header, or two columns of one name. The whole file is checked for its encoding before a row is read.
    """
    if sheets.is_workbook(path, file_name):
        return Table(path, _header(_first(sheets.rows(path)), file_name))
    encoding = encoding_of(path, file_name)
    separator = _separator(path, encoding, file_name)
    return Table(path, _header(_first(csv_records(path, encoding, separator)), file_name), separator, encoding)


def csv_records(path: Path, encoding: str, separator: str) -> Iterator[tuple[int, list[str], str]]:
    """(first line, cells, problem) of each record. After a stray or open quote it goes on with the next line."""
    with path.open(encoding=encoding, newline="") as file:
        lines = _Lines(file)
        reader = csv.reader(lines, delimiter=separator, strict=True, skipinitialspace=True)
        while True:
            lines.begin()
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                line, text = lines.give_back()
                reader = csv.reader(lines, delimiter=separator, strict=True, skipinitialspace=True)
                yield line, [text], _words_for(error)
                continue
            if not (lines.first == 1 and cells and cells[0].lower().startswith("sep=")):
                yield lines.first, cells, ""


def _words_for(error: csv.Error) -> str:
    if "field limit" in str(error):
        return f"A cell in this row is longer than {csv.field_size_limit():,} characters. Shorten it in the file."
    return _BAD_QUOTE


class _Lines:
    """The physical lines of a file, which can take back all but the first line of a record that went wrong."""

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self._again: deque[str] = deque()
        self._record: list[str] = []
        self._number = 0
        self.first = 1

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        if len(self._record) > _LONGEST_RECORD:
            raise csv.Error("a quote is never closed")
        line = self._again.popleft() if self._again else next(self._file)
        self._number += 1
        self._record.append(line)
        return line

    def begin(self) -> None:
        """A new record starts with the next line."""
        self._record = []
        self.first = self._number + 1

    def give_back(self) -> tuple[int, str]:
        """Read everything after the record's first line again. Returns the number and the text of that first line."""
        self._again.extendleft(reversed(self._record[1:]))
        self._number = self.first
        return self.first, self._record[0].rstrip("\r\n")


def _separator(path: Path, encoding: str, file_name: str) -> str:
    """The separator that cuts the header into most cells; Excel's own `sep=;` line wins."""
    with path.open(encoding=encoding, newline="") as file:
        first = file.readline(1_000)
    told = re.fullmatch(r"sep=([,;\t])", first.strip("\r\n "), re.IGNORECASE)
    if told:
        return told[1]
    widths = {}
    for separator in _SEPARATORS:
        header = _first(csv_records(path, encoding, separator))
        widths[separator] = (1 + first.count(separator) if header[2] else len(header[1])) if header else 0
    return max(_SEPARATORS, key=lambda separator: widths[separator])


def _first(records: Iterator[tuple[int, list[str], str]]) -> tuple[int, list[str], str] | None:
    """The first record that holds anything."""
    return next((record for record in records if record[2] or any(map(str.strip, record[1]))), None)


def _header(record: tuple[int, list[str], str] | None, file_name: str) -> list[str]:
    if record and record[2]:
        raise NotATable(f"“{file_name}”, line {record[0]}: {record[2]}")
    names = [name.strip().lstrip("\ufeff").strip() for name in record[1]] if record else []
    while names and not names[-1]:
        names.pop()
    if not names:
        raise NotATable(f"“{file_name}” is empty: its first line should name the columns.")
    if len(names) > _MOST_COLUMNS:
        raise NotATable(f"“{file_name}” has {len(names):,} columns; {_MOST_COLUMNS:,} are the most. Remove some.")
    if any(len(name) > _LONGEST_NAME for name in names):
        raise NotATable(f"“{file_name}” has a column name of over {_LONGEST_NAME:,} characters. Shorten it.")
    names = [name or f"column {number}" for number, name in enumerate(names, start=1)]
    times = Counter(_folded(name) for name in names)
    twice = next((name for name in names if times[_folded(name)] > 1), None)
    if twice:
        raise NotATable(f"“{file_name}” has two columns called “{twice}”. Rename or remove one.")
    if any("\0" in name for name in names):
        raise NotATable(f"“{file_name}” is not a table: its first line holds NUL characters.")
    return names


def _folded(name: str) -> str:
    """Columns are known without regard to case and spacing."""
    return " ".join(name.lower().split())


def safe_cell(value: Any) -> Any:
    """The value as a cell that no spreadsheet takes for a formula: `'` before `=`, `+`, `-`, `@`, tab or line end."""
    if value is None:
        return ""
    if isinstance(value, str) and _FORMULA.match(value) and not _NUMBER.fullmatch(value):
        return f"'{value}"
    return value


def unguarded(text: str) -> str:
    """The cell without the `'` that `safe_cell` put before it, so that what we hand out can be handed in again."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text[1:]) else text


class _Echo:
    """A file whose `write` hands the text back, so that a response can stream it."""

    def write(self, text: str) -> str:
        return text


def csv_lines(header: Iterable[str], rows: Iterable[Iterable[Any]], *, separator: str = ",") -> Iterator[str]:
    """The lines of a CSV file, one at a time, safe against formulas."""
    writer = csv.writer(_Echo(), delimiter=separator)
    yield writer.writerow([safe_cell(name) for name in header])
    for row in rows:
        yield writer.writerow([safe_cell(value) for value in row])


def write_csv(out: TextIO, header: Iterable[str], rows: Iterable[Iterable[Any]]) -> None:
    """Write a CSV file to an open stream, safe against formulas."""
    for line in csv_lines(header, rows):
        out.write(line)


def csv_response(
    name: str, header: Iterable[str], rows: Iterable[Iterable[Any]], *, separator: str = ","
) -> StreamingHttpResponse:
    """A download `name`.csv, streamed. Rows that come from a brand's tables must open their own scope."""
    response = StreamingHttpResponse(
        csv_lines(header, rows, separator=separator), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="{_file_name(name, "csv")}"'
    return response


def xlsx_response(name: str, header: Iterable[str], rows: Iterable[Iterable[Any]]) -> HttpResponseBase:
    """A download `name`.xlsx, written row by row to a temporary file; texts stay texts."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, list(header))
        for number, row in enumerate(rows, start=1):
            for column, value in enumerate(row):
                sheet.write(number, column, "" if value is None else value)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=_file_name(name, "xlsx"))


def _file_name(name: str, ending: str) -> str:
    plain = re.sub(r"[^A-Za-z0-9_.-]+", "-", name).strip("-.") or "table"
    return plain if plain.endswith(f".{ending}") else f"{plain}.{ending}"
