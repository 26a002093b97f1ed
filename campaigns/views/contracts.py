"""The signature of a deal's contract: noted, or taken back."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from campaigns.actions.contracts import ContractRefused, sign, take_back
from campaigns.forms.contracts import SignForm, TakeBackForm
from campaigns.models import Deal
from config.lib.days import day_at
from team.requests import Request


@require_POST
def sign_contract(request: Request, pk: int) -> HttpResponse:
    """Note the day on which both had signed; the creator is contracted from now on."""
    deal, now = _deal(pk), timezone.now()
    form = SignForm(request.POST)
    today = day_at(now, deal.brand.time_zone)
    return _answer(
        request, deal, form, f"{deal.creator} is contracted.",
        lambda given: sign(deal, on=given["signed_on"], today=today, by=request.user, now=now),
    )  # fmt: skip


@require_POST
def take_back_contract(request: Request, pk: int) -> HttpResponse:
    """It was not signed after all."""
    deal, now = _deal(pk), timezone.now()
    form = TakeBackForm(request.POST)
    return _answer(
        request, deal, form, "The signature is taken back.",
        lambda given: take_back(deal, why=given["why"], by=request.user, now=now),
    )  # fmt: skip


def _deal(pk: int) -> Deal:
    return get_object_or_404(Deal.objects.select_related("campaign", "brand", "creator", "profile"), pk=pk)


def _answer(request: Request, deal: Deal, form: forms.Form, done: str, step: Callable[[dict], None]) -> HttpResponse:
    if form.is_valid():
        try:
            step(form.cleaned_data)
        except ContractRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, done)
            return redirect("campaigns:deal", deal.pk)
    context = {"form": form, "deal": deal, "campaign": deal.campaign}
    return render(request, "campaigns/contract.html", context, status=422)
