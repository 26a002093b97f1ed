"""Small forms that the creator page opens in place: owner and tags, ways to work, do not contact."""

from typing import Any

from django.contrib import messages
from django.forms import BaseForm, ModelForm
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
    title = f"What {brand} keeps of {creator.name}"
    return in_place(request, creator, form, title=title, sub="Only people of this brand see it.")


def availability(request: Request, pk: int) -> HttpResponse:
    """Preferred formats and when the creator can work. Shared by all brands."""
    creator = get_object_or_404(Creator, pk=pk)
    form = AvailabilityForm(posted(request), instance=creator)
    return _edit(request, creator, form, title=f"How {creator.name} works", sub="All brands see it.")


def no_contact(request: Request, pk: int) -> HttpResponse:
    """Set or lift the creator's wish not to be contacted. It holds for all brands."""
    creator = get_object_or_404(Creator, pk=pk)
    initial = {} if creator.no_contact_on else {"no_contact_on": _today(request)}
    form = NoContactForm(posted(request), instance=creator, initial=initial)
    sub = "It holds for all brands: no message and no new deal."
    return _edit(request, creator, form, title=f"Do not contact {creator.name}", sub=sub)


def _edit(request: Request, creator: Creator, form: ModelForm, *, title: str, sub: str) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        saved_or_refused(form, lambda: form.instance.save(update_fields=list(form.fields)))
        if not form.errors:
            return _done(request, creator)
    return in_place(request, creator, form, title=title, sub=sub)


def in_place(request: Request, creator: Creator, form: BaseForm, *, title: str, sub: str) -> HttpResponse:
    """The form as a part of the creator page, or as a page of its own; with 422 where it came back."""
    context = {"form": form, "creator": creator, "title": title, "sub": sub}
    status = 422 if request.method == "POST" else 200
    return render_page(request, "creators/in_place.html", context, partial="form", status=status)


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
