"""One deal: its terms, status, costs, links and history; and one status for many."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from campaigns.actions.codes import claim_codes
from campaigns.actions.costs import AlreadyReversed, add_cost, reverse_cost
from campaigns.actions.deals import edit_deal
from campaigns.actions.doubts import Doubted
from campaigns.actions.status import MovedDeals, move_deals
from campaigns.enums import DealStatus
from campaigns.forms.contracts import SignForm, TakeBackForm
from campaigns.forms.deals import CodeForm, CostForm, DealForm, reasons_in
from campaigns.logic.deals import MOVES
from campaigns.models import Campaign, Code, CostLine, Deal, Shipment
from campaigns.queries.deals import spent_on
from campaigns.queries.documents import panel_of_deal
from campaigns.queries.doubts import unpaid_so_far
from campaigns.queries.history import former_terms
from campaigns.queries.shipments import with_goods
from campaigns.views.add_deals import asked_of, warn_of_figures
from campaigns.views.parcels import chosen_deals
from config.lib.addresses import absolute
from config.lib.saving import posted, saved_or_refused
from team.enums import Role
from team.requests import Request


def _deal(pk: int) -> Deal:
    return get_object_or_404(Deal.objects.select_related("campaign__brand", "brand", "creator", "profile"), pk=pk)


@require_safe
def deal_page(request: Request, pk: int) -> HttpResponse:
    """What was agreed with one creator, and what it cost so far."""
    return _show(request, _deal(pk))


def _show(
    request: Request, deal: Deal, *, cost: CostForm | None = None, code: CodeForm | None = None
) -> HttpResponse:
    shipments = list(with_goods(Shipment.objects.filter(deal=deal)))
    lines = list(deal.cost_lines.select_related("reversed_by", "made_by"))
    context = {
        "deal": deal,
        "campaign": deal.campaign,
        "moves": [DealStatus(status) for status in MOVES[deal.status]],
        "lines": lines,
        "total": spent_on(deal),
        "links": deal.links.all(),
        "codes": Code.objects.filter(brand=deal.brand_id, creator=deal.creator_id),
        "brief_url": absolute(deal.brief_path),
        "former": former_terms(deal),
        "documents": panel_of_deal(deal, managed=request.rights.brands(Role.MANAGER)),
        "shipments": shipments,
        "shipments_sent": any(each.is_sent for each in shipments),
        "shipments_url": f"{reverse('campaigns:shipments')}?deal={deal.pk}",
        "cost_form": cost or CostForm(),
        "code_form": code or CodeForm(),
        "sign_form": SignForm(),
        "take_back_form": TakeBackForm(),
    }
    return render(request, "campaigns/deal.html", context, status=422 if cost or code else 200)


def edit_deal_page(request: Request, pk: int) -> HttpResponse:
    """Other terms, dates or notes."""
    deal = _deal(pk)
    doubts = unpaid_so_far(deal.campaign, [deal.creator_id])
    form = DealForm(posted(request), creator=deal.creator, deal=deal, asks=asked_of(doubts))
    if request.method == "POST" and form.is_valid():
        _save(request, deal, form)
        if not form.errors:
            messages.success(request, "Saved. The cost lines follow the terms.")
            warn_of_figures(request, deal.campaign, {deal.creator_id: deal.fee})
            return redirect("campaigns:deal", deal.pk)
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "deal": deal, "campaign": deal.campaign, "creator": deal.creator, "doubts": doubts}
    return render(request, "campaigns/deal_form.html", context, status=status)


def _save(request: Request, deal: Deal, form: DealForm) -> None:
    terms, reasons, now = form.terms(form.cleaned_data["profile"].pk), reasons_in(form), timezone.now()
    try:
        saved_or_refused(
            form, lambda: edit_deal(deal, terms, by=request.user, now=now, reasons=reasons, **form.rest())
        )
    except Doubted as refusal:
        form.add_error(None, str(refusal))


@require_POST
def move_deal(request: Request, pk: int) -> HttpResponse:
    """Another status for one deal."""
    deal = _deal(pk)
    told = move_deals(Deal.objects.filter(pk=deal.pk), _wanted_status(request), by=request.user, now=timezone.now())
    _tell_moved(request, told)
    return redirect("campaigns:deal", deal.pk)


@require_POST
def move_many(request: Request, slug: str) -> HttpResponse:
    """Another status for the chosen deals, or for all that match the address."""
    campaign = get_object_or_404(Campaign, slug=slug)
    deals = chosen_deals(request, campaign)
    _tell_moved(request, move_deals(deals, _wanted_status(request), by=request.user, now=timezone.now()))
    back = redirect("campaigns:campaign", slug)
    query = request.GET.urlencode()
    back["Location"] += f"?{query}" if query else ""
    return back


def _wanted_status(request: Request) -> str:
    status = request.POST.get("status", "")
    return status if status in DealStatus.values else ""


def _tell_moved(request: Request, told: MovedDeals) -> None:
    words = f"{told.moved} moved." if told.moved != 1 else "One deal moved."
    if told.refused:
        words += f" {told.refused} may not go there from where they are, and stayed."
    (messages.success if told.moved else messages.warning)(request, words)


@require_POST
def add_cost_line(request: Request, pk: int) -> HttpResponse:
    """A cost by hand."""
    deal = _deal(pk)
    form = CostForm(request.POST)
    if not form.is_valid():
        return _show(request, deal, cost=form)
    data = form.cleaned_data
    saved_or_refused(
        form, lambda: add_cost(deal, data["kind"], data["amount"], data["note"], request.user, timezone.now())
    )
    if form.errors:
        return _show(request, deal, cost=form)
    messages.success(request, "The cost is added.")
    return redirect("campaigns:deal", deal.pk)


@require_POST
def reverse_cost_line(request: Request, pk: int) -> HttpResponse:
    """Take one cost back."""
    line = get_object_or_404(CostLine, pk=pk)
    try:
        reverse_cost(line, request.user, timezone.now())
        messages.success(request, "Taken back. The line and its reversal stay in the list.")
    except AlreadyReversed as refusal:
        messages.error(request, str(refusal))
    return redirect("campaigns:deal", line.deal_id)


@require_POST
def add_code(request: Request, pk: int) -> HttpResponse:
    """One more code for the deal's creator, for ever."""
    deal = _deal(pk)
    form = CodeForm(request.POST)
    if form.is_valid():
        wanted = {deal.creator_id: form.cleaned_data["code"]}
        told = claim_codes(deal.campaign.brand, wanted, percent=None, now=timezone.now())
        if not told.taken:
            messages.success(request, f"{form.cleaned_data['code'].strip()} belongs to {deal.creator} from now on.")
            return redirect("campaigns:deal", deal.pk)
        form.add_error("code", "This code already belongs to another creator of this brand.")
    return _show(request, deal, code=form)
