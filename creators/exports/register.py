"""The rows of the register as HTML, put together by hand: a template took longer for them than the database."""

from collections.abc import Sequence
from datetime import date
from functools import cache
from html import escape

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from config.lib import words
from creators.enums import Place, RightKind, RightState
from creators.queries.rights import Registered

_USES = {
    (kind.value, place.value): f"{escape(kind.label)} on {escape(place.label)}"
    for kind in RightKind
    for place in Place
}


def lines_html(rows: Sequence[Registered], *, place: str, names_brands: bool) -> SafeString:
    """A row of the table for each; `place` is the address that the key of a right is put behind."""
    return mark_safe("".join([_line(row, place, names_brands) for row in rows]))


def _line(row: Registered, place: str, names_brands: bool) -> str:
    right, clocks = row.right, row.clocks
    name = f'<a href="{place}{right.pk}/">{escape(right.creator.name)}</a>'
    brand = f' <span class="muted">{escape(right.brand.name)}</span>' if names_brands else ""
    content = escape(right.content.title) if right.content else "All content"
    permitted = _day(clocks.permission_on) or ("no end" if right.permitted else _muted("none"))
    return (
        f'<tr><th scope="row" class="nowrap">{name}{brand}</th>'
        f'<td data-label="State"><span>{_badge(row.state)} <span class="nowrap">{row.left}</span></span></td>'
        f'<td class="wide" data-label="Use"><span>{_use(row)}</span></td>'
        f'<td data-label="Content">{content}</td>'
        f'<td class="nowrap" data-label="Contract until">{_day(clocks.contract_on) or "no end"}</td>'
        f'<td class="nowrap" data-label="Platform until">{permitted}</td>'
        f'<td class="nowrap" data-label="Ad last seen">{_day(clocks.seen_on) or _muted("never")}</td>'
        f'<td class="num" data-label="Price">{escape(words.money(right.price, right.currency))}</td></tr>\n'
    )


def _use(row: Registered) -> str:
    right = row.right
    warnings = [f'<br><span class="badge warn">check</span> {escape(each)}' for each in row.clocks.warnings]
    return f"{_USES[right.kind, right.place]}, {right.territory or 'worldwide'}{''.join(warnings)}"


@cache
def _badge(state: RightState) -> SafeString:
    return mark_safe(render_to_string("creators/_right_state.html", {"state": state}).strip())


def _day(day: date | None) -> str:
    return words.day(day) if day else ""


def _muted(word: str) -> str:
    return f'<span class="muted">{word}</span>'
