"""The queue of signals, one profile's signals with their evidence, and a person's word on them."""

from collections.abc import Iterator

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from config.lib.htmx import render_page
from config.lib.paging import page_of
from config.lib.saving import saved_or_refused
from config.lib.tabular import csv_response
from creators.actions.assess import assess_profiles
from creators.actions.causes import NotYet, log_cause
from creators.actions.reviews import review
from creators.exports import assessments as export
from creators.exports.evidence import last_liked, marked_days, picture_of
from creators.exports.signal_lines import lines_html
from creators.forms.assessments import CauseForm, ReviewForm, SignalFilterForm
from creators.models import Assessment, Profile
from creators.queries.assessments import assessments_matching, ids_matching, in_batches, told_of
from creators.queries.signal_story import ShownSignal, SignalStory, story_of
from team.enums import Role
from team.requests import Request


@require_safe
def signal_list(request: Request) -> HttpResponse:
    """Who is watched or flagged, the strongest first; other levels by the address."""
    form = SignalFilterForm(request.GET)
    page = page_of(request, ids_matching(form.wanted()))
    context = {
        "form": form,
        "page": page,
        "lines": lines_html(told_of(page.object_list)),
        "is_filtered": any(value for name, value in request.GET.items() if name != "page"),
    }
    return render_page(request, "creators/signals.html", context, partial="rows")


@require_safe
def signals_csv(request: Request) -> HttpResponseBase:
    """What the address finds, as CSV."""
    return csv_response("signals", export.HEADER, _exported(SignalFilterForm(request.GET)))


def _exported(form: SignalFilterForm) -> Iterator[list[object]]:
    yield from export.rows(in_batches(assessments_matching(form.wanted())))


@require_safe
def signal(request: Request, pk: int) -> HttpResponse:
    """The signals of one profile with the days, posts or comments behind each."""
    return _show(request, _profile(pk))


@require_POST
def review_signal(request: Request, pk: int) -> HttpResponse:
    """Confirm or dismiss one signal or all of them, with a reason."""
    profile = _profile(pk)
    assessment = Assessment.objects.current().filter(profile=profile).first()
    if assessment is None:
        messages.error(request, "There is nothing to review yet: this profile was not assessed.")
        return redirect("creators:signal", profile.pk)
    form = ReviewForm(request.POST, assessment=assessment)
    if form.is_valid():
        saved_or_refused(form, lambda: review(assessment, **form.cleaned_data, by=request.user, now=timezone.now()))
    if form.errors:
        return _show(request, profile, review_form=form)
    messages.success(request, "Your word is noted.")
    return redirect("creators:signal", profile.pk)


@require_POST
def add_cause(request: Request, pk: int) -> HttpResponse:
    """Log what happened on a day, and assess the profile again at once."""
    profile, now = _profile(pk), timezone.now()
    form = CauseForm(request.POST)
    if form.is_valid():
        try:
            log_cause(profile, **form.cleaned_data, by=request.user, now=now)
        except NotYet as refusal:
            form.add_error("happened_on", str(refusal))
    if form.errors:
        return _show(request, profile, cause_form=form)
    assess_profiles([profile.pk], now)
    messages.success(request, "Noted, and the signals were assessed again.")
    return redirect("creators:signal", profile.pk)


def _profile(pk: int) -> Profile:
    return get_object_or_404(Profile.objects.select_related("creator"), pk=pk)


def _show(
    request: Request, profile: Profile, *, review_form: ReviewForm | None = None, cause_form: CauseForm | None = None
) -> HttpResponse:
    story = story_of(profile, now=timezone.now())
    if review_form is None and story.assessment:
        review_form = ReviewForm(assessment=story.assessment)
    context = {
        "story": story,
        "telling": [_pictured(shown, story) for shown in story.signals if shown.is_telling],
        "others": [shown for shown in story.signals if not shown.is_telling],
        "review_form": review_form,
        "cause_form": cause_form or CauseForm(),
        "may_edit": bool(request.rights.brands(Role.MANAGER)),
    }
    bad = any(form and form.is_bound and form.errors for form in (review_form, cause_form))
    return render(request, "creators/signal.html", context, status=422 if bad else 200)


def _pictured(shown: ShownSignal, story: SignalStory) -> dict[str, object]:
    """A signal with its picture, and the numbers that stand beneath it."""
    days = marked_days(shown.signal)
    is_of_posts = "posts" in shown.signal.evidence
    return {
        "shown": shown,
        "picture": picture_of(shown.signal, story.facts),
        "days": [day for day in story.facts.days if day.on in days],
        "posts": last_liked(story.facts.posts) if is_of_posts else [],
    }
