"""Editing one cell of the list of creators in place; without script, the same form on a page of its own."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from config.lib.htmx import render_page
from creators.actions import lifecycle, niches, relationships
from creators.logic.tags import BadTags
from creators.models import Creator, Relationship
from creators.queries.listed import ListedCreator
from desk.exports.cells import Shown, cell_of
from desk.forms.cells import NichesCell, OwnerCell, StageCell, TagsCell
from desk.logic.columns import COLUMNS, facts_for
from desk.queries.creators import rows_of
from desk.views.creators import Asked, address_of, asked_of, brand_of
from team.requests import Request


def cell(request: Request, pk: int, column: str) -> HttpResponse:
    """The form of a cell, or with `?show` the cell; a good POST saves and answers with the cell."""
    creator: Creator = get_object_or_404(Creator, pk=pk)
    if column not in COLUMNS or not COLUMNS[column].edits or request.brand is None:
        raise Http404
    asked = asked_of(request)
    row = _row(pk, column, asked)
    if request.method != "POST":
        form = None if "show" in request.GET else _form(request, column, row, asked, None)
        return _answer(request, column, row, asked, form)
    form = _form(request, column, row, asked, request.POST)
    if not form.is_valid():
        return _answer(request, column, row, asked, form, status=422)
    try:
        _SAVES[column](request, creator, form.cleaned_data, asked)
    except BadTags as refusal:
        form.add_error(column, str(refusal))
        return _answer(request, column, row, asked, form, status=422)
    if not request.htmx:
        return redirect(address_of(asked.query))
    return _answer(request, column, _row(pk, column, asked), asked, None)


def _row(pk: int, column: str, asked: Asked) -> ListedCreator:
    return rows_of([pk], asked.wanted, facts=facts_for([column]))[0]


def _form(request: Request, column: str, row: ListedCreator, asked: Asked, data: Any) -> forms.Form:
    held = row.known.get("relationship") or {}
    auto_id = f"id_%s_{row.creator.pk}"
    if column == "stage":
        return StageCell(data, initial={"stage": row.stage}, auto_id=auto_id)
    if column == "owner":
        return OwnerCell(data, initial={"owner": held.get("owner_id") or ""}, people=asked.people, auto_id=auto_id)
    if column == "tags":
        return TagsCell(data, initial={"tags": ", ".join(held.get("tags") or ())}, auto_id=auto_id)
    return NichesCell(data, initial={"niches": row.creator.niches}, auto_id=auto_id)


def _save_stage(request: Request, creator: Creator, told: Mapping[str, Any], asked: Asked) -> None:
    brand = brand_of(request)
    lifecycle.move([creator.pk], **told, brand=brand, by=request.user, now=timezone.now())


def _save_owner(request: Request, creator: Creator, told: Mapping[str, Any], asked: Asked) -> None:
    brand = brand_of(request)
    owner = told["owner"]
    people = {person.pk: person for person in asked.people}
    relationships.set_owner([creator.pk], brand=brand, owner=people.get(owner) if owner else None)


def _save_tags(request: Request, creator: Creator, told: Mapping[str, Any], asked: Asked) -> None:
    brand = brand_of(request)
    held = Relationship.objects.filter(brand=brand, creator=creator).values_list("tags", flat=True).first()
    wanted, before = told["tags"], held or []
    # Only what the person changed: a tag that somebody else gave meanwhile stays.
    with transaction.atomic():
        relationships.remove_tags([creator.pk], brand=brand, tags=[t for t in before if t not in wanted])
        relationships.add_tags([creator.pk], brand=brand, tags=[t for t in wanted if t not in before])


def _save_niches(request: Request, creator: Creator, told: Mapping[str, Any], asked: Asked) -> None:
    niches.set_niches(creator, told["niches"])


_SAVES: dict[str, Callable[[Request, Creator, Mapping[str, Any], Asked], None]] = {
    "stage": _save_stage,
    "owner": _save_owner,
    "tags": _save_tags,
    "niches": _save_niches,
}


def _answer(
    request: Request, column: str, row: ListedCreator, asked: Asked, form: forms.Form | None, status: int = 200
) -> HttpResponse:
    shown = Shown(currency=request.brand.currency if request.brand else "")
    context = {
        "form": form, "column": COLUMNS[column], "row": row, "query": asked.query, "back": address_of(asked.query),
        "text": cell_of(column, row, shown), "may_change": True,
    }  # fmt: skip
    return render_page(request, "desk/cell.html", context, partial="inside", status=status)
