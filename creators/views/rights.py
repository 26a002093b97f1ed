"""The register of rights: what ends, what still runs though it ended, and one right with its three clocks."""

from collections.abc import Iterator
from datetime import date
from itertools import islice
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.template.defaultfilters import pluralize
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe
from django_scopes import scope

from config.lib.days import day_at
from config.lib.htmx import render_page
from config.lib.ids import id_of
from config.lib.paging import page_of
from config.lib.saving import posted, saved_or_refused
from config.lib.tabular import csv_response
from creators.actions import reminders
from creators.actions import rights as actions
from creators.exports import rights as exports
from creators.exports.register import lines_html
from creators.exports.timeline import Timeline
from creators.forms.rights import (
    AddRightForm,
    AskForm,
    EditRightForm,
    PermissionForm,
    RevokeForm,
    RightFilterForm,
    chosen_brand,
)
from creators.forms.sightings import SettleForm
from creators.logic.rights import permission_of
from creators.models import Creator, PlatformPermission, Right, RightReminder
from creators.queries import register as listed
from creators.queries import rights as queries
from creators.queries.sightings import alarms, blamed
from creators.views.head import head_or_404
from team.enums import Role
from team.models import Brand
from team.requests import Request

_RENEWAL_DAYS = 90
_LONGEST_RENEWAL = 3650
_CHUNK = 500


def today_for(request: Request, brand: Brand | None = None) -> date:
    """Today on the clock of a brand, or of the current one."""
    brand = brand or request.brand
    return day_at(timezone.now(), brand.time_zone if brand else "UTC")


def may_edit(request: Request) -> bool:
    """Whether the person may change anything here: buttons that would be refused are not shown."""
    return bool(request.rights.brands(Role.MANAGER))


def register(request: Request) -> HttpResponse:
    """All rights: still running though ended first, then by their end."""
    today = today_for(request)
    form = RightFilterForm(request.GET, brands=request.brands)
    wanted = form.wanted()
    head = head_or_404(wanted.creator) if wanted.creator else None
    ads = alarms(wanted.creator)
    page = page_of(request, listed.register(wanted, ads.by_right, today=today))
    rows = queries.registered(page.object_list, ads.by_right, today=today)
    context = {
        "form": form,
        "about": head.creator if head else None,
        "head": head,
        "page": page,
        "rows": rows,
        "lines": lines_html(rows, place=reverse("creators:rights"), names_brands=len(request.brands) > 1),
        "timeline": Timeline(rows, today=today),
        "tallies": None if head else listed.tallies(ads.by_right, today=today),
        "outside": ads.unsettled,
        "is_filtered": any(value for name, value in request.GET.items() if name != "page"),
        "may_edit": may_edit(request),
    }
    return render_page(request, "creators/rights.html", context, partial="rows")


@require_safe
def register_csv(request: Request) -> HttpResponseBase:
    """Everything that the filter finds, as CSV."""
    return csv_response("rights", exports.HEADER, _exported(request))


def _exported(request: Request) -> Iterator[list[object]]:
    # The rows are streamed after the request's own scope has closed.
    today = today_for(request)
    with scope(brand=request.brands):
        wanted = RightFilterForm(request.GET, brands=request.brands).wanted()
        ads = blamed()
        found = iter(listed.register(wanted, ads, today=today))
        while chunk := list(islice(found, _CHUNK)):
            yield from map(exports.row, queries.registered(chunk, ads, today=today))


def add(request: Request) -> HttpResponse:
    """New rights, one for each place and territory."""
    key = id_of(request.GET.get("creator", ""))
    about = Creator.objects.filter(pk=key).first() if key else None
    initial = {"creator": about} if about else {}
    form = AddRightForm(posted(request), brands=request.brands, brand=request.brand, initial=initial)
    if form.is_valid():
        made = saved_or_refused(form, lambda: _added(request, form))
        if made:
            messages.success(request, f"{len(made)} right{pluralize(len(made))} added.")
            return redirect("creators:right", made[0].pk) if len(made) == 1 else redirect("creators:rights")
    context = {"form": form, "title": "Add a right", "back": "creators:rights"}
    return render(request, "creators/rights_form.html", context, status=422 if form.errors else 200)


def _added(request: Request, form: AddRightForm) -> list[Right]:
    told, brand = form.cleaned_data, chosen_brand(form)
    return actions.add_rights(
        told["creator"], brand=brand, kind=told["kind"], places=told["places"], territories=told["territories"],
        agreed=form.agreed(), by=request.user, today=today_for(request, brand), now=timezone.now(),
    )  # fmt: skip


def right(request: Request, pk: int) -> HttpResponse:
    """One right: its clocks, the platform's permissions, ads seen, and what a renewal would cost."""
    return _page(request, _right(pk))


