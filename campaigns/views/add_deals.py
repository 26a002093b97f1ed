"""Creators into a campaign: one by one with all terms, or many at once with common ones."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from campaigns.actions.deals import add_deal, add_deals
from campaigns.actions.doubts import Doubted, NotVetted, Reasons
from campaigns.forms.deals import DaysForm, DealForm, Need, PickForm, ReasonsForm, TermsForm, reasons_in
from campaigns.models import Campaign, Deal
from campaigns.queries.candidates import (
    CreatorFilter,
    Pick,
    candidates,
    creator_with_profiles,
)
from campaigns.queries.doubts import Doubts, Unpaid, doubts_about, fees_without_figures
from config.lib.days import day_at
from config.lib.htmx import render_page
from config.lib.ids import id_of
from config.lib.paging import page_of
from config.lib.saving import posted, saved_or_refused
from config.lib.words import money
from creators.models import Creator, Profile
from creators.queries.vetting import with_audience_figures
from team.requests import Request

PICKED = "picked_handles"
"""Under which name a session holds whom somebody chose in the list of creators."""


def add_one(request: Request, slug: str) -> HttpResponse:
    """Find a creator, then agree the terms."""
    campaign: Campaign = get_object_or_404(Campaign.objects.select_related("brand"), slug=slug)
    wanted = id_of(request.POST.get("creator") or request.GET.get("creator", ""))
    creator = creator_with_profiles(wanted) if wanted else None
    if creator:
        return _terms_of_one(request, campaign, creator)
    find = request.GET.get("q", "").strip()
    page = page_of(request, candidates(campaign, CreatorFilter(find=find)), per_page=20)
    context = {"campaign": campaign, "find": find, "page": page}
    return render_page(request, "campaigns/add_deal.html", context, partial="rows")


def _terms_of_one(request: Request, campaign: Campaign, creator: Creator) -> HttpResponse:
    doubts = _doubts(request, campaign, [creator.pk], **DaysForm(request.POST).days())
    form = DealForm(posted(request), creator=creator, asks=asked_of(doubts))
    if request.method == "POST" and form.is_valid():
        deal = _added(request, campaign, form)
        if deal:
            messages.success(request, f"{creator} is in {campaign}.")
            warn_of_figures(request, campaign, {creator.pk: deal.fee})
            return redirect("campaigns:campaign", campaign.slug)
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "campaign": campaign, "creator": creator, "doubts": doubts}
    return render(request, "campaigns/deal_form.html", context, status=status)


def asked_of(doubts: Doubts | Unpaid) -> dict[str, Need]:
    """The reasons that the form of one deal asks for."""
    if isinstance(doubts, Unpaid):
        wanted = {"refused": (doubts.refused, Need.IF_PAID), "unvetted": (doubts.unvetted, Need.IF_PAID)}
    else:
        wanted = {
            "overruled": (doubts.confirmed, Need.ALWAYS), "engaged": (doubts.engaged, Need.ALWAYS),
            "refused": (doubts.refused, Need.ALWAYS), "unvetted": (doubts.unvetted, Need.IF_PAID),
        }  # fmt: skip
    return {name: need for name, (group, need) in wanted.items() if group}


def _doubts(request: Request, campaign: Campaign, creator_ids: list[int], **days: date | None) -> Doubts:
    today = day_at(timezone.now(), campaign.brand.time_zone)
    return doubts_about(campaign, creator_ids, today=today, visible=request.rights.brands(None), **days)


def _added(request: Request, campaign: Campaign, form: DealForm) -> Deal | None:
    profile, now = form.cleaned_data["profile"], timezone.now()
    terms, reasons, rest = form.terms(profile.pk), reasons_in(form), form.rest()
    try:
        return saved_or_refused(
            form, lambda: add_deal(campaign, profile, terms, by=request.user, now=now, reasons=reasons, **rest)
        )
    except Doubted as refusal:
        form.add_error(None, str(refusal))
        return None


def add_many(request: Request, slug: str) -> HttpResponse:
    """Paste a list or filter, see who was found, then add them with common terms."""
    campaign: Campaign = get_object_or_404(Campaign.objects.select_related("brand"), slug=slug)
    picked = request.session.pop(PICKED, []) if request.method == "GET" else []
    pick_form = PickForm(posted(request), initial={"handles": "\n".join(picked)})
    if request.method != "POST" or not pick_form.is_valid():
        status = 422 if request.method == "POST" else 200
        return render(request, "campaigns/add_deals.html", {"campaign": campaign, "form": pick_form}, status=status)
    pick = pick_form.pick(campaign)
    terms_form = TermsForm(request.POST if "add" in request.POST else None)
    reasons_form = ReasonsForm(request.POST if "add" in request.POST else None)
    doubts = _doubts(request, campaign, [profile.creator_id for profile in pick.profiles])
    if "add" in request.POST and terms_form.is_valid() and reasons_form.is_valid() and pick.profiles:
        profiles = _taken(pick, doubts, reasons_form.reasons())
        _add_all(request, campaign, profiles, terms_form, reasons_form)
        if not (terms_form.errors or reasons_form.errors):
            messages.success(request, _added_words(len(profiles), len(pick.profiles), campaign))
            fee = terms_form.terms().fee
            warn_of_figures(request, campaign, {profile.creator_id: fee for profile in profiles})
            return redirect("campaigns:campaign", campaign.slug)
    context = {
        "campaign": campaign, "form": pick_form, "pick": pick, "terms_form": terms_form, "reasons": reasons_form,
        "doubts": doubts, "unvetted": [each for each in pick.profiles if each.creator_id in doubts.unvetted],
    }  # fmt: skip
    status = 422 if terms_form.errors or reasons_form.errors else 200
    return render(request, "campaigns/add_deals.html", context, status=status)


def _taken(pick: Pick, doubts: Doubts, reasons: Reasons) -> list[Profile]:
    """Those without doubts, and those in spite of whose doubts a reason was given."""
    groups = [(doubts.silent, ""), (doubts.confirmed, reasons.overruled), (doubts.engaged, reasons.engaged),
              (doubts.refused, reasons.refused)]  # fmt: skip
    out = {creator for group, reason in groups if not reason for creator in group}
    return [profile for profile in pick.profiles if profile.creator_id not in out]


def _add_all(
    request: Request, campaign: Campaign, profiles: list[Profile], form: TermsForm, reasons_form: ReasonsForm
) -> None:
    if not profiles:
        form.add_error(None, "Nobody is left to add: give a reason below, or choose others.")
        return
    terms = {profile.creator_id: form.terms(profile.pk) for profile in profiles}
    reasons, now = reasons_form.reasons(), timezone.now()
    try:
        saved_or_refused(form, lambda: add_deals(campaign, terms, by=request.user, now=now, reasons=reasons))
    except NotVetted as refusal:
        reasons_form.add_error("unvetted", str(refusal))
    except Doubted as refusal:
        form.add_error(None, str(refusal))


def _added_words(added: int, picked: int, campaign: Campaign) -> str:
    left = f" {picked - added} stayed out, as there are doubts about them." if added < picked else ""
    return f"{added} creators are in {campaign}.{left}"


def warn_of_figures(request: Request, campaign: Campaign, fees: Mapping[int, Decimal]) -> None:
    """Say it where a fee is above the one from which the brand asks for audience figures, and none came."""
    brand = campaign.brand
    if brand.audience_fee is None:
        return
    n = len(fees_without_figures(brand, fees, known=with_audience_figures(fees, brand_id=brand.pk)))
    if n:
        who = "The creator" if n == 1 else f"{n} of them"
        least = money(brand.audience_fee, brand.currency)
        messages.warning(
            request, f"{who} sent no audience figures yet, though the fee is above {least}. Ask for them in vetting."
        )
