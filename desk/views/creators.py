"""The list of creators: saved views, filters, columns, export, and a look at one creator beside it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe
from django_scopes import scope

from config.lib.days import day_at
from config.lib.htmx import render_page
from config.lib.ids import ids_of
from config.lib.tabular import csv_response, xlsx_response
from creators.models import Creator
from creators.queries.creators import CreatorFilter
from creators.queries.listed import ListedCreator
from desk.exports.cells import EditLink, Shown, cell_of
from desk.exports.creators import rows, table_of
from desk.exports.lines import choices_html, lines_html, picture
from desk.forms.creators import Choices, FilterForm, Known, state_of
from desk.logic.columns import COLUMNS, DEFAULT, Column, facts_for
from desk.logic.list_state import ListState, columns_chosen
from desk.queries.creators import campaigns_of, found, in_batches, rows_of
from desk.queries.list_pages import count_of, ids_at, ids_in_order, page_of_ids
from desk.queries.views import Views, views_of
from team.enums import Role
from team.models import Brand, User
from team.queries import people_of
from team.requests import Request


@dataclass(frozen=True)
class Asked:
    """What a request asks of the list, with the views and choices that it needed to understand it."""

    state: ListState
    wanted: CreatorFilter
    views: Views
    people: Sequence[User]
    known: Known
    form: FilterForm

    @property
    def query(self) -> str:
        """The address of this list without its page."""
        return self.state.query(default_columns=DEFAULT)


@dataclass(frozen=True)
class ShownCell:
    """A cell with its label; `text` is HTML where it is marked safe."""

    label: str
    text: str


@dataclass(frozen=True)
class Head:
    """The head of a column, with the address of its order, if it has one."""

    column: Column
    query: str


def asked_of(request: Request) -> Asked:
    """The list that an address means: its own words, else the saved view it names, else the person's first view."""
    people = list(people_of([request.brand])) if request.brand else []
    views, known = views_of(request.user, request.brand), _known(request.brand, people)
    told = FilterForm(request.GET, known=known)
    state = state_of(told)
    saved = None if set(request.GET) - {"view", "page", "at"} else views.state_of(state.view)
    form = FilterForm.of(saved or state, known) if saved or told.errors else told
    state = replace(saved or state, filters=form.understood())
    wanted = form.wanted(brand=request.brand, me=request.user.pk, today=today_of(request))
    return Asked(state, wanted, views, people, known, form)


def _known(brand: Brand | None, people: Sequence[User]) -> Known:
    campaigns = campaigns_of(brand) if brand else []
    return Known(tuple((str(person.pk), str(person)) for person in people), tuple(campaigns))


def today_of(request: Request) -> date:
    """The day on the current brand's clock."""
    return day_at(timezone.now(), request.brand.time_zone if request.brand else "UTC")


def may_change(request: Request) -> bool:
    """Whether the person may change what the current brand knows."""
    role = request.rights.roles.get(request.brand) if request.brand else None
    return role is not None and role.rank >= Role.MANAGER.rank


def brand_of(request: Request) -> Brand:
    """The brand whose knowledge is to be changed."""
    if request.brand is None:
        raise PermissionDenied
    return request.brand


def address_of(query: str) -> str:
    """The list with this query."""
    return f"{reverse('desk:creators')}?{query}"


def creator_list(request: Request) -> HttpResponse:
    """The creators that the address or a saved view asks for, with what the current brand knows of them."""
    asked = asked_of(request)
    if "show" in request.GET:
        return redirect(address_of(_with_columns(request.GET, asked.state).query(default_columns=DEFAULT)))
    page = page_of_ids(asked.wanted, request.GET.get("page"))
    columns = [COLUMNS[key] for key in asked.state.columns]
    context = {
        **shell_of(request, asked),
        "form": asked.form,
        "chips": list(asked.form.chips(asked.state)),
        "page": page,
        "heads": [Head(column, _sorted(asked.state, column.sort) if column.sort else "") for column in columns],
        "name_query": _sorted(asked.state, "name"),
        "choices": choices_html(tuple(asked.state.columns)),
        "rows": (rows_found := rows_of(page.ids, asked.wanted, facts=facts_for(asked.state.columns))),
        "lines": _lines(request, asked, rows_found, page.before),
        "more": _more(tuple(asked.state.filters.items()), asked.known),
    }
    return render_page(request, "desk/creators.html", context, partial="rows")


@require_safe
def count(request: Request) -> HttpResponse:
    """How many the list holds, exactly: asked for by a page that only knows of the first 500."""
    return render(request, "desk/_creator_count.html", {"count": count_of(asked_of(request).wanted)})


