"""Settings, Data providers: the keys, their tests and budgets, and the answers that nobody understood."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from config.lib.paging import page_of
from config.lib.saving import posted, saved_or_refused
from creators.actions.providers import test_key
from creators.forms.providers import ProviderKeyForm
from creators.models import RawPayload
from creators.queries.providers import stored_keys, unknown_shapes
from team.models import ProviderKey
from team.requests import Request
from team.views.settings import settings_page

TAB = "providers"


def providers(request: Request) -> HttpResponse:
    """The keys with what is left, and the newest answers of unknown shape."""
    keys = stored_keys(today=timezone.now().date())
    page = page_of(request, unknown_shapes())
    return settings_page(request, "creators/providers.html", tab=TAB, keys=keys, page=page)


def provider_add(request: Request) -> HttpResponse:
    """A provider's first key."""
    return _edit(request, ProviderKey(made_by=request.user))


def provider(request: Request, pk: int) -> HttpResponse:
    """Another key, budget or address."""
    return _edit(request, get_object_or_404(ProviderKey, pk=pk))


@require_POST
def provider_test(request: Request, pk: int) -> HttpResponse:
    """Ask the provider whether the key works."""
    key = get_object_or_404(ProviderKey, pk=pk)
    said = test_key(key, now=timezone.now())
    key.refresh_from_db()
    (messages.success if key.works else messages.error)(request, said)
    return redirect("creators:providers")


def provider_remove(request: Request, pk: int) -> HttpResponse:
    """Ask, then forget the key."""
    key = get_object_or_404(ProviderKey, pk=pk)
    if request.method != "POST":
        return settings_page(request, "creators/provider_remove.html", tab=TAB, key=key)
    key.delete()
    messages.success(request, f"The key of {key} is removed.")
    return redirect("creators:providers")


def payload(request: Request, pk: int) -> HttpResponse:
    """An answer as it came, as a download."""
    found = get_object_or_404(RawPayload, pk=pk)
    response = HttpResponse(found.body, content_type="application/octet-stream")
    response["Content-Disposition"] = f'attachment; filename="{found.source}-{found.question}-{found.pk}.json"'
    return response


def _edit(request: Request, key: ProviderKey) -> HttpResponse:
    form = ProviderKeyForm(posted(request), instance=key)
    if form.is_bound and form.is_valid():
        saved = saved_or_refused(form, form.save)
        if saved:
            messages.success(request, f"The key of {saved} is kept. Test it to see whether it works.")
            return redirect("creators:providers")
    edited = ProviderKey.objects.filter(pk=key.pk).first() if key.pk else None
    return settings_page(request, "creators/provider.html", tab=TAB, form=form, edited=edited)
