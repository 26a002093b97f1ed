"""Measure: the brand's campaigns, a campaign's CAC report, and its downloads."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from campaigns.models import Campaign
from config.lib.htmx import render_page
from config.lib.paging import page_of
from config.lib.tabular import csv_response
from config.lib.words import rough_money
from results.actions.credit import is_stale
from results.exports.cac import report_header, report_json, report_rows
from results.exports.cac_text import credit_sentence, footnotes, period_words, summary
from results.exports.forest import Forest, ForestRow
from results.forms.reports import ReportForm
from results.queries.campaign_totals import campaign_totals
from results.queries.dominance import dominant_codes
from results.queries.report_shown import cac_order, columns, finding, shown
from results.queries.reports import CacReport, DealRow, cac_report, first_order_day
from team.requests import Request

PER_PAGE = 40  # as many rows as a forest plot can be read with


@require_safe
def measure(request: Request) -> HttpResponse:
    """The current brand's campaigns with what each brought, and what a new customer cost there."""
    find = request.GET.get("q", "").strip()
    campaigns = Campaign.objects.filter(brand=request.brand).order_by("-starts_on", "name", "pk")
    page = page_of(request, campaigns.filter(name__icontains=find) if find else campaigns, per_page=25)
    rows = campaign_totals(request.brand, list(page)) if request.brand else []
    since = first_order_day(request.brand) if request.brand else None
    return render_page(
        request, "results/measure.html", {"page": page, "rows": rows, "find": find, "since": since}, partial="rows"
    )


@require_safe
def campaign(request: Request, slug: str) -> HttpResponse:
    """The CAC report of a campaign. Period, policy, target, search and order stand in the address."""
    found, form = _asked(request, slug)
    context: dict[str, Any] = {"campaign": found, "form": form, "tab": "report", "currency": found.brand.currency}
    if not form.is_valid():
        return render_page(request, "results/campaign.html", context, status=422)
    report = _report(form, found)
    context |= {**_shown(request, report), "stale": is_stale(found.brand)}
    return render_page(request, "results/campaign.html", context, partial="rows")


@require_safe
def campaign_csv(request: Request, slug: str) -> HttpResponseBase:
    """The rows that the page shows, all its pages together."""
    found, form = _asked(request, slug)
    if not form.is_valid():
        return HttpResponse("The address asks for no report.", status=422)
    report = _report(form, found)
    rows = shown(report, find=request.GET.get("q", ""), sort=request.GET.get("sort", ""))
    return csv_response(f"cac-{found.slug}", report_header(report), report_rows(report, rows))


@require_safe
def campaign_json(request: Request, slug: str) -> HttpResponse:
    """The whole report, as the command prints it."""
    found, form = _asked(request, slug)
    if not form.is_valid():
        return JsonResponse({"errors": form.errors.get_json_data()}, status=422)
    return JsonResponse(report_json(_report(form, found)))


@require_safe
def campaign_costs(request: Request, slug: str) -> HttpResponse:
    """What the report's cost is made of, the dearest deal first; each leads to its lines and its commission."""
    found, form = _asked(request, slug)
    context: dict[str, Any] = {"campaign": found, "currency": found.brand.currency}
    if not form.is_valid():
        return render_page(request, "results/campaign_costs.html", context, status=422)
    report = _report(form, found)
    page = page_of(request, [row for row in shown(report, find="", sort="-cost") if row.figures.cost])
    context |= {"report": report, "query": report.query, "page": page, "period": period_words(report)}
    return render_page(request, "results/campaign_costs.html", context, partial="rows")


def _asked(request: Request, slug: str) -> tuple[Campaign, ReportForm]:
    found: Campaign = get_object_or_404(Campaign.objects.select_related("brand"), slug=slug)
    return found, ReportForm(request.GET)


def _report(form: ReportForm, found: Campaign) -> CacReport:
    return cac_report(form.query(found, now=timezone.now()))


def _shown(request: Request, report: CacReport) -> dict[str, Any]:
    find, sort = request.GET.get("q", ""), request.GET.get("sort", "cac")
    page = page_of(request, shown(report, find=find, sort=sort), per_page=PER_PAGE)
    carried = carried_query(report)
    return {
        "report": report, "totals": report.totals, "page": page, "find": find, "sort": sort, "columns": columns(sort),
        "summary": summary(report), "period": period_words(report),
        "footnotes": [credit_sentence(report), *footnotes(report)],
        "dominant": dominant_codes(report), "carried": carried, "forest": _forest(report, list(page), carried),
    }  # fmt: skip


def carried_query(report: CacReport) -> str:
    """The report's own question as the end of an address, so that the lists behind its numbers answer the same."""
    query = report.query
    asked = {"from": query.first, "to": query.last, "policy": query.policy, "target": query.target}
    return urlencode({name: value for name, value in asked.items() if value})


def _forest(report: CacReport, rows: list[DealRow], carried: str) -> Forest | None:
    query = report.query
    costly = sorted((row for row in rows if row.figures.cost > 0), key=lambda row: cac_order(row.figures.estimate))
    if not costly:
        return None
    orders = reverse("results:credited", args=[query.campaign.slug])
    drawn = [ForestRow(r.handle, r.figures.estimate, f"{orders}?deal={r.deal}&{carried}") for r in costly]
    total = ForestRow("All together", report.totals.estimate, f"{orders}?{carried}", is_total=True)
    return Forest([total, *drawn], query.brand.currency, query.target, _finding(report))


def _finding(report: CacReport) -> str:
    query, mid = report.query, report.totals.estimate.mid
    if query.target is not None:
        words = f"the target of {rough_money(query.target, query.brand.currency)}"
        return finding(report.rows, reference=float(query.target), words=words)
    words = f"the {rough_money(mid, query.brand.currency)} of all together"
    return finding(report.rows, reference=mid, words=words)
