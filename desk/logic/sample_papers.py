"""The papers of the sample program: small PDFs of one page, made when they are needed."""

_WIDE, _HIGH = 595, 842


def page(lines: list[str]) -> bytes:
    """A PDF of one page with these lines, the first as its heading."""
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Contents 4 0 R /Resources <<"
        b" /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >> >> >> >>"
        % (_WIDE, _HIGH),
        _stream(lines),
    ]
    body, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(parts) + 1)
    tail = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(parts) + 1, len(body))
    return body + head + table + tail


def _stream(lines: list[str]) -> bytes:
    shown = [b"/F1 %d Tf (%s) Tj T*" % (22 if number == 0 else 12, _text(line)) for number, line in enumerate(lines)]
    drawn = b"BT 72 760 Td 28 TL " + b" ".join(shown) + b" ET"
    return b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawn), drawn)


def _text(line: str) -> bytes:
    plain = line.encode("cp1252", "replace")
    return plain.replace(b"\\", rb"\\").replace(b"(", rb"\(").replace(b")", rb"\)")
