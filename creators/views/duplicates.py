"""Creators that may be one person: to be merged (see `desk`), or said to be two."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from config.lib.htmx import render_page
from config.lib.paging import page_of
from config.lib.saving import posted
from creators.actions import duplicates
from creators.forms.duplicates import DismissForm, DuplicateFilterForm
from creators.models import Duplicate
from creators.queries import duplicates as queries
from team.enums import Role
from team.requests import Request

_PAIRS = 25  # a page; each is two people to be looked at


@require_safe
def duplicate_list(request: Request) -> HttpResponse:
    """The pairs that the address asks for, the surest first."""
    form = DuplicateFilterForm(request.GET)
    page = page_of(request, queries.duplicates(form.wanted()), per_page=_PAIRS)
    context = {
        "form": form,
        "page": page,
        "rows": queries.with_profiles(page.object_list),
        "is_filtered": any(value for name, value in request.GET.items() if name != "page"),
        "may_edit": bool(request.rights.brands(Role.MANAGER)),
    }
    return render_page(request, "creators/duplicates.html", context, partial="rows")


def dismiss(request: Request, pk: int) -> HttpResponse:
    """Ask how somebody knows that these are two people, and remember it."""
    pair = get_object_or_404(Duplicate.objects.open().select_related("first", "second"), pk=pk)
    form = DismissForm(posted(request))
    if form.is_valid():
        duplicates.dismiss(pair, **form.cleaned_data, by=request.user, now=timezone.now())
        messages.success(request, "Remembered: these are two people.")
        return redirect("creators:duplicates")
    queries.with_profiles([pair])
    status = 422 if form.is_bound else 200
    return render(request, "creators/duplicate_dismiss.html", {"pair": pair, "form": form}, status=status)
