"""The rows of the ads seen as HTML, put together by hand: a template took longer for them than the database."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from django.utils.safestring import SafeString, mark_safe

from config.lib import words
from creators.enums import Place, RightKind, SightingSource
from creators.models import Sighting

_USES = {(kind.value, place.value): escape(f"{kind.label} on {place.label}") for kind in RightKind for place in Place}
_SOURCES = {source.value: escape(source.label) for source in SightingSource}


@dataclass(frozen=True)
class Shown:
    """What the rows need: where rights and sightings are, and the token against forgery, blank for who only reads."""

    rights: str
    sightings: str
    token: str
    names_brands: bool


def lines_html(rows: Sequence[Sighting], shown: Shown) -> SafeString:
    """A row of the table for each."""
    return mark_safe("".join([_line(seen, shown) for seen in rows]))


def _line(seen: Sighting, shown: Shown) -> str:
    creator = f'<a href="{shown.rights}?creator={seen.creator_id}">{escape(seen.creator.name)}</a>'
    brand = f' <span class="muted">{escape(seen.brand.name)}</span>' if shown.names_brands else ""
    where = _USES[seen.kind, seen.place] + (f", {seen.territory}" if seen.territory else "")
    content = escape(seen.content.title) if seen.content else "not known"
    ad = f'{escape(seen.ad) or "not named"} <span class="badge quiet">{_SOURCES[seen.source]}</span>'
    return (
        f'<tr><th scope="row" class="nowrap">{words.day(seen.seen_on)}</th>'
        f'<td class="nowrap" data-label="Creator"><span>{creator}{brand}</span></td>'
        f'<td data-label="Where">{where}</td><td data-label="Content">{content}</td>'
        f'<td data-label="Ad"><span>{ad}</span></td>'
        f'<td data-label="Allowed"><div class="inline">{_allowed(seen, shown)}</div></td></tr>\n'
    )


def _allowed(seen: Sighting, shown: Shown) -> str:
    if seen.settled_on:
        return f'<span class="badge quiet">dealt with</span> {escape(seen.settled_why)}'
    if not seen.is_outside:
        return '<span class="badge ok">allowed that day</span>'
    return f'<span class="badge danger">outside its rights</span> {_settling(seen.pk, shown) if shown.token else ""}'


def _settling(pk: int, shown: Shown) -> str:
    return (
        f'<form method="post" class="inline" action="{shown.sightings}{pk}/settle/">'
        f'<input type="hidden" name="csrfmiddlewaretoken" value="{shown.token}">'
        f'<label class="sr-only" for="why-{pk}">What was done</label>'
        f'<input id="why-{pk}" name="why" required maxlength="200" placeholder="What was done">'
        '<button class="button small">Dealt with</button></form>'
    )
