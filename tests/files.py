"""Small whole files of each kind that we take in, made by hand."""

import struct
import zlib


def a_pdf(text: str = "Hello") -> bytes:
    """A PDF of one page with one line."""
    stream = f"BT /F1 18 Tf 72 760 Td ({text}) Tj ET".encode("latin-1")
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
    ]
    return pdf_of(parts)


def pdf_of(parts: list[bytes]) -> bytes:
    """A PDF of these objects, the first of which is its catalogue."""
    body, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(parts) + 1)
    tail = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(parts) + 1, len(body))
    return body + head + table + tail


def a_png(data: bytes = b"\0\0\0\0\0") -> bytes:
    """A picture of one pixel; other `data` makes another file, whole in structure."""
    header = struct.pack(">IIBBBBB", 1, 1, 8, 6, 0, 0, 0)
    chunks = [(b"IHDR", header), (b"IDAT", zlib.compress(data)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(png_chunk(name, body) for name, body in chunks)


def png_chunk(name: bytes, body: bytes) -> bytes:
    """One chunk with its length and sum."""
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def a_jpeg(scan: bytes = b"\x12\xff\x00\x34\xff\xd0\x56") -> bytes:
    """The parts of a picture of one pixel. The scan has a stuffed byte and a restart, which end nothing."""
    segments = [(0xE0, b"JFIF\0\1\1\0\0\1\0\1\0\0"), (0xC0, b"\x08\0\1\0\1\1\1\x11\0"), (0xDA, b"\1\1\0\0\x3f\0")]
    parts = b"".join(bytes([0xFF, mark]) + struct.pack(">H", len(body) + 2) + body for mark, body in segments)
    return b"\xff\xd8" + parts + scan + b"\xff\xd9"


def a_webp() -> bytes:
    """The chunks of a small lossless picture."""
    chunks = b"VP8L" + struct.pack("<I", 5) + b"\x2f\0\0\0\0" + b"\0"
    return b"RIFF" + struct.pack("<I", 4 + len(chunks)) + b"WEBP" + chunks


def a_zip_end() -> bytes:
    """The end record of an empty ZIP."""
    return b"PK\x05\x06" + b"\0" * 18