def shell_of(request: Request, asked: Asked) -> dict[str, Any]:
    """What every part of the list needs to know of where it stands."""
    return {
        "place": reverse("desk:creators"), "query": asked.query, "state": asked.state, "views": asked.views,
        "is_filtered": bool(asked.state.filters),
        "view": asked.views.named(asked.state.view), "may_change": may_change(request),
        "is_changed": asked.views.is_changed(asked.state),
    }  # fmt: skip


def _sorted(state: ListState, sort: str) -> str:
    """The address of the same list in another order."""
    return replace(state, sort=sort).query(default_columns=DEFAULT)


def _lines(request: Request, asked: Asked, rows_found: Sequence[ListedCreator], before: int) -> SafeString:
    shown = Shown(currency=request.brand.currency if request.brand else "")
    edit = EditLink(
        reverse("desk:creators"), asked.query, may_change(request), picture("pencil"), look=picture("look")
    )
    return lines_html(rows_found, [COLUMNS[key] for key in asked.state.columns], shown, edit, before=before)


@lru_cache(maxsize=256)
def _more(filters: Choices, known: Known) -> SafeString:
    """The fields behind "Add a filter" as HTML: thirty of them take longer than everything else on the page."""
    form = FilterForm.of(ListState(dict(filters)), known)
    return mark_safe(render_to_string("desk/_filters.html", {"form": form}))


def cells_of(request: Request, row: ListedCreator, columns: Sequence[Column]) -> list[ShownCell]:
    """The cells of a row with their labels, for a look at one creator."""
    shown = Shown(currency=request.brand.currency if request.brand else "")
    return [ShownCell(each.label, cell_of(each.key, row, shown)) for each in columns]


def _with_columns(told: Any, state: ListState) -> ListState:
    places = {key.removeprefix("at_"): value for key, value in told.items() if key.startswith("at_")}
    chosen = columns_chosen(told.getlist("show"), places, list(COLUMNS)) or DEFAULT
    return ListState(state.filters, chosen, state.sort, state.view)


def export(request: Request, form: str) -> HttpResponseBase:
    """Everything that the filter finds, or those selected, as CSV or XLSX: the list's columns, or a roster's."""
    asked = asked_of(request)
    chosen, _ = chosen_creators(request, asked.wanted) if request.method == "POST" else (found(asked.wanted), True)
    is_roster = request.GET.get("as") == "roster"
    table = table_of(asked.state.columns, is_roster=is_roster)
    facts = [] if is_roster else facts_for(asked.state.columns)
    answer = csv_response if form == "csv" else xlsx_response
    lines = _exported(request, table, lambda: in_batches(asked.wanted, chosen, facts=facts))
    return answer("creators", [head for head, _ in table], lines)


def _exported(
    request: Request, table: Any, creators: Callable[[], Iterator[ListedCreator]]
) -> Iterator[list[object]]:
    # The rows are streamed after the request's own scope has closed.
    with scope(brand=request.brands):
        yield from rows(creators(), table)


def chosen_creators(request: Request, wanted: CreatorFilter) -> tuple[QuerySet[Creator], bool]:
    """The creators that a bulk form means. "All" is the filter in the address, run again here."""
    if request.POST.get("all") == "yes":
        return found(wanted), True
    ids = ids_of(request.POST.getlist("ids"))
    return Creator.objects.filter(pk__in=ids), False


def peek(request: Request, pk: int) -> HttpResponse:
    """One creator beside the list, with the one before and the one after in its filter and order."""
    asked = asked_of(request)
    line = next(iter(rows_of([pk], asked.wanted, facts=facts_for(COLUMNS))), None)
    if line is None:
        raise Http404
    context = {
        **shell_of(request, asked),
        "row": line,
        "cells": cells_of(request, line, list(COLUMNS.values())),
        "back": address_of(asked.query),
        **_neighbours(pk, asked, request.GET.get("at", "")),
    }
    return render_page(request, "desk/peek.html", context, partial="peek")


def _neighbours(pk: int, asked: Asked, told: str) -> Mapping[str, Any]:
    """The creators beside the place `told` in the list, where this one still stands there."""
    if not (told.isascii() and told.isdigit() and len(told) < 10):
        return {}
    at = int(told)
    low = max(at - 1, 0)
    # Walking from the front needs no count, and few people look at places far behind.
    ids = ids_at(ids_in_order(asked.wanted), low, at + 2, count=max(2 * (at + 2), 2))
    if pk not in ids:
        return {}
    place = ids.index(pk)
    before = ids[place - 1] if place else None
    after = ids[place + 1] if place + 1 < len(ids) else None
    return {"before": before, "before_at": low + place - 1, "after": after, "after_at": low + place + 1}
