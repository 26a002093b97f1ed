"""One thing for many creators: those selected, or all that the list's filter finds. First a page that names the
number and what will happen; then it is done in one transaction, on the filter run again."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from campaigns.views.add_deals import PICKED
from config.lib.words import count as counted
from creators.actions import lifecycle, relationships, vetting
from creators.forms.creators import MoveForm
from creators.logic.tags import BadTags
from creators.models import Creator, Profile
from creators.views.refresh import asked_now, profiles_of
from desk.forms.bulk import CampaignForm, OwnerForm, SureForm, TagsForm
from desk.views.creators import Asked, address_of, asked_of, brand_of, chosen_creators
from team.requests import Request

MOST_AT_ONCE = 5_000
"""Creators that a campaign takes in one step; its page lists every one of them."""
_REFUSED = "You may only read the brand whose list this was. Switch to a brand that you manage, then choose again."


@dataclass(frozen=True)
class Chosen:
    """Whom a bulk action means, and where it came from."""

    asked: Asked
    creators: QuerySet[Creator]
    is_all: bool

    @property
    def back(self) -> str:
        """The list as it was."""
        return address_of(self.asked.query)

    def ids(self) -> list[int]:
        """The creators, whatever their order."""
        return list(self.creators.order_by().values_list("pk", flat=True))


@dataclass(frozen=True)
class Step:
    """What the page before the action says: `title` with the number in it, what will happen, and the button."""

    title: str
    what: str
    button: str
    action: str


def as_shown(view: Callable[[Request], HttpResponse]) -> Callable[[Request], HttpResponse]:
    """Only by POST, and only in the brand whose list the person saw: a filter means something else in another."""

    @wraps(view)
    def checked(request: Request) -> HttpResponse:
        shown_as = request.POST.get("shown_as", "")
        if shown_as and shown_as != str(request.brand.pk if request.brand else ""):
            messages.error(request, _REFUSED)
            return redirect("desk:creators")
        return view(request)

    return require_POST(checked)


@as_shown
def set_stage(request: Request) -> HttpResponse:
    """Move them into a stage of a brand."""
    form = MoveForm(_sure(request), brands=request.brands, initial={"brand": request.brand})
    step = Step("Set the stage of {n}", "Who is in the stage already stays as they are.", "Set the stage", "stage")

    def move(ids: Sequence[int]) -> str:
        moved = lifecycle.move(ids, **form.cleaned_data, by=request.user, now=timezone.now())
        return f"{counted(moved)} moved; the others were in this stage already."

    return _after_asking(request, form, step, move)


@as_shown
def set_tags(request: Request) -> HttpResponse:
    """Give them tags, or take tags from them."""
    form = TagsForm(_sure(request))
    step = Step("Change the tags of {n}", "Each keeps the tags that you do not name.", "Change the tags", "tags")

    def change(ids: Sequence[int]) -> str:
        brand, told = brand_of(request), form.cleaned_data
        removed = relationships.remove_tags(ids, brand=brand, tags=told["remove"]) if told["remove"] else 0
        added = relationships.add_tags(ids, brand=brand, tags=told["add"]) if told["add"] else 0
        return f"Tags added to {counted(added)} and taken from {counted(removed)} creators."

    return _after_asking(request, form, step, change)


@as_shown
def set_owner(request: Request) -> HttpResponse:
    """Say who looks after them."""
    step = Step("Set the owner of {n}", "It replaces whoever looks after them now.", "Set the owner", "owner")
    chosen = _chosen(request)
    form = OwnerForm(_sure(request), people=chosen.asked.people)

    def own(ids: Sequence[int]) -> str:
        changed = relationships.set_owner(ids, brand=brand_of(request), owner=form.cleaned_data["owner"])
        return f"{counted(changed)} have another owner now; the others had this one already."

    return _after_asking(request, form, step, own, chosen)


@as_shown
def ask_to_vet(request: Request) -> HttpResponse:
    """Put them on the list of those who wait for a verdict of the brand."""
    what = "They wait for a verdict then, and their profiles are asked daily. Who waits already stays as they are."
    step = Step("Ask to vet {n}", what, "Ask to vet", "vet")

    def ask(ids: Sequence[int]) -> str:
        asked = vetting.ask_to_vet(ids, brand=brand_of(request), by=request.user, now=timezone.now())
        return f"{counted(asked)} wait for a verdict now; the others did already."

    return _after_asking(request, SureForm(_sure(request)), step, ask)


@as_shown
def refresh(request: Request) -> HttpResponse:
    """Ask the data providers for them now: first what it costs."""
    chosen = _chosen(request)
    kept = [("all", "yes")] if chosen.is_all else [("ids", pk) for pk in request.POST.getlist("ids")]
    action = f"{reverse('desk:creators_refresh')}?{chosen.asked.query}"
    return asked_now(request, profiles_of(chosen.creators), action=action, kept=kept, back=chosen.back)


@as_shown
def add_to_campaign(request: Request) -> HttpResponse:
    """Hand them to the campaign's own page for many deals, which asks for the terms and about each of them."""
    form = CampaignForm(_sure(request), brand=request.brand)
    what = "Next you see who is in the campaign already and agree the terms for the others."
    step = Step("Add {n} to a campaign", what, "Go on", "campaign")
    chosen = _chosen(request)
    if form.is_bound and form.is_valid():
        handles = _handles_of(chosen)
        if len(handles) <= MOST_AT_ONCE:
            request.session[PICKED] = handles
            return redirect("campaigns:add_deals", form.cleaned_data["campaign"].slug)
        form.add_error(None, f"A campaign takes {counted(MOST_AT_ONCE)} creators in one step. Narrow the list first.")
    return _ask(request, form, step, chosen)


def _handles_of(chosen: Chosen) -> list[str]:
    mains = Profile.objects.filter(creator__in=chosen.creators.order_by().values("pk"), is_main=True)
    return list(mains.order_by("handle").values_list("handle", flat=True)[: MOST_AT_ONCE + 1])


def _sure(request: Request) -> Any:
    return request.POST if request.POST.get("sure") == "yes" else None


def _chosen(request: Request) -> Chosen:
    asked = asked_of(request)
    return Chosen(asked, *chosen_creators(request, asked.wanted))


def _after_asking(
    request: Request,
    form: BaseForm,
    step: Step,
    act: Callable[[Sequence[int]], str],
    chosen: Chosen | None = None,
) -> HttpResponse:
    """Ask, or, with `sure` posted and a good form, act in one transaction and go back to the list."""
    chosen = chosen or _chosen(request)
    if form.is_bound and form.is_valid():
        try:
            with transaction.atomic():
                messages.success(request, act(chosen.ids()))
            return redirect(chosen.back)
        except BadTags as refusal:
            form.add_error(None, str(refusal))
    return _ask(request, form, step, chosen)


def _ask(request: Request, form: BaseForm, step: Step, chosen: Chosen) -> HttpResponse:
    n = chosen.creators.order_by().count()
    context = {
        "form": form, "step": step, "count": n, "is_all": chosen.is_all, "back": chosen.back,
        "title": step.title.format(n=f"{counted(n)} creator{'' if n == 1 else 's'}"),
        "ids": request.POST.getlist("ids"), "shown_as": request.POST.get("shown_as", ""),
        "action": f"{reverse(f'desk:creators_{step.action}')}?{chosen.asked.query}",
    }  # fmt: skip
    return render(request, "desk/bulk_confirm.html", context, status=422 if form.is_bound else 200)
