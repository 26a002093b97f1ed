"""What the reader of workbooks does not tell, looked up in their XML before anything is read: cells that would make
a small file fill the memory, errors of formulas (which it reads as blank) and percentages (which it reads as shares).
"""

import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import IO, NamedTuple
from xml.etree import ElementTree

_CHUNK = 1 << 20
_TAG = re.compile(rb"<(?:\w+:)?(?:(row)|c)(?:\s+r=[\"']([A-Za-z]{0,3})(\d{1,7})[\"'])?(?=[\s/>])([^>]*)>")
_ERROR = re.compile(rb">(?:<(?:\w+:)?f\b[^>]*>(?:[^<]*</(?:\w+:)?f>)?)?<(?:\w+:)?v>(#[^<]{1,20})<")  # past a formula
_STYLE = re.compile(rb"\bs=[\"'](\d+)[\"']")
_STRING = re.compile(rb"<(?:\w+:)?si\b[^>]*>(.*?)</(?:\w+:)?si>", re.DOTALL)
_STRING_NUMBER = re.compile(rb"\bt\s*=\s*[\"']s[\"'].{0,200}?<(?:\w+:)?v>\s*(\d{1,9})", re.DOTALL)
_SMALL_PART = 20 << 20  # bytes of styles and of the list of sheets
_MOST_STRINGS = 200 << 20  # bytes of the table of texts
_WIDE_OPEN = b"<\0", b"\0<", b"\xff\xfe<", b"\xfe\xff\0"
MOST_BLANKS = 3_000_000
"""Cells between the table and one that stands far away, all of which the reader makes."""
MOST_TEXT = 600 << 20
"""Characters of all cells: one long text may stand in a million of them."""


class TooMuch(Exception):
    """Reading this workbook would fill the memory; the message says why, to a person."""


@dataclass
class Sheet:
    """One part with cells: how far it goes, and what its cells would be read as otherwise than they look."""

    rows: int = 0
    columns: int = 0
    filled: int = 0
    farthest: str = ""
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    percents: set[tuple[int, int]] = field(default_factory=set)

    def fill(self, row: int, column: int) -> None:
        """Note a cell that holds something."""
        self.filled += 1
        if row > self.rows or column > self.columns:
            self.rows, self.columns = max(row, self.rows), max(column, self.columns)
            self.farthest = f"row {row:,}, column {column:,}"


def sheets_of(archive: zipfile.ZipFile) -> dict[str, Sheet]:
    """The sheets of a workbook by their names. Raises `TooMuch`, and `BadZipFile` or `ParseError` where damaged."""
    names = {name.replace("\\", "/").lower(): name for name in archive.namelist()}
    if len(names) < len(archive.namelist()):
        raise TooMuch("two of its parts have one name. Save it again.")
    book = _Book(archive, names)
    percents, parts = _percent_styles(book), list(_parts(book))
    looked = {}
    for name, part in parts:
        if part.lower() in names:
            with archive.open(names[part.lower()]) as file:
                looked[name] = _looked_at(file, percents)
    _check_texts(book, [part for _, part in parts], sum(sheet.filled for sheet in looked.values()))
    return looked


@dataclass(frozen=True)
class _Book:
    """The parts of a workbook, by their names in small letters, as its reader finds them."""

    archive: zipfile.ZipFile
    names: dict[str, str]

    def size_of(self, part: str) -> int:
        name = self.names.get(part.lower())
        return self.archive.getinfo(name).file_size if name else 0

    def read(self, part: str) -> bytes:
        name = self.names.get(part.lower())
        return self.archive.read(name) if name else b""

    def tree(self, part: str) -> Iterable[ElementTree.Element]:
        if self.size_of(part) > _SMALL_PART:
            raise TooMuch("its formats or its list of sheets are too large. Save the sheet as CSV and try again.")
        text = self.read(part)
        if b"<!DOCTYPE" in text:
            raise TooMuch("it defines its own entities. Save the sheet as CSV and try again.")
        return ElementTree.fromstring(text) if text else ()  # noqa: S314 (no document type, so nothing to expand)


