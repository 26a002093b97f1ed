"""Small forms that the creator page opens in place: owner and tags, ways to work, do not contact."""

from typing import Any

from django.contrib import messages
from django.forms import ModelForm
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from config.lib.days import day_at
from config.lib.htmx import render_page
from config.lib.saving import posted, saved_or_refused
from creators.actions.relationships import keep
from creators.forms.relationships import AvailabilityForm, NoContactForm, RelationshipForm
from creators.models import Creator, Relationship
from team.models import Brand
from team.requests import Request


def relationship(request: Request, pk: int) -> HttpResponse:
    """Owner, tags and angles that worked, within one brand."""
    creator, brand = get_object_or_404(Creator, pk=pk), _brand(request)
    held = Relationship.objects.filter(brand=brand, creator=creator).first()
    form = RelationshipForm(posted(request), brand=brand, held=held)
    if request.method == "POST" and form.is_valid():
        keep(creator.pk, brand=brand, **form.told)
        return _done(request, creator)
    return _form(request, "creators/relationship.html", {"form": form, "creator": creator, "kept_by": brand})


def availability(request: Request, pk: int) -> HttpResponse:
    """Preferred formats and when the creator can work. Shared by all brands."""
    creator = get_object_or_404(Creator, pk=pk)
    return _edit(request, creator, AvailabilityForm(posted(request), instance=creator), "creators/availability.html")


def no_contact(request: Request, pk: int) -> HttpResponse:
    """Set or lift the creator's wish not to be contacted. It holds for all brands."""
    creator = get_object_or_404(Creator, pk=pk)
    initial = {} if creator.no_contact_on else {"no_contact_on": _today(request)}
    form = NoContactForm(posted(request), instance=creator, initial=initial)
    return _edit(request, creator, form, "creators/no_contact.html")


def _edit(request: Request, creator: Creator, form: ModelForm, template: str) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        saved_or_refused(form, lambda: form.instance.save(update_fields=list(form.fields)))
        if not form.errors:
            return _done(request, creator)
    return _form(request, template, {"form": form, "creator": creator})


def _form(request: Request, template: str, context: dict[str, Any]) -> HttpResponse:
    return render_page(request, template, context, partial="form", status=422 if request.method == "POST" else 200)


def _done(request: Request, creator: Creator) -> HttpResponse:
    messages.success(request, "Saved.")
    return redirect("desk:creator", creator.pk)


def _brand(request: Request) -> Brand:
    """The brand that the address or form names, else the current one."""
    asked = request.POST.get("brand") or request.GET.get("brand") or ""
    if not asked and request.brand:
        return request.brand
    found = next((brand for brand in request.brands if str(brand.pk) == asked), None)
    if found is None:
        raise Http404
    return found


def _today(request: Request) -> Any:
    return day_at(timezone.now(), request.brand.time_zone if request.brand else "UTC")
