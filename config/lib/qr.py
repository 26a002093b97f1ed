"""QR codes."""

import io
from functools import lru_cache

import segno
from django.http import HttpResponse
from django.utils.safestring import SafeString, mark_safe


@lru_cache(maxsize=1_024)
def qr_svg(text: str, *, scale: int) -> SafeString:
    """`text` as SVG: level M, quiet zone 4, black on white. A sheet shows dozens, each of some milliseconds."""
    out = io.BytesIO()
    code = segno.make(text, error="m", micro=False, boost_error=False)
    code.save(out, kind="svg", scale=scale, border=4, light="#fff", xmldecl=False, svgclass=None, lineclass=None)
    return mark_safe(out.getvalue().decode())


def qr_response(text: str, *, scale: int, name: str, is_file: bool) -> HttpResponse:
    """The picture alone, to be looked at, or as a file of this name."""
    response = HttpResponse(qr_svg(text, scale=scale), content_type="image/svg+xml")
    response["Content-Disposition"] = f'{"attachment" if is_file else "inline"}; filename="{name}.svg"'
    return response
