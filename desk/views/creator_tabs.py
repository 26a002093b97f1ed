"""The further pages of one creator: deals and money, rights and rates."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from desk.views.creator import page_context
from results.queries.creators import codes_of, deals_of
from team.requests import Request


@require_safe
def money(request: Request, pk: int) -> HttpResponse:
    """Deals with what they cost and brought, codes and links."""
    context = page_context(request, pk, "money")
    found = context["creator"]
    context |= {"deals": deals_of(found), "codes": codes_of(found)}
    return render(request, "desk/creator_money.html", context)
