"""Secret addresses at which a calendar reads when a brand's rights end."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe
from django_scopes import scope

from config.lib.days import day_at
from config.lib.saving import posted
from creators.actions import calendars as actions
from creators.forms.rights import CalendarForm, chosen_brand
from creators.models import RightsCalendar
from team.requests import Request


def calendars(request: Request) -> HttpResponse:
    """The addresses in use, and a form for another one."""
    form = CalendarForm(posted(request), brands=request.brands, brand=request.brand)
    if form.is_valid():
        brand = chosen_brand(form)
        actions.make_calendar(brand, label=form.cleaned_data["label"], by=request.user, now=timezone.now())
        messages.success(request, "Copy the address into your calendar.")
        return redirect("creators:rights_calendars")
    used = RightsCalendar.objects.filter(off_at=None).select_related("brand", "made_by")
    context = {"form": form, "calendars": used, "site": settings.SITE_URL}
    return render(request, "creators/rights_calendars.html", context, status=422 if form.errors else 200)


@require_POST
def switch_off(request: Request, pk: int) -> HttpResponse:
    """An address leads nowhere from now on."""
    actions.switch_off(get_object_or_404(RightsCalendar, pk=pk), now=timezone.now())
    messages.success(request, "The address is switched off.")
    return redirect("creators:rights_calendars")


@require_safe
def feed(request: Request, token: str) -> HttpResponse:
    """The calendar itself, for whoever has the address. Made up: 404; switched off: 410."""
    found = actions.calendar_of(token)
    if found is None:
        raise Http404
    if found.off_at:
        return HttpResponse("This calendar is switched off.", status=410, content_type="text/plain; charset=utf-8")
    now = timezone.now()
    address = f"{settings.SITE_URL}{reverse('creators:rights')}"
    with scope(brand=found.brand):
        text = actions.feed(found.brand, address=address, today=day_at(now, found.brand.time_zone), now=now)
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="rights.ics"'
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response
