"""Notes about a creator: the list, writing, changing, pinning, and a mention read."""

from django.contrib import messages
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from config.lib.htmx import render_page
from config.lib.paging import page_of
from config.lib.saving import posted
from creators.actions import notes as actions
from creators.exports.note_cards import Reader, notes_html
from creators.forms.notes import NoteFilterForm, NoteForm
from creators.models import Creator, Mention, Note
from creators.queries.notes import notes_of
from creators.views.relationships import in_place
from team.enums import Role
from team.requests import Request

_WHAT = "A note, or a contact that you had with the creator. The team of the brand sees it."


@require_safe
def notes(request: Request, pk: int) -> HttpResponse:
    """All notes and contacts of one creator that the person may see."""
    creator = get_object_or_404(Creator, pk=pk)
    form = NoteFilterForm(request.GET)
    page = page_of(request, notes_of(creator, **form.told()), per_page=25)
    context = {
        "creator": creator,
        "form": form,
        "is_filtered": bool(form.told()),
        "page": page,
        "notes": notes_html(page, reader_of(request)),
        "may_edit": bool(request.rights.brands(Role.MANAGER)),
    }
    return render_page(request, "creators/notes.html", context, partial="rows")


def reader_of(request: Request) -> Reader:
    """The person as one who reads notes."""
    token = get_token(request) if request.rights.brands(Role.MANAGER) else ""
    return Reader(request.user.pk, token, has_brands=len(request.brands) > 1)


def add_note(request: Request, pk: int) -> HttpResponse:
    """Write a note or a contact."""
    creator, now = get_object_or_404(Creator, pk=pk), timezone.now()
    form = NoteForm(posted(request), brands=request.brands, brand=request.brand, now=now)
    if request.method == "POST" and form.is_valid():
        actions.add_note(creator, **form.cleaned_data, by=request.user, now=now)
        messages.success(request, "Noted.")
        return redirect("desk:creator", creator.pk)
    return in_place(request, creator, form, title=f"New note on {creator.name}", sub=_WHAT)


def edit_note(request: Request, pk: int) -> HttpResponse:
    """Change one's own note."""
    note = _note(pk)
    if note.made_by != request.user:
        return _not_yours(request, note)
    now = timezone.now()
    form = NoteForm(posted(request), brands=[note.brand], brand=note.brand, now=now, note=note)
    if request.method == "POST" and form.is_valid():
        actions.edit_note(note, **form.said, now=now)
        messages.success(request, "Changed.")
        return redirect("desk:creator", note.creator_id)
    return in_place(request, note.creator, form, title=f"Edit a note on {note.creator.name}", sub=_WHAT)


@require_POST
def remove_note(request: Request, pk: int) -> HttpResponse:
    """Take one's own note away."""
    note = _note(pk)
    if note.made_by != request.user:
        return _not_yours(request, note)
    actions.remove_note(note)
    messages.success(request, "Removed.")
    return redirect("desk:creator", note.creator_id)


@require_POST
def pin_note(request: Request, pk: int) -> HttpResponse:
    """Put a note at the top of the page, or take it from there."""
    note = get_object_or_404(Note, pk=pk)
    if request.POST.get("pin") == "no":
        actions.unpin_note(note)
    else:
        actions.pin_note(note)
    return redirect("desk:creator", note.creator_id)


@require_POST
def read_mention(request: Request, pk: int) -> HttpResponse:
    """Say that one has read a note that names one."""
    actions.read_mention(get_object_or_404(Mention, pk=pk), by=request.user, now=timezone.now())
    return redirect("desk:today")


def _note(pk: int) -> Note:
    found: Note = get_object_or_404(Note.objects.select_related("brand", "creator", "made_by"), pk=pk)
    return found


def _not_yours(request: Request, note: Note) -> HttpResponse:
    messages.error(request, f"Only {note.made_by or 'who wrote it'} can change this note.")
    return redirect("desk:creator", note.creator_id)
