"""The rows of the list of creators as HTML, put together by hand for the same reason as their cells."""

from collections.abc import Sequence
from functools import cache, lru_cache
from html import escape

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from creators.queries.listed import ListedCreator
from desk.exports.cells import EditLink, Shown, cells_html
from desk.logic.columns import COLUMNS, Column


def lines_html(
    rows: Sequence[ListedCreator], columns: Sequence[Column], shown: Shown, edit: EditLink, *, before: int
) -> SafeString:
    """A row of the table for each; `before` is how many stand before the first in the whole list."""
    return mark_safe("".join([_line(row, columns, shown, edit, before + n) for n, row in enumerate(rows)]))


def _line(row: ListedCreator, columns: Sequence[Column], shown: Shown, edit: EditLink, at: int) -> str:
    pk, name, url = row.creator.pk, escape(row.creator.name), f"{edit.place}{row.creator.pk}/"
    peek = f"{url}peek/?{edit.escaped}&amp;at={at}"
    warning = ' <span class="badge danger">No contact</span>' if row.creator.no_contact_on else ""
    return (
        f'<tr><td class="pick"><label class="check"><input type="checkbox" name="ids" value="{pk}">'
        f'<span class="sr-only">{name}</span></label></td>'
        f'<th scope="row"><a href="{url}">{name}</a>{warning} <a class="peek" href="{peek}" hx-get="{peek}" '
        f'hx-target="#drawer" hx-swap="innerHTML" data-peek id="peek-{pk}" title="Look">'
        f'<span class="sr-only">Look at {name}</span>{edit.look}</a></th>'
        f"{cells_html(row, columns, shown, edit)}</tr>\n"
    )


@cache
def picture(name: str) -> SafeString:
    """`look` or `pencil`: the picture of a link that each row repeats."""
    return mark_safe(render_to_string(f"desk/_{name}.html").strip())


@lru_cache(maxsize=256)
def choices_html(chosen: tuple[str, ...]) -> SafeString:
    """The boxes for choosing columns: the chosen ones in their order with their places, then the others."""
    others = [(column, None) for key, column in COLUMNS.items() if key not in chosen]
    choices = [*((COLUMNS[key], place) for place, key in enumerate(chosen, start=1)), *others]
    return mark_safe(render_to_string("desk/_column_choices.html", {"choices": choices}))
