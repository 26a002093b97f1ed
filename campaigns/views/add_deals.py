"""Creators into a campaign: one by one with all terms, or many at once with common ones."""

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from campaigns.actions.confirmed import SignalsConfirmed, newly_confirmed
from campaigns.actions.deals import add_deal, add_deals
from campaigns.forms.deals import DealForm, OverruleForm, PickForm, TermsForm
from campaigns.models import Campaign, Deal
from campaigns.queries.candidates import (
    CreatorFilter,
    Pick,
    candidates,
    creator_with_profiles,
    pick_by_filter,
    pick_by_handles,
)
from config.lib.htmx import render_page
from config.lib.paging import page_of
from config.lib.saving import posted, saved_or_refused
from creators.models import Creator, Profile
from creators.queries.assessments import Confirmation
from team.requests import Request


def add_one(request: Request, slug: str) -> HttpResponse:
    """Find a creator, then agree the terms."""
    campaign: Campaign = get_object_or_404(Campaign.objects.select_related("brand"), slug=slug)
    wanted = request.POST.get("creator") or request.GET.get("creator", "")
    creator = creator_with_profiles(int(wanted)) if wanted.isdecimal() else None
    if creator:
        return _terms_of_one(request, campaign, creator)
    find = request.GET.get("q", "").strip()
    page = page_of(request, candidates(campaign, CreatorFilter(find=find)), per_page=20)
    context = {"campaign": campaign, "find": find, "page": page}
    return render_page(request, "campaigns/add_deal.html", context, partial="rows")


def _terms_of_one(request: Request, campaign: Campaign, creator: Creator) -> HttpResponse:
    confirmation = newly_confirmed(campaign, [creator.pk]).get(creator.pk)
    form = DealForm(posted(request), creator=creator, is_confirmed=confirmation is not None)
    if request.method == "POST" and form.is_valid():
        deal = _added(request, campaign, form)
        if deal:
            messages.success(request, f"{creator} is in {campaign}.")
            return redirect("campaigns:campaign", campaign.slug)
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "campaign": campaign, "creator": creator, "confirmation": confirmation}
    return render(request, "campaigns/deal_form.html", context, status=status)


def _added(request: Request, campaign: Campaign, form: DealForm) -> Deal | None:
    profile, now = form.cleaned_data["profile"], timezone.now()
    terms, rest = form.terms(profile.pk), form.rest()
    rest["overruled"] = form.cleaned_data.get("overruled", "")
    try:
        return saved_or_refused(form, lambda: add_deal(campaign, profile, terms, by=request.user, now=now, **rest))
    except SignalsConfirmed as refusal:
        form.add_error(None, str(refusal))
        return None


def add_many(request: Request, slug: str) -> HttpResponse:
    """Paste a list or filter, see who was found, then add them with common terms."""
    campaign: Campaign = get_object_or_404(Campaign.objects.select_related("brand"), slug=slug)
    pick_form = PickForm(posted(request))
    if request.method != "POST" or not pick_form.is_valid():
        status = 422 if request.method == "POST" else 200
        return render(request, "campaigns/add_deals.html", {"campaign": campaign, "form": pick_form}, status=status)
    pick = _pick(campaign, pick_form)
    terms_form = TermsForm(request.POST if "add" in request.POST else None)
    overrule = OverruleForm(request.POST if "add" in request.POST else None)
    known = newly_confirmed(campaign, [profile.creator_id for profile in pick.profiles])
    if "add" in request.POST and terms_form.is_valid() and overrule.is_valid() and pick.profiles:
        added = _add_all(request, campaign, _taken(pick, known, overrule), terms_form, overrule)
        if not terms_form.errors:
            messages.success(request, _added_words(added, len(pick.profiles), campaign))
            return redirect("campaigns:campaign", campaign.slug)
    context = {
        "campaign": campaign, "form": pick_form, "pick": pick, "terms_form": terms_form, "overrule": overrule,
        "confirmed": list(known.values()),
    }  # fmt: skip
    return render(request, "campaigns/add_deals.html", context, status=422 if terms_form.errors else 200)


def _pick(campaign: Campaign, form: PickForm) -> Pick:
    handles = form.cleaned_data["handles"]
    if handles.strip():
        return pick_by_handles(campaign, handles, platform=form.cleaned_data["platform"])
    return pick_by_filter(campaign, form.wanted())


def _taken(pick: Pick, known: Mapping[int, Confirmation], overrule: OverruleForm) -> list[Profile]:
    """All of them with a reason to overrule, else those without confirmed signals."""
    if overrule.cleaned_data["overruled"]:
        return pick.profiles
    return [profile for profile in pick.profiles if profile.creator_id not in known]


def _add_all(
    request: Request, campaign: Campaign, profiles: list[Profile], form: TermsForm, overrule: OverruleForm
) -> int:
    terms = {profile.creator_id: form.terms(profile.pk) for profile in profiles}
    reason, now = overrule.cleaned_data["overruled"], timezone.now()
    try:
        saved_or_refused(form, lambda: add_deals(campaign, terms, by=request.user, now=now, overruled=reason))
    except SignalsConfirmed as refusal:
        form.add_error(None, str(refusal))
    return len(profiles)


def _added_words(added: int, picked: int, campaign: Campaign) -> str:
    left = f" {picked - added} with confirmed signals stayed out." if added < picked else ""
    return f"{added} creators are in {campaign}.{left}"
