"""Contracts, screenshots and media kits: listed, uploaded, handed out and removed, each use written down."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe
from django_scopes import scope

from campaigns.actions.documents import keep
from campaigns.forms.documents import DocumentFilterForm, DocumentForm, RemoveForm
from campaigns.models import Deal
from campaigns.queries.documents import DocumentFilter, documents
from config.lib.files import handed_out
from config.lib.htmx import render_page
from config.lib.ids import id_of
from config.lib.paging import page_of
from config.lib.saving import posted
from config.lib.tabular import csv_response
from config.lib.uploads import at_most
from creators.models import Creator, Right
from team.actions import documents as actions
from team.enums import DocumentAct, Role
from team.models import Document
from team.requests import Request

_HEADER = [
    "title",
    "kind",
    "creator",
    "campaign",
    "file",
    "bytes",
    "sha256",
    "uploaded at",
    "by",
    "removed at",
    "why",
]
_TRAIL = 100


def document_list(request: Request) -> HttpResponse:
    """Documents that the person may see, newest first."""
    form = DocumentFilterForm(request.GET, brands=request.brands)
    wanted = form.wanted()
    context = {
        "form": form,
        "about": Creator.objects.filter(pk=wanted.creator).first() if wanted.creator else None,
        "page": page_of(request, documents(wanted, managed=_managed(request))),
        "is_filtered": any(value for name, value in request.GET.items() if name != "page"),
        "may_edit": bool(_managed(request)),
    }
    return render_page(request, "campaigns/documents.html", context, partial="rows")


@require_safe
def documents_csv(request: Request) -> HttpResponseBase:
    """Everything that the filter finds, as CSV."""
    return csv_response("documents", _HEADER, _rows(request))


def _rows(request: Request) -> Iterator[list[object]]:
    # The rows are streamed after the request's own scope has closed.
    with scope(brand=request.brands):
        wanted = DocumentFilterForm(request.GET, brands=request.brands).wanted()
        for each in documents(wanted, managed=_managed(request)).iterator():
            about, of = getattr(each, "about", None), getattr(each, "of_deal", None)
            yield [
                each.title, each.get_kind_display(), about.creator.name if about else "",
                of.deal.campaign.name if of else "", each.file_name, each.size, each.sha256, each.uploaded_at,
                str(each.uploaded_by or ""), each.removed_at, each.removed_why,
            ]  # fmt: skip


@at_most()
def add(request: Request) -> HttpResponse:
    """Upload a file for a creator, a deal or a right that the address names, or for the brand."""
    deal, right = _named(request, Deal, "deal"), _named(request, Right, "right")
    initial = {"creator": _named(request, Creator, "creator"), "kind": request.GET.get("kind")}
    form = DocumentForm(
        posted(request), request.FILES or None, brands=request.brands, brand=request.brand, deal=deal, right=right,
        initial={name: value for name, value in initial.items() if value},
    )  # fmt: skip
    same = None
    if form.is_valid():
        try:
            made = keep(
                form.upload(), form.about(), brand=form.brand(), by=request.user, now=timezone.now(),
                again=form.cleaned_data["again"],
            )  # fmt: skip
        except actions.AlreadyHere as refusal:
            same = refusal.document
            form.add_error("file", str(refusal))
            form.offer_again()
        else:
            messages.success(request, f"“{made.title}” is kept.")
            return redirect("campaigns:deal", deal.pk) if deal else redirect("campaigns:document", made.pk)
    context = {"form": form, "same": same, "deal": deal, "right": right, "about": initial["creator"]}
    return render(request, "campaigns/document_form.html", context, status=422 if form.errors else 200)


def _named(request: Request, model: Any, name: str) -> Any:
    """The object that the address names; 404 where the person may not see it."""
    key = id_of(request.GET.get(name, ""))
    return get_object_or_404(model, pk=key) if key is not None else None


@require_safe
def document(request: Request, pk: int) -> HttpResponse:
    """One document, what it is about, and for managers its trail."""
    return _page(request, _found(request, pk))


@require_safe
def download(request: Request, pk: int) -> HttpResponseBase:
    """Hand the file out as a download, and write down who took it."""
    found = _found(request, pk)
    try:
        file = found.file.open() if found.file else None
    except FileNotFoundError:
        file = None
    if file is None:
        messages.error(request, "The file of this document is not there any more.")
        return redirect("campaigns:document", found.pk)
    if request.method == "GET":
        actions.note(found, DocumentAct.OPENED, by=request.user, now=timezone.now())
    return handed_out(file, name=found.file_name, content_type=found.content_type)


@require_POST
def remove(request: Request, pk: int) -> HttpResponse:
    """Take the file away; row and trail stay."""
    found = _found(request, pk)
    form = RemoveForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form, status=422)
    removed = actions.remove([found], why=form.cleaned_data["why"], by=request.user, now=timezone.now())
    messages.success(request, "The file is removed." if removed else "The file was removed already.")
    return redirect("campaigns:document", found.pk)


def _managed(request: Request) -> list[Any]:
    return request.rights.brands(Role.MANAGER)


def _found(request: Request, pk: int) -> Document:
    seen = documents(DocumentFilter(state="all"), managed=_managed(request))
    found: Document = get_object_or_404(seen, pk=pk)
    return found


def _page(request: Request, found: Document, form: RemoveForm | None = None, status: int = 200) -> HttpResponse:
    may_edit = found.brand in _managed(request)
    context = {
        "document": found,
        "trail": found.events.select_related("made_by")[:_TRAIL] if may_edit else None,
        "removing": form or RemoveForm(),
        "may_edit": may_edit,
    }
    return render(request, "campaigns/document.html", context, status=status)
