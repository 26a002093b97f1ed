"""The public form by which creators apply to a brand. No login; the same answer to everybody who sends it."""

import secrets
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django_scopes import scope

from config.lib.networks import client_address
from config.lib.saving import posted
from config.lib.tokens import signed, unsigned
from creators.actions import doors
from creators.actions.applications import consent_of, receive
from creators.forms.applications import TRAP, ApplicationForm
from creators.logic.applications import Sending, moment_of, stamp, suspicions
from team.models import Brand

LARGEST = 40_000  # bytes of a sent form; a full one has some 12,000
_PURPOSE = "application"
_STALE = "This page was open for too long. Please look your answers over and send them again."
_SHUT = "Many people are applying at the moment. Please try again in an hour; your answers are still here."
View = Callable[..., HttpResponse]


def for_the_public(view: View) -> View:
    """Hand the view the brand whose form is open under this name, inside its scope; else 404, as if it were not."""

    @wraps(view)
    def wrapped(request: HttpRequest, slug: str) -> HttpResponse:
        brand = Brand.objects.filter(slug=slug, is_open_to_applications=True).first()
        if brand is None:
            raise Http404
        with scope(brand=brand):
            response = view(request, brand)
        response["X-Robots-Tag"] = "noindex, nofollow"
        response["Cache-Control"] = "private, no-store"
        return response

    return wrapped


@for_the_public
def apply(request: HttpRequest, brand: Brand) -> HttpResponse:
    """Show the form; take in what was sent."""
    now = timezone.now()
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST:
        return _page(request, brand, _form(brand), now=now, problem="That was too much text to send.", status=413)
    form = _form(brand, posted(request))
    if request.method != "POST" or not form.is_valid():
        return _page(request, brand, form, now=now, status=422 if form.errors else 200)
    key = _read_key(brand, form.cleaned_data["form_key"])
    sending = _sending(form, key, now=now)
    if sending is None or sending.is_stale:
        return _page(request, brand, form, now=now, problem=_STALE, status=422, is_new=True)
    if key and not doors.take_once(key[2]):
        return redirect("creators:applied", brand.slug)
    address = client_address(request.META, trusted_proxies=settings.TRUSTED_PROXIES)
    return _let_in(request, brand, form, sending, doors.knock(brand.pk, address, now=now))


def _let_in(
    request: HttpRequest, brand: Brand, form: ApplicationForm, sending: Sending, door: doors.Door
) -> HttpResponse:
    now = sending.sent_at
    if door is doors.Door.SHUT:
        return _page(request, brand, form, now=now, problem=_SHUT, status=429, is_new=True)
    found = suspicions(Sending(**{**vars(sending), "is_often": door is doors.Door.BUSY}))
    receive(brand, form.told(), suspicions=found, now=now)
    return redirect("creators:applied", brand.slug)


@for_the_public
def applied(request: HttpRequest, brand: Brand) -> HttpResponse:
    """Thank everybody alike."""
    return render(request, "creators/applied.html", {"public_brand": brand})


def _form(brand: Brand, data: Any = None) -> ApplicationForm:
    return ApplicationForm(data, consent=consent_of(brand))


def _read_key(brand: Brand, token: str) -> tuple[int, ...] | None:
    """Brand, moment and number of a form that this installation gave out for this brand."""
    numbers = unsigned(_PURPOSE, token)
    return numbers if numbers and len(numbers) == 3 and numbers[0] == brand.pk else None


def _sending(form: ApplicationForm, key: tuple[int, ...] | None, *, now: datetime) -> Sending | None:
    if key is None:
        return None
    told = form.told()
    return Sending(asked_at=moment_of(key[1]), sent_at=now, trap=form.cleaned_data[TRAP], links=told.links)


def _page(
    request: HttpRequest,
    brand: Brand,
    form: ApplicationForm,
    *,
    now: datetime,
    problem: str = "",
    status: int = 200,
    is_new: bool = False,
) -> HttpResponse:
    """The form. A form that was only filled in wrongly keeps its key, so that its time runs from the first look."""
    sent = form.data.get("form_key", "") if form.is_bound and not is_new else ""
    key = sent if _read_key(brand, sent) else signed(_PURPOSE, brand.pk, stamp(now), secrets.randbits(62))
    context = {"public_brand": brand, "form": form, "form_key": key, "problem": problem}
    return render(request, "creators/apply.html", context, status=status)
