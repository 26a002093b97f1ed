"""What is taken in: whole PDFs and pictures that are what their name says, and nothing else."""

import hashlib
import tracemalloc
from io import BytesIO

import pytest

from config.lib.files import MAX_BYTES, BadFile, checked, clean_name, content_type_of
from tests.files import a_jpeg, a_pdf, a_png, a_webp, a_zip_end, png_chunk


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"%PDF-1.7 ...", "application/pdf"),
        (b"\x89PNG\r\n\x1a\n....", "image/png"),
        (b"\xff\xd8\xff\xe0 jfif", "image/jpeg"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "image/webp"),
        (b"RIFF\x00\x00\x00\x00WAVEfmt ", None),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", None),
        (b"<script>alert(1)</script>", None),
        (b"", None),
    ],
)
def test_a_file_is_known_by_its_first_bytes(content, expected):
    file = BytesIO(content)

    assert content_type_of(file) == expected
    assert file.tell() == 0


def check(content, name):
    return checked(BytesIO(content), name=name, size=len(content))


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (a_pdf(), "contract.pdf", "application/pdf"),
        (a_pdf() + b"\r\n\r\n", "Contract.PDF", "application/pdf"),
        (a_png(), "proof.png", "image/png"),
        (a_jpeg(), "proof.jpg", "image/jpeg"),
        (a_jpeg(b"\x10" * 200_000), "proof.jpeg", "image/jpeg"),
        (a_jpeg() + a_jpeg(), "ultra-hdr.jpg", "image/jpeg"),
        (a_webp(), "proof.webp", "image/webp"),
    ],
)
def test_a_whole_file_is_taken_in(content, name, kind):
    told = check(content, name)

    assert (told.content_type, told.size) == (kind, len(content))
    assert told.sha256 == hashlib.sha256(content).hexdigest()


NOT_WHOLE, NOT_ALONE, NOT_OURS = "damaged or cut off", "another file inside", "not a PDF, PNG, JPEG or WebP"
REFUSED = {
    "empty": (b"", "a.pdf", "empty"),
    "a page for browsers": (b"<html><script>alert(1)</script>", "a.png", NOT_OURS),
    "a drawing with script": (b"<svg onload=alert(1)>", "a.png", NOT_OURS),
    "a program": (b"MZ\x90\0" + b"\0" * 60, "a.pdf", NOT_OURS),
    "a picture named as a contract": (a_png(), "contract.pdf", "but it is a PNG"),
    "a contract named as a picture": (a_pdf(), "proof.jpg", "but it is a PDF"),
    "a second ending": (a_pdf(), "contract.pdf.exe", NOT_OURS),
    "no ending": (a_pdf(), "contract", NOT_OURS),
    "a PDF that is cut": (a_pdf()[:-30], "a.pdf", NOT_WHOLE),
    "only the first line of a PDF": (b"%PDF-1.7\n<script>", "a.pdf", NOT_WHOLE),
    "a PDF behind other bytes": (b"GIF89a" + a_pdf(), "a.pdf", NOT_OURS),
    "a PDF that is a ZIP": (a_pdf() + a_zip_end(), "a.pdf", NOT_ALONE),
    "only the first bytes of a PNG": (b"\x89PNG\r\n\x1a\n<script>", "a.png", NOT_WHOLE),
    "a PNG that is cut": (a_png()[:-5], "a.png", NOT_WHOLE),
    "a PNG with something behind": (a_png() + b"<?php", "a.png", NOT_WHOLE),
    "a PNG with a wrong sum": (a_png()[:-14] + b"!" + a_png()[-13:], "a.png", NOT_WHOLE),
    "a PNG of no size": (a_png().replace(b"\0\0\0\1\0\0\0\1", b"\0\0\0\0\0\0\0\1"), "a.png", NOT_WHOLE),
    "a PNG that holds a PDF": (a_png()[:33] + png_chunk(b"tEXt", a_pdf()) + a_png()[33:], "a.png", NOT_ALONE),
    "only the first bytes of a JPEG": (b"\xff\xd8\xff\xe0<script>", "a.jpg", NOT_WHOLE),
    "a JPEG that is cut": (a_jpeg()[:-2], "a.jpg", NOT_WHOLE),
    "a JPEG without a picture": (b"\xff\xd8\xff\xe0\0\2\xff\xd9", "a.jpg", NOT_WHOLE),
    "a JPEG that is a ZIP": (a_jpeg() + a_zip_end(), "a.jpg", NOT_ALONE),
    "only the first bytes of a WebP": (b"RIFF\x20\0\0\0WEBPhello", "a.webp", NOT_WHOLE),
    "a WebP that is cut": (a_webp()[:-4], "a.webp", NOT_WHOLE),
    "a WebP with something behind": (a_webp() + b"<script>", "a.webp", NOT_WHOLE),
}


@pytest.mark.parametrize(("content", "name", "words"), REFUSED.values(), ids=REFUSED)
def test_what_is_not_a_whole_file_of_its_kind_is_refused_in_words(content, name, words):
    with pytest.raises(BadFile) as refusal:
        check(content, name)

    assert words in str(refusal.value)


def test_a_file_over_20_mb_is_refused_before_it_is_read():
    with pytest.raises(BadFile, match="larger than 20 MB"):
        checked(None, name="a.pdf", size=MAX_BYTES + 1)  # type: ignore[arg-type]


def test_a_picture_of_a_million_parts_does_not_keep_us():
    many = png_chunk(b"IHDR", a_png()[16:29]) + png_chunk(b"IDAT", b"") * 100_000 + png_chunk(b"IEND", b"")

    with pytest.raises(BadFile, match=NOT_WHOLE):
        check(b"\x89PNG\r\n\x1a\n" + many, "a.png")


@pytest.mark.parametrize("name", ["a.png", "a.jpg", "a.pdf"])
def test_a_large_file_is_looked_at_without_being_held_in_memory(name, tmp_path):
    size = MAX_BYTES - 1024
    path = tmp_path / name
    path.write_bytes(
        {
            "a.png": a_png()[:33] + png_chunk(b"IDAT", b"\1" * size) + png_chunk(b"IEND", b""),
            "a.jpg": a_jpeg(b"\1" * size),
            "a.pdf": a_pdf().replace(b"4 0 obj", b"%" + b"\1" * size + b"\n4 0 obj"),
        }[name]
    )

    with path.open("rb") as file:
        tracemalloc.start()
        told = checked(file, name=name, size=path.stat().st_size)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()

    assert told.size > size
    assert peak < 2_000_000


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("contract.pdf", "contract.pdf"),
        ("../../etc/contract.pdf", "contract.pdf"),
        (r"C:\Papers\contract.pdf", "contract.pdf"),
        ("con\r\ntract\x00.pdf", "contract.pdf"),
        ("invoice\u202efdp.png", "invoicefdp.png"),
        ("Vertrag für Åsa.pdf", "Vertrag für Åsa.pdf"),
        (".pdf", "file.pdf"),
        ("a" * 300 + ".webp", "a" * 115 + ".webp"),
    ],
)
def test_a_name_is_cleaned(name, kept):
    assert clean_name(name) == kept
