"""Adding and editing a creator by hand."""

from django.contrib import messages
from django.db import DatabaseError, transaction
from django.db.models import ProtectedError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from config.lib.refusals import refusal_of
from creators.actions.profiles import settle_main
from creators.forms.creators import ContactsForm, CreatorForm, ProfilesForm
from creators.models import Contact, Creator, Profile
from team.requests import Request


def add(request: Request) -> HttpResponse:
    """A new creator."""
    return _edit(request, Creator())


def edit(request: Request, pk: int) -> HttpResponse:
    """A creator with all profiles and contacts."""
    return _edit(request, get_object_or_404(Creator, pk=pk))


def _edit(request: Request, creator: Creator) -> HttpResponse:
    data = request.POST if request.method == "POST" else None
    form = CreatorForm(data, instance=creator)
    profiles = ProfilesForm(data, instance=creator, prefix="profiles")
    contacts = ContactsForm(data, instance=creator, prefix="contacts")
    if data is not None and all([form.is_valid(), profiles.is_valid(), contacts.is_valid()]):
        refusal = _save(form, profiles, contacts)
        if not refusal:
            messages.success(request, f"{form.instance.name} is saved.")
            return redirect("desk:creator", form.instance.pk)
        form.add_error(None, refusal)
    context = {"form": form, "profiles": profiles, "contacts": contacts, "is_new": creator._state.adding}
    return render(request, "creators/creator_form.html", context, status=200 if data is None else 422)


def _save(form: CreatorForm, profiles: ProfilesForm, contacts: ContactsForm) -> str:  # type: ignore[valid-type]
    """Write all three, or nothing and say why not."""
    is_new = form.instance._state.adding
    try:
        with transaction.atomic():
            creator = form.save()
            for forms in (profiles, contacts):
                forms.instance = creator  # type: ignore[attr-defined]
                forms.save()  # type: ignore[attr-defined]
            settle_main(creator, _wanted_main(profiles))
    except ProtectedError:
        refusal = "A profile with deals cannot be removed: its deals would lose where they are posted."
    except DatabaseError as error:
        refusal = refusal_of(error, Creator, Profile, Contact)
    else:
        return ""
    if is_new:
        form.instance.pk, form.instance._state.adding = None, True
    return refusal


def _wanted_main(profiles: ProfilesForm) -> Profile | None:  # type: ignore[valid-type]
    kept = profiles.kept()  # type: ignore[attr-defined]
    return next((form.instance for form in kept if form.cleaned_data.get("is_main")), None)