def edit(request: Request, pk: int) -> HttpResponse:
    """Other terms for a right."""
    found = _right(pk)
    form = EditRightForm.of(found, posted(request))
    if form.is_valid() and saved_or_refused(form, lambda: _changed(request, found, form)):
        messages.success(request, "The right is saved.")
        return redirect("creators:right", found.pk)
    context = {"form": form, "title": "Edit the right", "right": found}
    return render(request, "creators/rights_form.html", context, status=422 if form.errors else 200)


def _changed(request: Request, found: Right, form: EditRightForm) -> bool:
    actions.change_right(
        found, agreed=form.agreed(), territory=form.cleaned_data["territory"],
        today=today_for(request, found.brand), now=timezone.now(),
    )  # fmt: skip
    return True


@require_POST
def revoke(request: Request, pk: int) -> HttpResponse:
    """End a right early."""
    found = _right(pk)
    form = RevokeForm(request.POST)
    if form.is_valid() and saved_or_refused(form, lambda: _revoked(request, found, form)):
        messages.success(request, "The right is revoked.")
        return redirect("creators:right", found.pk)
    return _page(request, _right(pk), revoking=form, status=422)


def _revoked(request: Request, found: Right, form: RevokeForm) -> bool:
    actions.revoke_right(found, **form.cleaned_data, today=today_for(request, found.brand), now=timezone.now())
    return True


@require_POST
def add_permission(request: Request, pk: int) -> HttpResponse:
    """Record a Spark code or a partnership permission."""
    found = _right(pk)
    form = PermissionForm(request.POST, needs=permission_of(found.kind, found.place))
    if form.is_valid():
        told = form.permission()
        made = saved_or_refused(
            form, lambda: actions.add_permission(found, **told, by=request.user, now=timezone.now())
        )
        if made:
            messages.success(request, "The permission is recorded.")
            return redirect("creators:right", found.pk)
    return _page(request, found, permitting=form, status=422)


@require_POST
def remove_permission(request: Request, pk: int) -> HttpResponse:
    """Take a mistaken permission away."""
    permission = get_object_or_404(PlatformPermission, pk=pk)
    actions.remove_permission(permission)
    messages.success(request, "The permission is removed.")
    return redirect("creators:right", permission.right_id)


@require_POST
def reminder_done(request: Request, pk: int) -> HttpResponse:
    """Somebody has seen to a right that ends: it leaves Today."""
    reminders.done(get_object_or_404(RightReminder.objects.select_related("right"), pk=pk), now=timezone.now())
    messages.success(request, "Off the list.")
    return redirect("desk:today")


def ask(request: Request) -> HttpResponse:
    """May I run this, here, on this day? Asked by address, so that the answer can be shared."""
    data = request.GET if request.GET.get("creator") else None
    form = AskForm(data, brands=request.brands, brand=request.brand, initial={"day": today_for(request)})
    context: dict[str, Any] = {"form": form, "may_edit": may_edit(request)}
    if data and form.is_valid():
        brand = chosen_brand(form)
        creator, question = form.question(brand)
        answer = queries.answer(question, creator=creator, brand=brand)
        named = [] if answer.right else queries.pieces(question, creator=creator, brand=brand)
        context |= {"answer": answer, "about": creator, "day": question.day, "asked_brand": brand, "pieces": named}
    return render(request, "creators/rights_ask.html", context, status=422 if form.errors else 200)


def _right(pk: int) -> Right:
    rights: Any = Right.objects.select_related("creator", "brand", "content", "made_by")
    found: Right = get_object_or_404(rights.with_permissions(), pk=pk)
    return found


def _page(
    request: Request,
    found: Right,
    *,
    revoking: RevokeForm | None = None,
    permitting: PermissionForm | None = None,
    status: int = 200,
) -> HttpResponse:
    today = today_for(request, found.brand)
    asked = request.GET.get("days", "")
    days = _days(asked)
    if asked and request.htmx:
        part = {"right": found, "ends": True, "days": days} | _renewal(request, found, days)
        return render_page(request, "creators/right.html", part, partial="renewal")
    context = queries.details(found, today=today) | {
        "right": found,
        "today": today,
        "days": days,
        "revoking": revoking or RevokeForm(initial={"on": today}),
        "permitting": permitting
        or PermissionForm(initial={"starts_on": today}, needs=permission_of(found.kind, found.place)),
        "settling": SettleForm(),
        "may_edit": found.brand in request.rights.brands(Role.MANAGER),
    }
    context |= _renewal(request, found, days) if asked else {}
    return render(request, "creators/right.html", context, status=status)


def _days(asked: str) -> int:
    """How long a renewal is to last; as usual where the address says nothing that can be."""
    days = int(asked) if asked.isdecimal() and len(asked) < 6 else 0
    return days if 0 < days <= _LONGEST_RENEWAL else _RENEWAL_DAYS


def _renewal(request: Request, found: Right, days: int) -> dict[str, Any]:
    return queries.renewal_of(found, days=days, today=today_for(request, found.brand), now=timezone.now())
