"""Everything about one creator that the person may see."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from briefs.queries.briefs import events_of
from creators.actions import lifecycle
from creators.enums import Track
from creators.forms.creators import MoveForm
from creators.logic.tiers import tier_of
from creators.models import Creator
from creators.queries.assessments import strip_of
from creators.queries.lifecycle import history_of
from creators.queries.refresh import news_of
from results.queries.creators import codes_of, deals_of
from team.enums import Role
from team.queries import brands_of
from team.requests import Request


def creator(request: Request, pk: int) -> HttpResponse:
    """Profiles, contacts, stages with their history, deals with cost and orders, and notes."""
    return _page(request, get_object_or_404(Creator, pk=pk))


@require_POST
def set_stage(request: Request, pk: int) -> HttpResponse:
    """Move this creator in one of the person's brands."""
    found = get_object_or_404(Creator, pk=pk)
    form = MoveForm(request.POST, brands=request.brands)
    if not form.is_valid():
        return _page(request, found, form, status=422)
    moved = lifecycle.move([found.pk], **form.cleaned_data, by=request.user, now=timezone.now())
    messages.success(request, "Moved." if moved else f"{found.name} was in this stage already.")
    return redirect("desk:creator", found.pk)


def _page(request: Request, found: Creator, form: MoveForm | None = None, status: int = 200) -> HttpResponse:
    history = list(history_of(found))
    profiles = list(found.profiles.order_by("-is_main", "platform"))
    news = news_of(profiles)
    for profile in profiles:
        profile.news = news.get(profile.pk, [])  # type: ignore[attr-defined]
    main = profiles[0] if profiles else None
    managed = brands_of(request.user, least=Role.MANAGER)
    context = {
        "creator": found,
        "profiles": [(profile, tier_of(profile.followers)) for profile in profiles],
        "tier": tier_of(profiles[0].followers) if profiles else None,
        "main": main,
        "contacts": found.contacts.all(),
        "history": history,
        "stages": [span for span in history if span.track == Track.STAGE and span.during.upper is None],
        "strip": strip_of(found.pk),
        "deals": deals_of(found),
        "codes": codes_of(found),
        "brief_events": events_of(found.pk),
        "managed": managed,
        "form": form or (MoveForm(brands=managed, initial={"brand": request.brand}) if managed else None),
    }
    return render(request, "desk/creator.html", context, status=status)
