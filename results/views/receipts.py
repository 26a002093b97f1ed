"""What a report's numbers are made of: the credited orders with their evidence, and the cost lines."""

from decimal import Decimal
from typing import Any

from django.db.models import Sum
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from campaigns.models import Campaign, Deal
from config.lib.htmx import render_page
from config.lib.paging import page_of
from results.forms.reports import CreditedForm
from results.queries.costs import commissions_of, costs_by_deal, lines_of
from results.queries.credited import OrderFilter, credited_orders, sums_of_shares, with_evidence
from team.requests import Request


@require_safe
def credited(request: Request, slug: str) -> HttpResponse:
    """The orders behind a number of the report: who got each by which rule, and what lost."""
    campaign: Campaign = get_object_or_404(Campaign.objects.select_related("brand"), slug=slug)
    form = CreditedForm(request.GET)
    context: dict[str, Any] = {"campaign": campaign, "form": form, "currency": campaign.brand.currency}
    if not form.is_valid():
        return render_page(request, "results/credited.html", context, status=422)
    values = form.cleaned_data
    deal = _deal(campaign, values["deal"])
    query = form.query(campaign, now=timezone.now())
    asked = OrderFilter(deal=deal.pk if deal else None, rule=values["rule"], only=values["only"], q=values["q"])
    orders = credited_orders(query, asked)
    page = page_of(request, orders)
    rows, sums = with_evidence(query, list(page), asked), sums_of_shares(query, orders, asked)
    context |= {"deal": deal, "query": query, "page": page, "rows": rows, "sums": sums}
    return render_page(request, "results/credited.html", context, partial="rows")


@require_safe
def costs(request: Request, slug: str, deal: int) -> HttpResponse:
    """Every cost line of a deal with who made it, and the commission order by order."""
    campaign: Campaign = get_object_or_404(Campaign.objects.select_related("brand"), slug=slug)
    found = get_object_or_404(campaign.deals.select_related("profile"), pk=deal)
    page = page_of(request, commissions_of(found))
    commission = commissions_of(found).order_by().aggregate(total=Sum("commission", default=Decimal(0)))["total"]
    sums = costs_by_deal(campaign.brand, lines_of(found)).get(found.pk)
    context = {
        "campaign": campaign, "deal": found, "lines": lines_of(found), "sums": sums, "page": page,
        "commission": commission, "total": (sums.counted if sums else Decimal(0)) + commission,
        "currency": campaign.brand.currency,
    }  # fmt: skip
    return render_page(request, "results/costs.html", context, partial="rows")


def _deal(campaign: Campaign, pk: int | None) -> Deal | None:
    return get_object_or_404(campaign.deals.select_related("profile"), pk=pk) if pk else None