def _looked_at(file: IO[bytes], percents: set[bytes]) -> Sheet:
    sheet, kinds = Sheet(), dict[bytes, _Kind]()
    columns: dict[bytes, int] = {}
    row = column = 0
    for match, text in _tags(file):
        is_row, letters, number, rest = match.groups()
        if is_row:
            row, column = int(number) if number else row + 1, 0
            continue
        if letters:
            column, row = columns.get(letters) or columns.setdefault(letters, _number_of(letters)), int(number)
        else:
            column += 1
        kind = kinds.get(rest)
        if kind is None:
            kind = kinds[rest] = _kind_of(rest, percents)
        if kind.holds:
            sheet.fill(row, column)
        if kind.is_error:
            found = _ERROR.match(text, match.end() - 1)
            sheet.errors[row, column] = found[1].decode("ascii", "replace") if found else "#ERROR!"
        if kind.is_percent:
            sheet.percents.add((row, column))
    if sheet.rows * sheet.columns > MOST_BLANKS + 20 * sheet.filled:
        raise TooMuch(f"a cell stands far away from the others, in {sheet.farthest}. Delete it and save again.")
    return sheet


def _tags(file: IO[bytes]) -> Iterator[tuple[re.Match[bytes], bytes]]:
    """Each row and cell with the text that it was found in, which goes on a little behind it."""
    text = file.read(_CHUNK)
    if text.startswith(_WIDE_OPEN):
        raise TooMuch("it is written in an unusual encoding. Save the sheet as CSV UTF-8 and try again.")
    while text:
        more = file.read(_CHUNK)
        end = len(text) if not more else max(text.rfind(b"<", 0, len(text) - 500), 0)
        yield from ((match, text) for match in _TAG.finditer(text, 0, end))
        text = text[end:] + more if more else b""
        if len(text) > 8 * _CHUNK:
            raise TooMuch("it holds a text of many megabytes. Save the sheet as CSV and try again.")


class _Kind(NamedTuple):
    """What a cell is by its attributes alone."""

    holds: bool
    is_error: bool
    is_percent: bool


def _kind_of(rest: bytes, percents: set[bytes]) -> _Kind:
    style, holds = _STYLE.search(rest), not rest.endswith(b"/")
    is_number = b"t=" not in rest or b't="n"' in rest
    is_percent = holds and is_number and style is not None and style[1] in percents
    return _Kind(holds, b't="e"' in rest or b"t='e'" in rest, is_percent)


def _number_of(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _percent_styles(book: _Book) -> set[bytes]:
    tables = {each.tag.rpartition("}")[2]: each for each in book.tree("xl/styles.xml")}
    formats = {each.get("numFmtId"): each.get("formatCode", "") for each in tables.get("numFmts", ())}
    shown = {"9", "10", *(number for number, code in formats.items() if "%" in code)}
    return {b"%d" % number for number, each in enumerate(tables.get("cellXfs", ())) if each.get("numFmtId") in shown}


def _parts(book: _Book) -> Iterator[tuple[str, str]]:
    """The name of each sheet with the part that holds it."""
    targets = {each.get("Id"): each.get("Target", "") for each in book.tree("xl/_rels/workbook.xml.rels")}
    for each in (each for group in book.tree("xl/workbook.xml") for each in group if _is(each, "sheet")):
        link = next((value for name, value in each.attrib.items() if name.endswith("}id")), "")
        target = targets.get(link, "").replace("\\", "/").lstrip("/")
        yield each.get("name", ""), target if target.lower().startswith("xl/") else f"xl/{target}"


def _is(element: ElementTree.Element, name: str) -> bool:
    return element.tag.rpartition("}")[2] == name


def _check_texts(book: _Book, parts: Iterable[str], filled: int) -> None:
    """Refuse what would unfold one long text a great many times. All is counted only where that can be at all."""
    if book.size_of("xl/sharedStrings.xml") > _MOST_STRINGS:
        raise TooMuch("it holds too much text. Save the sheet as CSV and try again.")
    lengths = [len(match[1]) for match in _STRING.finditer(book.read("xl/sharedStrings.xml"))]
    if filled * max(lengths, default=0) <= MOST_TEXT:
        return
    total = 0
    for part in parts:
        numbers = (int(match[1]) for match in _STRING_NUMBER.finditer(book.read(part)))
        total += sum(lengths[number] for number in numbers if number < len(lengths))
    if total > MOST_TEXT:
        raise TooMuch("it repeats a long text a great many times. Save the sheet as CSV and try again.")
