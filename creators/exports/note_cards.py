"""Notes as HTML. In Python, since a page of 25, each with the forms of its reader, took a template longer than their
query takes the database."""

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from zoneinfo import ZoneInfo

from django.template.defaultfilters import linebreaksbr, urlize
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from config.lib import words
from creators.enums import NoteKind
from creators.exports.chips import pin
from creators.models import Note


@dataclass(frozen=True)
class Reader:
    """Who reads: their key, the token of their forms where they may change notes, and whether brands are named."""

    pk: int
    token: str = ""
    has_brands: bool = False


def notes_html(notes: Iterable[Note], reader: Reader) -> SafeString:
    """One note below the other, with the people that it names."""
    return mark_safe("".join([_note(note, reader) for note in notes]))


def _note(note: Note, reader: Reader) -> str:
    when = words.moment(note.told_at, ZoneInfo(note.brand.time_zone))
    named: list[str] = note.named  # type: ignore[attr-defined]
    mentions = f'<p class="hint">Mentions {escape(", ".join(named))}</p>' if named else ""
    return (
        f'<article class="note{" pinned" if note.is_pinned else ""}" id="note-{note.pk}">{_head(note, reader, when)}'
        f'<div class="note-text">{linebreaksbr(urlize(note.text))}</div>'
        f"{mentions}{_forms(note, reader, when) if reader.token else ''}</article>\n"
    )


def _head(note: Note, reader: Reader, when: str) -> str:
    brand = f' <span class="muted">{escape(note.brand.name)}</span>' if reader.has_brands else ""
    return (
        f'<p class="note-head">{pin() if note.is_pinned else ""}'
        f'<span class="badge {"quiet" if note.kind == NoteKind.NOTE else "ok"}">{note.get_kind_display()}</span> '
        f"<strong>{escape(str(note.made_by or 'somebody'))}</strong> "
        f'<time datetime="{timezone.localtime(note.told_at).isoformat()}">{when}</time>{brand}</p>'
    )


def _forms(note: Note, reader: Reader, when: str) -> str:
    """Anybody who may pins and unpins; only who wrote a note changes it."""
    place, of = f"/creators/notes/{note.pk}/", f'<span class="sr-only"> the note of {when}</span>'
    token = f'<input type="hidden" name="csrfmiddlewaretoken" value="{reader.token}">'
    word, answer = ("Unpin", "no") if note.is_pinned else ("Pin", "yes")
    own = (
        f'<a class="button small quiet" href="{place}edit/">Edit{of}</a><form method="post" action="{place}remove/">'
        f'{token}<button class="button small quiet">Remove{of}</button></form>'
    )
    return (
        f'<div class="actions"><form method="post" action="{place}pin/">{token}'
        f'<input type="hidden" name="pin" value="{answer}"><button class="button small quiet">{word}{of}</button>'
        f"</form>{own if note.made_by_id == reader.pk else ''}</div>"
    )
