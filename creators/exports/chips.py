"""Small pictures and words of few values as HTML, for rows and cards that repeat them: each rendered once."""

from functools import cache

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe


@cache
def stage_chip(stage: str) -> SafeString:
    """A lifecycle word with its glyph; blank for none."""
    return mark_safe(render_to_string("components/_stage.html", {"stage": stage}).strip())
