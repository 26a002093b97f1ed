"""The board of creators by stage, and moving one card."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from campaigns.exports.cards import Shown, card_html, cards_html
from campaigns.forms.board import BoardForm, CardForm
from campaigns.queries.board import Card, board_of, card_of, refused
from config.lib.htmx import render_page
from creators.actions import lifecycle
from creators.logic.lifecycle import refusal
from creators.models import Creator
from team.enums import Role
from team.models import Brand
from team.requests import Request


@require_safe
def board(request: Request) -> HttpResponse:
    """The current brand's creators by stage, all of them or those of one campaign."""
    if request.brand is None:
        return render(request, "campaigns/board.html", {})
    return _show(request, request.brand, may_move=request.brand in request.rights.brands(Role.MANAGER))


@require_POST
def move_card(request: Request, pk: int) -> HttpResponse:
    """Move one creator, or say on the card why that cannot be."""
    creator = get_object_or_404(Creator, pk=pk)
    brand = get_object_or_404(Brand, pk__in=[each.pk for each in request.brands], slug=request.POST.get("brand", ""))
    now, form = timezone.now(), CardForm(request.POST)
    card = card_of(creator, brand, now=now)
    if card is None:
        messages.error(request, f"{creator} has no stage with {brand}. Put them into a campaign first.")
        return _back(request, brand)
    problem = form.problem if not form.is_valid() else refusal(form.cleaned_data["stage"], card.situation)
    if problem:
        given = {name: request.POST.get(name, "") for name in ("stage", "why")}
        return _refuse(request, brand, replace(card, problem=problem, given=given))
    lifecycle.move([creator.pk], brand=brand, **form.cleaned_data, by=request.user, now=now)
    messages.success(request, f"{creator} is {_stage_label(form)} now.")
    return _back(request, brand)


def _stage_label(form: CardForm) -> str:
    return str(dict(form.fields["stage"].choices)[form.cleaned_data["stage"]]).lower()  # type: ignore[attr-defined]


def _back(request: Request, brand: Brand) -> HttpResponse:
    if request.htmx:
        return _show(request, brand, may_move=True)
    answer = redirect("campaigns:board")
    query = request.GET.urlencode()
    answer["Location"] += f"?{query}" if query else ""
    return answer


def _refuse(request: Request, brand: Brand, card: Card) -> HttpResponse:
    """The card alone for htmx, in its own place; else the whole board with it."""
    if not request.htmx:
        return _show(request, brand, may_move=True, refusal_on=card)
    answer = HttpResponse(card_html(card, _shown(request, brand, may_move=True)), status=422)
    answer["HX-Retarget"], answer["HX-Reswap"] = f"#card-{card.creator.pk}", "outerHTML"
    return answer


def _show(request: Request, brand: Brand, *, may_move: bool, refusal_on: Card | None = None) -> HttpResponse:
    form = BoardForm(request.GET, brand=brand)
    columns = board_of(form.wanted(), now=timezone.now())
    if refusal_on:
        columns = refused(columns, refusal_on)
    shown = _shown(request, brand, may_move=may_move)
    context: dict[str, Any] = {
        "form": form, "brand": brand, "total": sum(column.total for column in columns),
        "columns": [(column, cards_html(column.cards, shown)) for column in columns],
    }  # fmt: skip
    return render_page(request, "campaigns/board.html", context, partial="board", status=422 if refusal_on else 200)


def _shown(request: Request, brand: Brand, *, may_move: bool) -> Shown:
    token = get_token(request) if may_move else ""
    return Shown(brand=brand, place=reverse("campaigns:board"), query=request.GET.urlencode(), token=token)
