"""What an uploaded file really is: names, extensions and browsers lie, so its content is looked at."""

import hashlib
import unicodedata
from dataclasses import dataclass
from typing import Any, Protocol

from django.http import FileResponse

from config.lib.file_shapes import PDF, is_two_things, is_whole

MAX_BYTES = 20 * 1024 * 1024
ALLOWED = "PDF, PNG, JPEG or WebP"
EXTENSIONS = {
    "pdf": PDF, "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "webp": "image/webp",
}  # fmt: skip
_BEGINNINGS = {b"%PDF-": PDF, b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}
_LONGEST_NAME = 120
_PIECE = 64 * 1024

NAMES = {PDF: "PDF", "image/png": "PNG", "image/jpeg": "JPEG", "image/webp": "WebP"}
"""What people call each content type."""


class BadFile(Exception):
    """The file is none that we keep; the text says why, for people."""


class Rewindable(Protocol):
    """Anything that can be read from its beginning."""

    def read(self, size: int, /) -> bytes: ...
    def seek(self, place: int, /) -> object: ...


@dataclass(frozen=True)
class Checked:
    """A file that is what it says: its clean name, content type, size in bytes, and SHA-256 in hexadecimal."""

    name: str
    content_type: str
    size: int
    sha256: str


def content_type_of(file: Rewindable) -> str | None:
    """The content type of a PDF, PNG, JPEG or WebP file, or None for anything else. Leaves the file rewound."""
    file.seek(0)
    head = file.read(16)
    file.seek(0)
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    return next((kind for beginning, kind in _BEGINNINGS.items() if head.startswith(beginning)), None)


def checked(file: Rewindable, *, name: str, size: int) -> Checked:
    """The file as it really is, read piece by piece and left rewound. Raises BadFile.

    Its content has to be whole, of the kind that its extension says, and nothing else at the same time.
    """
    if not size:
        raise BadFile("This file is empty. Choose another one.")
    if size > MAX_BYTES:
        raise BadFile(too_large(MAX_BYTES))
    kind = content_type_of(file)
    said = EXTENSIONS.get(name.rpartition(".")[2].lower())
    if kind is None or said is None:
        raise BadFile(f"This is not a {ALLOWED} file.")
    if kind != said:
        raise BadFile(
            f"This file ends in .{name.rpartition('.')[2]}, but it is {_words(kind)}. Give it its right name."
        )
    if not is_whole(file, size, kind):
        raise BadFile("This file is damaged or cut off. Open it, save it again, and upload that.")
    if is_two_things(file, size, kind):
        raise BadFile(f"There is another file inside of this one. Save it as {_words(kind)} alone.")
    digest = sha256_of(file)
    return Checked(name=clean_name(name), content_type=kind, size=size, sha256=digest)


def too_large(limit: int) -> str:
    """The sentence for a file over the limit."""
    return f"This file is larger than {limit // (1024 * 1024)} MB. Make it smaller and upload it again."


def sha256_of(file: Rewindable) -> str:
    """SHA-256 of a file in hexadecimal, piece by piece. Leaves the file rewound."""
    digest = hashlib.sha256()
    file.seek(0)
    while piece := file.read(_PIECE):
        digest.update(piece)
    file.seek(0)
    return digest.hexdigest()


def clean_name(name: str) -> str:
    """A file's name without folders, control characters and marks that turn the reading direction; 120 at most."""
    last = name.replace("\\", "/").rpartition("/")[2]
    seen = "".join(each for each in last if unicodedata.category(each)[0] != "C")
    stem, dot, ending = " ".join(seen.split()).rpartition(".")
    return f"{stem[: _LONGEST_NAME - len(ending) - 1] or 'file'}{dot}{ending}"


def handed_out(file: Any, *, name: str, content_type: str) -> FileResponse:
    """A file as a download that nobody on the way keeps and no browser opens by itself."""
    response = FileResponse(file, as_attachment=True, filename=name, content_type=content_type)
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _words(kind: str) -> str:
    return f"a {NAMES[kind]}"
