"""Vetting: who waits for a verdict, the checklist of one creator, and the audience figures asked for."""

from collections.abc import Iterator

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe
from django_scopes import scope

from config.lib.htmx import render_page
from config.lib.paging import page_of
from config.lib.saving import posted, saved_or_refused
from config.lib.tabular import csv_response
from config.lib.words import money
from creators.actions import vetting as actions
from creators.exports import vetting as exports
from creators.forms.vetting import FiguresForm, VettingFilterForm, VettingForm
from creators.logic.vetting import audience_question
from creators.models import Creator, Post, Vetting
from creators.queries.assessments import strip_of
from creators.queries.vetting import Look, look_at, mean_of_row, vettings_matching, with_figures
from creators.views.rights import may_edit, today_for
from team.enums import Role
from team.models import Brand
from team.requests import Request

_POSTS = 6


@require_safe
def vetting_list(request: Request) -> HttpResponse:
    """Who waits for a verdict, or has one."""
    form = VettingFilterForm(request.GET, brands=request.brands)
    page = page_of(request, vettings_matching(form.wanted(by=request.user)))
    shown = with_figures(Vetting.objects.filter(pk__in=[row.pk for row in page.object_list]))
    figures = {row.pk: row for row in shown}
    context = {
        "form": form,
        "page": page,
        "rows": [(row, figures[row.pk], mean_of_row(figures[row.pk])) for row in page.object_list],
        "is_filtered": any(value for name, value in request.GET.items() if name != "page"),
        "may_edit": may_edit(request),
    }
    return render_page(request, "creators/vettings.html", context, partial="rows")


@require_safe
def vetting_csv(request: Request) -> HttpResponseBase:
    """Everything that the filter finds, as CSV."""

    def rows() -> Iterator[list[object]]:
        # The rows are streamed after the request's own scope has closed.
        with scope(brand=request.brands):
            wanted = VettingFilterForm(request.GET, brands=request.brands).wanted(by=request.user)
            yield from map(exports.row, with_figures(vettings_matching(wanted)).iterator(chunk_size=1_000))

    return csv_response("vetting", exports.HEADER, rows())


def vetting(request: Request, pk: int) -> HttpResponse:
    """The checklist of one creator for one brand, with signals, newest posts and earlier verdicts beside it."""
    creator = get_object_or_404(Creator, pk=pk)
    brand = _brand(request)
    look = look_at(creator, brand=brand)
    form = VettingForm(posted(request), vetting=look.newest, scores=look.scores_of(look.waiting))
    if form.is_valid() and _saved(request, creator, brand, form):
        return redirect(_address(creator, brand))
    return _page(request, creator, look, form, status=422 if form.errors else 200)


def _brand(request: Request) -> Brand:
    """The brand that the address names, else the current one."""
    asked = request.GET.get("brand", "")
    found = next((each for each in request.brands if str(each.pk) == asked), None) if asked else request.brand
    if found is None:
        raise Http404
    return found


def _address(creator: Creator, brand: Brand) -> str:
    return reverse("creators:vetting", args=[creator.pk], query={"brand": brand.pk})


def _saved(request: Request, creator: Creator, brand: Brand, form: VettingForm) -> Vetting | None:
    told, now = form.cleaned_data, timezone.now()
    given = {"brand": brand, "scores": form.scores(), "reason": told["reason"], "seen": told["seen"]}
    verdict = told["verdict"]
    try:
        if not verdict:
            kept = saved_or_refused(form, lambda: actions.keep_scores(creator, **given, by=request.user, now=now))
        else:
            kept = saved_or_refused(
                form, lambda: actions.give_verdict(creator, **given, verdict=verdict, by=request.user, now=now)
            )
    except actions.Overtaken as refusal:
        form.add_error(None, str(refusal))
        return None
    if kept:
        said = f"The verdict on {creator.name} is {kept.get_verdict_display().lower()}." if verdict else "Kept."
        messages.success(request, said)
    return kept


def _page(request: Request, creator: Creator, look: Look, form: VettingForm, *, status: int) -> HttpResponse:
    fee = look.brand.audience_fee
    least = money(fee, look.brand.currency) if fee is not None else ""
    posts = Post.objects.filter(profile__creator=creator, removed_at=None).select_related("profile")
    managed = request.rights.brands(Role.MANAGER)
    context = {
        "creator": creator,
        "look": look,
        "form": form,
        "mean": look.mean_of(look.waiting),
        "standing_mean": look.mean_of(look.standing),
        "strip": strip_of(creator.pk),
        "posts": posts.order_by("-posted_at", "-pk")[:_POSTS],
        "has_profile": creator.profiles.exists(),
        "least": least,
        "question": audience_question(name=creator.name, brand=look.brand.name, fee=least) if least else "",
        "today": today_for(request, look.brand),
        "others": [each for each in request.brands if each != look.brand],
        "may_edit": look.brand in managed,
    }
    return render(request, "creators/vetting.html", context, status=status)


@require_POST
def ask_for_figures(request: Request, pk: int) -> HttpResponse:
    """Note that the creator was asked for audience figures today."""
    creator, brand = get_object_or_404(Creator, pk=pk), _brand(request)
    actions.ask_for_figures(
        creator, brand=brand, on=today_for(request, brand), by=request.user, now=timezone.now()
    )  # fmt: skip
    messages.success(request, "Noted. Copy the text and send it.")
    return redirect(f"{_address(creator, brand)}#figures")


@require_POST
def receive_figures(request: Request, pk: int) -> HttpResponse:
    """Note the day on which the creator's audience figures came."""
    creator, brand = get_object_or_404(Creator, pk=pk), _brand(request)
    form = FiguresForm(request.POST)
    if form.is_valid():
        told = {"brand": brand, "on": form.cleaned_data["on"], "by": request.user, "now": timezone.now()}
        saved_or_refused(form, lambda: actions.receive_figures(creator, **told))
    if form.errors:
        messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
    else:
        messages.success(request, "Noted.")
    return redirect(f"{_address(creator, brand)}#figures")
