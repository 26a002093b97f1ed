"""The further pages of one creator: the timeline, deals and money."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from config.lib.days import day_at
from config.lib.htmx import render_page
from creators.models import Creator
from creators.queries.audience import share_of
from creators.queries.numbers import audience_of
from creators.queries.rate_history import history_of
from creators.queries.rights import pressing_of
from desk.exports.events import lines_html
from desk.forms.timeline import STEP, TimelineForm
from desk.queries.events import Asked
from desk.queries.timeline import SEARCHED, timeline_of
from desk.views.creator import page_context
from results.queries.creators import codes_of, deals_of
from team.enums import Role
from team.requests import Request

_LINES = 5  # of rates and rights on the overview


@require_safe
def timeline(request: Request, pk: int) -> HttpResponse:
    """Everything that happened, newest first. The overview loads the first lines of it."""
    form = TimelineForm(request.GET)
    told = form.told()
    if request.htmx and not request.htmx.history_restore_request:
        context: dict[str, Any] = {"creator": get_object_or_404(Creator, pk=pk)}
    else:
        context = page_context(request, pk, "timeline")
    asked = Asked(context["creator"], request.brands, request.rights.brands(Role.MANAGER))
    found = timeline_of(asked, kind=told["kind"], q=told["q"], limit=told["shown"])
    older = min(told["shown"] + STEP, SEARCHED) if found.has_older and told["shown"] < SEARCHED else 0
    lines = lines_html(found.events, show_brand=len(request.brands) > 1)
    context |= {"form": form, "lines": lines, "older": older, "is_filtered": bool(told["kind"] or told["q"])}
    return render_page(request, "desk/creator_timeline.html", context, partial="rows")


@require_safe
def terms(request: Request, pk: int) -> HttpResponse:
    """Newest rates, rights and the audience, for the overview to load beside itself."""
    found, now = get_object_or_404(Creator, pk=pk), timezone.now()
    today = day_at(now, request.brand.time_zone if request.brand else "UTC")
    main = found.profiles.filter(is_main=True).first()
    sample = audience_of(main) if main else None
    context = {
        "creator": found,
        "managed": request.rights.brands(Role.MANAGER),
        "rates": history_of(found)[:_LINES],
        "rights": pressing_of(found.pk, today=today)[:_LINES],
        "main": main,
        "sample": sample,
        "share": share_of(sample) if sample else None,
    }
    return render(request, "desk/_creator_terms.html", context)


@require_safe
def money(request: Request, pk: int) -> HttpResponse:
    """Deals with what they cost and brought, codes and links."""
    context = page_context(request, pk, "money")
    found = context["creator"]
    context |= {"deals": deals_of(found), "codes": codes_of(found)}
    return render(request, "desk/creator_money.html", context)
