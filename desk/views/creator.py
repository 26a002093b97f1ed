"""Everything about one creator that the person may see: the overview, and what it loads beside itself.

A fact of another app comes as a panel: a query of at most one statement in `panels` below, and one line in
`templates/desk/_creator_panels.html`. An event of another kind comes as a line of `desk.queries.timeline`.
"""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from campaigns.queries.documents import panel_of_creator
from campaigns.queries.shipments import newest_shipments
from config.lib.days import day_at
from creators.actions import lifecycle, overlays
from creators.enums import TopRuling
from creators.exports.note_cards import notes_html
from creators.forms.creators import MoveForm
from creators.models import Creator
from creators.queries.assessments import strip_of
from creators.queries.duplicates import open_pairs_of
from creators.queries.lifecycle import furthest_stage, history_of
from creators.queries.numbers import profiles_of
from creators.queries.refresh import news_of
from creators.queries.rights import summary_of
from creators.queries.vetting import newest_of as vettings_of
from creators.views.head import head_or_404
from creators.views.notes import reader_of
from desk.queries.creator import newest_notes, next_steps, relationships_of
from results.queries.creator_cac import creator_cac
from team.enums import Role
from team.models import Brand
from team.requests import Request

_NOTES = 4  # shown before the rest, the pinned ones first
_BRANDS = 3  # whose relationship is shown


def page_context(request: Request, pk: int, tab: str) -> dict[str, Any]:
    """What the head of each page of a creator shows."""
    head, managed = head_or_404(pk), request.rights.brands(Role.MANAGER)
    return {"creator": head.creator, "head": head, "tab": tab, "managed": managed}


@require_safe
def creator(request: Request, pk: int) -> HttpResponse:
    """The overview. What takes long is loaded after it."""
    context = page_context(request, pk, "overview")
    found = context["creator"]
    context |= {
        "contacts": found.contacts.all(),
        "relationships": relationships_of(found, _kept_by(request)),
        "notes": notes_html(newest_notes(found, limit=_NOTES), reader_of(request)),
        "strip": strip_of(found.pk),
        "rights": summary_of(found.pk, today=_today(request)),
    }
    return render(request, "desk/creator.html", context)


def _today(request: Request) -> date:
    """Today on the clock of the current brand."""
    return day_at(timezone.now(), request.brand.time_zone if request.brand else "UTC")


def _kept_by(request: Request) -> list[Brand]:
    """The brand that the person looks from, first, and a few more."""
    others = [brand for brand in request.brands if brand != request.brand]
    return [brand for brand in [request.brand, *others] if brand][:_BRANDS]


@require_safe
def panels(request: Request, pk: int) -> HttpResponse:
    """The panels of the overview that are loaded after it: one line here, one in the template for each."""
    found = get_object_or_404(Creator, pk=pk)
    managed = request.rights.brands(Role.MANAGER)
    profiles = profiles_of(found.pk)
    news = news_of(profiles)
    context = {
        "creator": found,
        "managed": managed,
        "pairs": open_pairs_of(found.pk),
        "profiles": [(profile, news.get(profile.pk, [])) for profile in profiles],
        "vettings": vettings_of(found.pk),
        "documents": panel_of_creator(found.pk, managed=managed),
        "shipments": newest_shipments(found),
        "shipments_url": f"{reverse('campaigns:shipments')}?creator={found.pk}",
        "address_of": found.pk if managed else None,
    }
    return render(request, "desk/_creator_panels.html", context)


@require_safe
def cac(request: Request, pk: int) -> HttpResponse:
    """What a new customer cost, for the verdict: loaded after the page."""
    found = get_object_or_404(Creator, pk=pk)
    context = {"creator": found, "cac": creator_cac(found, brand=request.brand)}
    return render(request, "desk/_creator_cac.html", context)


@require_safe
def next_step(request: Request, pk: int) -> HttpResponse:
    """Into which campaign, or which brief to send."""
    found = get_object_or_404(Creator, pk=pk)
    context = {"creator": found, "next": next_steps(found, request.brands, today=_today(request))}
    return render(request, "desk/creator_next.html", context)


def stage(request: Request, pk: int) -> HttpResponse:
    """The stages and overlays so far, and a person's decision on them for one of their brands."""
    found = get_object_or_404(Creator, pk=pk)
    data = request.POST if request.method == "POST" else None
    form = MoveForm(data, brands=request.brands, initial={"brand": request.brand, "stage": furthest_stage(found)})
    if data is None or not form.is_valid():
        context = {"creator": found, "form": form, "history": history_of(found)}
        return render(request, "desk/creator_stage.html", context, status=200 if data is None else 422)
    messages.success(request, "Saved." if _set_stage(request, found, form) else "It was so already.")
    return redirect("desk:creator", found.pk)


def _set_stage(request: Request, found: Creator, form: MoveForm) -> bool:
    told, stage = form.cleaned_data, form.cleaned_data["stage"]
    about: dict[str, Any] = {"brand": told["brand"], "why": told["why"], "by": request.user, "now": timezone.now()}
    if stage in TopRuling.values:
        return overlays.rule_on_top(found, stage, **about)
    return bool(lifecycle.move([found.pk], stage=stage, **about))
