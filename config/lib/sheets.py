"""What kind of file an upload is, by its content, and the rows of a workbook."""

import codecs
import datetime as dt
import io
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import ParseError

from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

from config.lib.workbooks import Sheet, TooMuch, sheets_of

_CHUNK = 1 << 20
_LARGEST_SHEET = 600 << 20  # bytes unpacked: a workbook of some hundred kB could else fill the memory
_KINDS = {
    b"%PDF": "a PDF",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"RIFF": "a picture or a sound",
    b"\x1f\x8b": "a packed file",
    b"\xd0\xcf\x11\xe0": "an old (.xls) or password-protected Excel file",
    b"{\\rtf": "a text document",
    b"SQLite format 3": "a database",
}


class NotATable(Exception):
    """The file is no table that Troupe can read; the message tells a person why and what to do, `line` where."""

    def __init__(self, sentence: str, line: int = 1) -> None:
        self.line = line
        super().__init__(sentence)


def is_workbook(path: Path, file_name: str) -> bool:
    """Whether the file is an XLSX workbook. Raises `NotATable` where it is plainly neither workbook nor text."""
    with path.open("rb") as file:
        start = file.read(512)
    if not start.strip(b"\xef\xbb\xbf \t\r\n"):
        raise NotATable(f"“{file_name}” is empty.")
    if start.startswith(b"PK"):
        _check_zip(path, file_name)
        return True
    kind = next((kind for magic, kind in _KINDS.items() if start.startswith(magic)), "")
    text = start.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if text.startswith((b"<!doctype", b"<html", b"<?xml", b"<svg")):
        kind = "a web page"
    elif text.startswith((b"{", b"[")):
        kind = "JSON"
    if kind:
        raise NotATable(f"“{file_name}” is {kind}, not a table. Save the table as CSV or XLSX and try again.")
    return False


def _check_zip(path: Path, file_name: str) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except zipfile.BadZipFile as error:
        raise NotATable(f"“{file_name}” is damaged and cannot be opened. Save it again.") from error
    if not any(part.filename == "xl/workbook.xml" for part in parts):
        raise NotATable(f"“{file_name}” is not an Excel workbook. Save the table as CSV or XLSX and try again.")
    if sum(part.file_size for part in parts) > _LARGEST_SHEET:
        raise NotATable(f"“{file_name}” is too large a workbook. Save its sheet as CSV and try again.")


def encoding_of(path: Path, file_name: str) -> str:
    """`utf-8-sig`, or `utf-16` where the file starts so. Reads the whole file; raises `NotATable` with the line."""
    with path.open("rb") as file:
        start = file.read(4096)
    if start.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        raise NotATable(f"“{file_name}” is UTF-32 text. Save it as CSV UTF-8 and try again.")
    encoding = "utf-16" if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8-sig"
    if encoding == "utf-8-sig" and start.count(b"\0") * 5 > len(start):
        raise NotATable(f"“{file_name}” is not UTF-8 text. Save it as CSV UTF-8 and try again.")
    _check_decodes(path, encoding, file_name)
    return encoding


def _check_decodes(path: Path, encoding: str, file_name: str) -> None:
    decoder = codecs.getincrementaldecoder(encoding)()
    ends, last = 0, ""
    with path.open("rb") as file:
        while True:
            chunk = file.read(_CHUNK)
            kept = decoder.getstate()[0]
            try:
                text = decoder.decode(chunk, final=not chunk)
            except UnicodeDecodeError as error:
                before = (kept + chunk)[: error.start].decode(_half(encoding, path), "replace")
                line = ends + _line_ends(before) + 1
                raise NotATable(
                    f"Line {line} of “{file_name}” is not {encoding[:6].rstrip('-').upper()} text. "
                    "Save it as CSV UTF-8 and try again.",
                    line,
                ) from error
            ends += _line_ends(last + text) - _line_ends(last)
            last = text[-1:] or last
            if not chunk:
                return


def _half(encoding: str, path: Path) -> str:
    """The encoding of a piece from the middle of the file, which has no mark of its own."""
    if encoding != "utf-16":
        return "utf-8"
    with path.open("rb") as file:
        return "utf-16-le" if file.read(2) == codecs.BOM_UTF16_LE else "utf-16-be"


def _line_ends(text: str) -> int:
    return text.count("\n") + text.count("\r") - text.count("\r\n")


def rows(path: Path) -> Iterator[tuple[int, list[str], str]]:
    """(row number, cells, "") of the first sheet that people see and that holds anything. Raises `NotATable`."""
    try:
        with zipfile.ZipFile(path) as archive:
            looked = sheets_of(archive)
        book = CalamineWorkbook.from_filelike(io.BytesIO(path.read_bytes()))
        seen = [each.name for each in book.sheets_metadata if each.visible == SheetVisibleEnum.Visible]
        sheets = (book.get_sheet_by_name(name) for name in seen)
        sheet = next((sheet for sheet in sheets if sheet.start is not None), None)
    except TooMuch as error:
        raise NotATable(f"This workbook cannot be read: {error}") from error
    except (CalamineError, OSError, zipfile.BadZipFile, zlib.error, ParseError, NotImplementedError) as error:
        raise NotATable("This workbook is damaged and cannot be opened. Save it again.") from error
    if sheet is None or sheet.start is None:
        return
    look, first = looked.get(sheet.name, Sheet()), sheet.start[1] + 1
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        yield number, [_shown(cell, look, (number, column)) for column, cell in enumerate(cells, start=first)], ""


def _shown(cell: object, look: Sheet, place: tuple[int, int]) -> str:
    """A cell as people see it: the reader gives nothing for an error, and a share for a percentage."""
    if place in look.errors:
        return look.errors[place]
    if place in look.percents and isinstance(cell, float | int):
        return f"{cell * 100:.15g}%"
    return _text(cell)


def _text(cell: object) -> str:
    """A cell as it would stand in a CSV: whole numbers without a point, days and moments in ISO form."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else f"{cell:.15g}"
    if isinstance(cell, dt.datetime | dt.date | dt.time):
        return cell.isoformat()
    return str(cell)
