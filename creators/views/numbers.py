"""The numbers of a creator: rates with their basis, growth with what happened, comments read, posts and snapshots."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from config.lib.htmx import render_page
from config.lib.paging import page_of
from config.lib.tabular import csv_response
from creators.actions.assess import assess_profiles
from creators.actions.causes import NotYet, log_cause
from creators.exports import engagement_lines, post_lines
from creators.exports import numbers as exports
from creators.exports.audience import AudienceChart
from creators.exports.engagement import EngagementChart
from creators.exports.growth import GrowthChart
from creators.forms.numbers import CauseForm, PostFilterForm, SnapshotFilterForm
from creators.logic.fraud.audience import FLAGGED, WATCH
from creators.models import Creator, Profile
from creators.queries import numbers as queries
from creators.queries.audience import share_of
from creators.queries.rates import best_kinds, headline_of, rate_facts, rates_of
from creators.queries.reports import stories_asking
from creators.views.head import head_or_404
from team.enums import Role
from team.requests import Request


def numbers(request: Request, pk: int) -> HttpResponse:
    """One profile's rates, growth, audience and comments."""
    return _overview(request, pk)


def posts(request: Request, pk: int) -> HttpResponse:
    """The posts of one profile with their counts."""
    form = PostFilterForm(request.GET)
    context = numbers_context(request, pk, "posts")
    page = page_of(request, queries.posts_of(context["profile"], **form.told()))
    lines = post_lines.lines_html(page, _shown(request, context))
    context |= {"form": form, "page": page, "lines": lines, "is_filtered": any(form.told().values())}
    return render_page(request, "creators/numbers_posts.html", context, partial="rows")


def _shown(request: Request, context: dict[str, Any]) -> post_lines.Shown:
    """Marking a post leads back to the same list, of the same profile."""
    query = request.GET.copy()
    query["profile"] = str(context["profile"].pk)
    return post_lines.Shown(f"?{query.urlencode()}", get_token(request) if context["may_edit"] else "")


def snapshots(request: Request, pk: int) -> HttpResponse:
    """Every stored count of one profile: who said it, when, for how many credits, on which basis."""
    form = SnapshotFilterForm(request.GET)
    context = numbers_context(request, pk, "snapshots")
    found = queries.snapshots_of(context["profile"], **form.told())
    context |= {"form": form, "page": page_of(request, found), "is_filtered": any(form.told().values())}
    return render_page(request, "creators/numbers_snapshots.html", context, partial="rows")


@require_safe
def posts_csv(request: Request, pk: int) -> HttpResponseBase:
    """All posts of one profile that the filter finds, as CSV."""
    profile = _profile(request, get_object_or_404(Creator, pk=pk))
    found = queries.posts_of(profile, **PostFilterForm(request.GET).told())
    rows = (exports.post_row(post) for post in found.iterator())
    return csv_response(f"{profile.handle}-{profile.platform}-posts", exports.POSTS, rows)


@require_safe
def snapshots_csv(request: Request, pk: int) -> HttpResponseBase:
    """All snapshots of one profile that the filter finds, as CSV."""
    profile = _profile(request, get_object_or_404(Creator, pk=pk))
    found = queries.snapshots_of(profile, **SnapshotFilterForm(request.GET).told())
    rows = (exports.snapshot_row(snapshot) for snapshot in found.iterator())
    return csv_response(f"{profile.handle}-{profile.platform}-snapshots", exports.SNAPSHOTS, rows)


@require_POST
def add_cause(request: Request, pk: int) -> HttpResponse:
    """Log what happened on a day, or a note, on the growth chart."""
    creator = get_object_or_404(Creator, pk=pk)
    form = CauseForm(request.POST, creator=creator.pk)
    if form.is_valid():
        try:
            cause = log_cause(**form.cleaned_data, by=request.user, now=timezone.now())
        except NotYet as refusal:
            form.add_error("happened_on", str(refusal))
        else:
            assess_profiles([cause.profile_id], timezone.now())
            messages.success(request, "Logged, and the signals were assessed again.")
            return redirect(f"{reverse('creators:numbers', args=[creator.pk])}?profile={cause.profile_id}#growth")
    return _overview(request, pk, form, status=422)


def _overview(request: Request, pk: int, form: CauseForm | None = None, status: int = 200) -> HttpResponse:
    now = timezone.now()
    context = numbers_context(request, pk, "overview")
    profile = context["profile"]
    facts = rate_facts(profile, now=now)
    rates = rates_of(facts, now=now)
    growth = queries.growth_of(profile, facts.counts, now=now)
    initial, posts_at = {"profile": profile.pk}, reverse("creators:numbers_posts", args=[pk])
    context |= {
        "rate_lines": engagement_lines.lines_html(rates, posts=f"{posts_at}?profile={profile.pk}"),
        "headline": rates[0],
        "engagement": EngagementChart(rates[0], f"Engagement of each post, {rates[0].basis.label}"),
        "growth": GrowthChart(growth, f"Followers of {profile.handle}"),
        "asking": stories_asking(now, profile=profile)[:5],
        "newest": facts.counts[-1] if facts.counts else None,
        "cause_form": form or CauseForm(creator=pk, today=now.date(), initial=initial),
    }
    return render_page(request, "creators/numbers.html", context, status=status)


def audience(request: Request, pk: int) -> HttpResponse:
    """Who follows, as far as a sample tells, and what people write."""
    context = numbers_context(request, pk, "audience")
    sample = queries.audience_of(context["profile"])
    chart = AudienceChart(share_of(sample), "Followers that look bought", WATCH, FLAGGED) if sample else None
    context |= {"sample": sample, "audience": chart}
    context["reading"] = queries.reading_of(context["profile"], language=context["creator"].language)
    return render_page(request, "creators/numbers_audience.html", context)


def strip(request: Request, pk: int) -> HttpResponse:
    """The headline of the main profile, for the creator's page to load beside itself."""
    profile = _profile(request, get_object_or_404(Creator, pk=pk))
    now = timezone.now()
    facts = rate_facts(profile, now=now)
    context = {"profile": profile, "headline": headline_of(facts, now=now), "kinds": best_kinds(facts, now=now)[:3]}
    return render(request, "creators/_numbers_strip.html", context)


def numbers_context(request: Request, pk: int, tab: str) -> dict[str, Any]:
    """What every tab shows: the creator's head, the profiles, and the chosen one."""
    head = head_or_404(pk)
    return {
        "creator": head.creator, "head": head, "profiles": head.profiles, "profile": _chosen(request, head.profiles),
        "tab": tab, "may_edit": bool(request.rights.brands(Role.MANAGER)),
    }  # fmt: skip


def _profile(request: Request, creator: Creator) -> Profile:
    return _chosen(request, queries.profiles_of(creator.pk))


def _chosen(request: Request, profiles: Sequence[Profile]) -> Profile:
    """The profile that the address or the form asks for, else the main one; 404 where a creator has none."""
    if not profiles:
        raise Http404
    asked = request.POST.get("profile") or request.GET.get("profile") or ""
    return next((profile for profile in profiles if str(profile.pk) == asked), profiles[0])
