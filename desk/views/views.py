"""Saved views of the list of creators: saving, renaming, sharing, starting with one, dropping."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from config.lib.saving import saved_or_refused
from desk.forms.creators import SavedViewForm
from desk.logic.list_state import ListState
from desk.views.creators import address_of, asked_of, brand_of
from team.actions import views as actions
from team.actions.views import Layout
from team.enums import Role
from team.models import SavedView
from team.requests import Request


@require_POST
def save(request: Request) -> HttpResponse:
    """Save the list of this address: into the view that it began with (`how=over`), or under a new name."""
    asked, brand = asked_of(request), brand_of(request)
    held = asked.views.named(asked.state.view)
    if request.POST.get("how") == "over" and held is not None:
        if held.owner_id != request.user.pk:
            return _not_yours(request, held)
        actions.change_layout(held, layout_of(asked.state))
        messages.success(request, f"“{held}” is saved.")
        return redirect(address_of(f"view={held.pk}"))
    form = SavedViewForm(request.POST or None, may_share=_may_share(request, brand.pk))
    made = None
    if form.is_valid():
        told = _told(form)
        made = saved_or_refused(form, lambda: actions.save_view(request.user, brand, layout_of(asked.state), **told))
    if made is None:
        return _page(request, form, asked.query, status=422)
    actions.start_with(request.user, made, is_first=form.cleaned_data["is_first"])
    messages.success(request, f"“{made}” is saved.")
    return redirect(address_of(f"view={made.pk}"))


def view(request: Request, pk: int) -> HttpResponse:
    """Rename, share or move a view; for one that somebody else shares, only whether to start with it."""
    held = _visible(request, pk)
    is_mine = held.owner_id == request.user.pk
    form = _form_of(request, held, is_mine=is_mine)
    if request.method == "POST" and form.is_valid():
        told = {"is_shared": held.is_shared, **_told(form)} if is_mine else {}
        if not is_mine or saved_or_refused(form, lambda: actions.change_view(held, **told) or True):
            actions.start_with(request.user, held, is_first=form.cleaned_data["is_first"])
            messages.success(request, "Saved.")
            return redirect(address_of(f"view={held.pk}"))
    status = 422 if request.method == "POST" else 200
    return _page(request, form, f"view={held.pk}", held=held, is_mine=is_mine, status=status)


@require_POST
def remove(request: Request, pk: int) -> HttpResponse:
    """Drop one of the person's own views."""
    held = _visible(request, pk)
    if held.owner_id != request.user.pk:
        return _not_yours(request, held)
    actions.remove_view(held)
    messages.success(request, f"“{held}” is gone. The creators in it are not.")
    return redirect(address_of("sort=name"))


def layout_of(state: ListState) -> Layout:
    """What of a list is kept in a view."""
    return Layout(urlencode(list(state.filters.items())), state.columns, state.sort)


def _visible(request: Request, pk: int) -> SavedView:
    found: SavedView = get_object_or_404(SavedView.objects.visible_to(request.user), pk=pk)
    return found


def _not_yours(request: Request, held: SavedView) -> HttpResponse:
    messages.error(request, f"“{held}” belongs to {held.owner}. Save the list under a name of your own instead.")
    return redirect(address_of(f"view={held.pk}"))


def _may_share(request: Request, brand: int) -> bool:
    return any(each.pk == brand and role.rank >= Role.MANAGER.rank for each, role in request.rights.roles.items())


def _form_of(request: Request, held: SavedView, *, is_mine: bool) -> SavedViewForm:
    initial = {
        "name": held.name, "is_shared": held.is_shared, "position": held.position,
        "is_first": held.firsts(manager="objects").filter(user=request.user).exists(),
    }  # fmt: skip
    form = SavedViewForm(
        request.POST if request.method == "POST" else None, initial=initial,
        may_share=is_mine and _may_share(request, held.brand_id),
    )  # fmt: skip
    if not is_mine:
        for name in ("name", "position"):
            del form.fields[name]
    return form


def _told(form: SavedViewForm) -> dict[str, Any]:
    """What the form says of the view itself."""
    told = {name: value for name, value in form.cleaned_data.items() if name in ("name", "is_shared", "position")}
    return {**told, "position": told.get("position") or 0}


def _page(request: Request, form: SavedViewForm, query: str, status: int = 200, **context: Any) -> HttpResponse:
    context = {"form": form, "query": query, "back": address_of(query), **context}
    return render(request, "desk/view.html", context, status=status)
