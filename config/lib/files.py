"""What an uploaded file really is, by its first bytes: names and browsers lie."""

from typing import Protocol

MAX_BYTES = 20 * 1024 * 1024
_BEGINNINGS = {b"%PDF-": "application/pdf", b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}


class Rewindable(Protocol):
    """Anything that can be read from its beginning."""

    def read(self, size: int, /) -> bytes: ...
    def seek(self, place: int, /) -> object: ...


def content_type_of(file: Rewindable) -> str | None:
    """The content type of a PDF, PNG, JPEG or WebP file, or None for anything else. Leaves the file rewound."""
    file.seek(0)
    head = file.read(16)
    file.seek(0)
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    return next((kind for beginning, kind in _BEGINNINGS.items() if head.startswith(beginning)), None)
