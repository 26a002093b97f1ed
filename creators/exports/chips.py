"""Small pictures and words of few values as HTML, for rows and cards that repeat them: each rendered once."""

from functools import cache

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from creators.enums import Verdict


@cache
def stage_chip(stage: str) -> SafeString:
    """A lifecycle word with its glyph; blank for none."""
    return mark_safe(render_to_string("components/_stage.html", {"stage": stage}).strip())


@cache
def level_badge(level: str) -> SafeString:
    """What all signals of a profile together say."""
    return mark_safe(render_to_string("creators/_level.html", {"level": level}).strip())


@cache
def ruling_badge(ruling: str | None) -> SafeString:
    """What a person made of it, or that nobody has looked yet."""
    return mark_safe(render_to_string("creators/_ruling.html", {"ruling": ruling}).strip())


@cache
def verdict_badge(verdict: Verdict | None) -> SafeString:
    """How a rate stands to its benchmark; blank for none."""
    return mark_safe(render_to_string("creators/_verdict.html", {"rate": {"verdict": verdict}}).strip())


@cache
def pin() -> SafeString:
    """The pin of a pinned note."""
    return mark_safe(render_to_string("creators/_pin.html").strip())
