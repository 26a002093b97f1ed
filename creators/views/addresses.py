"""Postal addresses: written by hand, read from a file, erased. For managers only, as the access table says."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from config.lib.saving import posted, saved_or_refused
from config.lib.tabular import NotATable
from creators.actions.address_files import READ, keep_read, read_addresses
from creators.actions.addresses import forget_address, keep_addresses
from creators.enums import AddressSource
from creators.forms.addresses import AddressesFileForm, AddressForm
from creators.logic.addresses import COLUMNS
from creators.models import Address, Creator
from team.models import Job
from team.requests import Request


def address(request: Request, pk: int) -> HttpResponse:
    """Where parcels for one creator go."""
    creator: Creator = get_object_or_404(Creator, pk=pk)
    known = Address.objects.filter(creator=creator).select_related("given_by").first()
    first = {"name": creator.name, "city": creator.city, "region": creator.region, "country": creator.country}
    form = AddressForm(posted(request), instance=known, initial={} if known else first)
    if request.method == "POST" and form.is_valid():
        wanted = {creator.pk: form.parts()}
        saved_or_refused(
            form, lambda: keep_addresses(wanted, source=AddressSource.HAND, by=request.user, now=timezone.now())
        )
        if not form.errors:
            messages.success(request, "The address is kept. Parcels that are picked already keep theirs.")
            return redirect("creators:address", creator.pk)
    context = {"form": form, "creator": creator, "known": known}
    return render(request, "creators/address.html", context, status=422 if form.errors else 200)


@require_POST
def forget(request: Request, pk: int) -> HttpResponse:
    """Erase one creator's address."""
    creator: Creator = get_object_or_404(Creator, pk=pk)
    forget_address(creator)
    messages.success(request, "The address is erased.")
    return redirect("creators:address", creator.pk)


def addresses_import(request: Request) -> HttpResponse:
    """Choose a file; it is read for a preview at once."""
    form = AddressesFileForm(posted(request), request.FILES or None)
    if request.method == "POST" and form.is_valid() and request.brand:
        try:
            job = read_addresses(form.cleaned_data["file"], brand=request.brand, by=request.user, now=timezone.now())
        except NotATable as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect("creators:addresses_preview", job.pk)
    context = {"form": form, "columns": COLUMNS}
    return render(request, "creators/addresses_import.html", context, status=422 if form.errors else 200)


def addresses_preview(request: Request, pk: int) -> HttpResponse:
    """What a file would keep and what is wrong with it; then all good lines at once."""
    job = get_object_or_404(Job, pk=pk, kind=READ, brand__in=request.brands)
    if request.method == "POST":
        kept = keep_read(job, by=request.user, now=timezone.now())
        messages.success(request, f"{kept} address{'' if kept == 1 else 'es'} kept.")
        return redirect("creators:addresses_preview", job.pk)
    context = {"job": job, "told": job.result, "rows": job.options.get("rows", [])[:50]}
    return render(request, "creators/addresses_preview.html", context)
