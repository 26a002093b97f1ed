from io import BytesIO

import pytest

from config.lib.files import content_type_of


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
