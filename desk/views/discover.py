"""Discovery inside the roster: niches by region, sizes, and the people behind a count."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from campaigns.models import Campaign, Deal
from config.lib.htmx import render_page
from config.lib.paging import page_of
from creators.models import Profile
from creators.queries.discovery import in_stage, niche_grid, people, tier_mix
from desk.forms.discover import GridForm, MixForm, PeopleForm
from team.requests import Request

NICHES = 25  # a page
_SHOWN = 12  # gaps in words


@require_safe
def discover(request: Request) -> HttpResponse:
    """Niches by country, or by the regions of one, with what is missing."""
    form = GridForm(request.GET)
    found = niche_grid(rule=form.rule, country=form.place)
    rows = [row for row in found.rows if form.niche in row.niche]
    gaps = [(row, cell) for row in rows for cell in row.cells if cell.is_gap]
    context = {
        "form": form,
        "grid": found,
        "sizes": dict(found.regions),
        "page": page_of(request, rows, per_page=NICHES),
        "gaps": [(row, cell, dict(found.regions)[cell.region]) for row, cell in gaps[:_SHOWN]],
        "gap_count": len(gaps),
        "rule": form.rule,
        "country": form.place,
    }
    return render_page(request, "desk/discover.html", context, partial="rows")


@require_safe
def sizes(request: Request) -> HttpResponse:
    """Nano, micro and larger ones against 70, 25 and 5 percent."""
    form = MixForm(request.GET, campaigns=_campaigns(request))
    stage = form.wanted_stage if request.brand else ""
    context = {"form": form, "mix": tier_mix(_chosen(request, form.slug, stage)), "of": form.slug, "stage": stage}
    return render_page(request, "desk/sizes.html", context, partial="rows")


@require_safe
def found_people(request: Request) -> HttpResponse:
    """The creators behind one of these counts."""
    form = PeopleForm(request.GET)
    wanted = form.wanted()
    slug = request.GET.get("campaign", "").replace("\0", "")
    campaign = get_object_or_404(Campaign, slug=slug) if slug else None
    among = _chosen(request, slug, "") if campaign else None
    page = page_of(request, people(wanted, brand=request.brand, among=among))
    context = {"form": form, "page": page, "rows": with_main(page.object_list), "campaign": campaign}
    return render_page(request, "desk/discover_people.html", context, partial="rows")


def _campaigns(request: Request) -> QuerySet[Campaign]:
    return Campaign.objects.filter(brand=request.brand).order_by("-starts_on", "name")[:200]


def _chosen(request: Request, slug: str, stage: str) -> QuerySet[Any] | None:
    """Ids of the creators of a campaign, of a stage, or of both; None for everybody."""
    chosen = None
    if slug:
        campaign = get_object_or_404(Campaign, slug=slug)
        chosen = Deal.objects.active().filter(campaign=campaign).values("creator")
    if stage and request.brand:
        staged = in_stage(stage, brand=request.brand)
        chosen = staged if chosen is None else staged.filter(creator__in=chosen)
    return chosen


def with_main(creators: Any) -> list[tuple[Any, Profile | None]]:
    """Each creator with the main profile, in one query."""
    main = {each.creator_id: each for each in Profile.objects.filter(creator__in=list(creators), is_main=True)}
    return [(creator, main.get(creator.pk)) for creator in creators]
