"""Whether a PDF or picture is whole, by the structure that its format asks for. Pure, and small in memory.

Nothing is decoded: a file is walked from part to part (PNG chunks with their sums, JPEG segments and scans, RIFF
chunks) to its end. So a cut, a wrong ending and a foreign file behind a fitting first line are all noticed.
"""

import re
import zlib
from typing import Protocol

PDF = "application/pdf"
_MOST_PARTS = 20_000  # of a picture; more are an attack on our time
_WINDOW = 64 * 1024
_SIZES = (*range(0xC0, 0xC4), *range(0xC5, 0xC8), *range(0xC9, 0xCC), *range(0xCD, 0xD0))  # JPEG frame headers
_SCAN, _END = 0xDA, 0xD9
_MARKER = re.compile(rb"\xff[\x01-\xcf\xd8-\xfe]")  # inside a scan, what is no stuffed byte and no restart
_ZIP_END = b"PK\x05\x06"
_ZIP_TAIL = 22 + 65_535


class Seekable(Protocol):
    """Anything that can be read from any place."""

    def read(self, size: int, /) -> bytes: ...
    def seek(self, place: int, /) -> object: ...


def is_whole(file: Seekable, size: int, kind: str) -> bool:
    """Whether a file of this content type has the structure of one, from the first byte to the end."""
    walk = {PDF: _pdf, "image/png": _png, "image/jpeg": _jpeg, "image/webp": _webp}[kind]
    return walk(file, size)


def is_two_things(file: Seekable, size: int, kind: str) -> bool:
    """Whether another program would take the file for something else: a ZIP read from its end, a PDF in a picture."""
    tail = _at(file, max(0, size - _ZIP_TAIL), _ZIP_TAIL)
    for found in re.finditer(re.escape(_ZIP_END), tail):
        comment = int.from_bytes(tail[found.start() + 20 : found.start() + 22], "little")
        if found.start() + 22 + comment == len(tail):
            return True
    return kind != PDF and b"%PDF-" in _at(file, 0, 1024)


def _at(file: Seekable, place: int, length: int) -> bytes:
    file.seek(place)
    return file.read(length)


def _pdf(file: Seekable, size: int) -> bool:
    """Header at the very start, cross references and end mark in the last 2 kB."""
    tail = _at(file, max(0, size - 2048), 2048)
    return bool(re.match(rb"%PDF-[12]\.\d", _at(file, 0, 8))) and b"startxref" in tail and b"%%EOF" in tail


def _png(file: Seekable, size: int) -> bool:
    """Chunks with right sums from a sized IHDR to an IEND that ends the file, with data between."""
    place, has_data = 8, False
    for _ in range(_MOST_PARTS):
        head = _at(file, place, 8)
        length, name = int.from_bytes(head[:4]), head[4:]
        if place + 12 + length > size or not _sum_is_right(file, place, length):
            return False
        if place == 8 and not (name == b"IHDR" and length == 13 and _has_area(_at(file, 16, 8))):
            return False
        place += 12 + length
        has_data = has_data or name == b"IDAT"
        if name == b"IEND":
            return place == size and has_data
    return False


def _sum_is_right(file: Seekable, place: int, length: int) -> bool:
    file.seek(place + 4)
    total, left = 0, length + 4
    while left:
        piece = file.read(min(left, _WINDOW))
        if not piece:
            return False
        total, left = zlib.crc32(piece, total), left - len(piece)
    return total == int.from_bytes(file.read(4))


def _has_area(sizes: bytes) -> bool:
    half = len(sizes) // 2
    return int.from_bytes(sizes[:half]) > 0 and int.from_bytes(sizes[half:]) > 0


def _jpeg(file: Seekable, size: int) -> bool:
    """Segments and scans up to the end mark. Phones put a second picture or notes behind it, which is let be."""
    place, is_sized, is_scanned = 2, False, False
    for _ in range(_MOST_PARTS):
        head = _at(file, place, 9)
        if len(head) < 2 or head[0] != 0xFF:
            return False
        if head[1] == _END:
            return is_sized and is_scanned
        if head[1] == 0xFF:
            place += 1
            continue
        length = int.from_bytes(head[2:4])
        is_sized = is_sized or (head[1] in _SIZES and _has_area(head[5:9]))
        place += 2 + length
        if length < 2 or place > size:
            return False
        if head[1] == _SCAN:
            is_scanned, place = True, _after_scan(file, place)
    return False


def _after_scan(file: Seekable, place: int) -> int:
    """Where the next marker stands; beyond the file where there is none."""
    while piece := _at(file, place, _WINDOW):
        if found := _MARKER.search(piece):
            return place + found.start()
        place += max(1, len(piece) - 1)  # a marker may lie across two pieces
    return place


def _webp(file: Seekable, size: int) -> bool:
    """RIFF chunks that fill what the header promises, with a picture among them."""
    end = 8 + int.from_bytes(_at(file, 4, 4), "little")
    place, has_picture = 12, False
    for _ in range(_MOST_PARTS):
        if place == end:
            return has_picture and size - end in (0, 1)
        head = _at(file, place, 8)
        if len(head) < 8 or place > end:
            return False
        length = int.from_bytes(head[4:], "little")
        has_picture = has_picture or (head[:4] in (b"VP8 ", b"VP8L", b"ANMF") and length > 0)
        place += 8 + length + length % 2
    return False
