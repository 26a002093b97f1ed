"""Who is like the good ones, and who lives near a place."""

from datetime import datetime

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from campaigns.models import Campaign
from config.lib.htmx import render_page
from config.lib.paging import page_of
from creators.logic import gazetteer
from creators.logic.likeness import MOST
from creators.queries.creators import main_handles
from creators.queries.discovery import Nearest, surroundings
from creators.queries.likeness import COMPARED, lookalikes, top_performers, traits_of
from desk.forms.discover import NEAR_KM, TOP, LikeForm, NearForm
from desk.views.discover import with_main
from results.queries.credible import Good, credibly_good
from team.requests import Request

_UNPLACED = 20
_MODELS = 10


@require_safe
def near(request: Request) -> HttpResponse:
    """Creators within some kilometres of a city; those whose city is not known for certain are listed apart."""
    form = NearForm({"km": NEAR_KM, **request.GET.dict()} if "city" in request.GET else None)
    context = {"form": form, "source": gazetteer.SOURCE, "least": gazetteer.LEAST_PEOPLE, "places": None}
    if form.is_valid():
        context |= _near(request, form)
    status = 422 if form.errors else 200
    return render_page(request, "desk/near.html", context, partial="rows", status=status)


def _near(request: Request, form: NearForm) -> dict[str, object]:
    told = form.cleaned_data
    sought = gazetteer.find(told["city"], told["country"], told["region"])
    if sought.place is None:
        form.add_error("city", f"We cannot say where this is: {sought.why}. Its country or region may help.")
        return {}
    places = surroundings(sought.place, km=told["km"])
    page = page_of(request, Nearest(places.near))
    away = {(town.country, town.region, town.city): town.km for town in places.near}
    rows = [
        (creator, main, away.get((creator.country, creator.region, creator.city)))
        for creator, main in with_main(page.object_list)
    ]
    return {
        "centre": sought.place, "country": gazetteer.country_name(sought.place.country), "km": told["km"],
        "places": places, "page": page, "rows": rows,
        "unplaced": places.unplaced[:_UNPLACED], "more": max(0, len(places.unplaced) - _UNPLACED),
    }  # fmt: skip


@require_safe
def alike(request: Request) -> HttpResponse:
    """Creators like one, or like those of a campaign who are credibly good, each with its reasons."""
    campaigns = Campaign.objects.filter(brand=request.brand, target_cac__isnull=False)
    campaigns = campaigns.select_related("brand").order_by("-starts_on", "name")
    form = LikeForm(request.GET or None, campaigns=campaigns[:200])
    asked = form.cleaned_data if form.is_valid() else {}
    good: list[Good] = []
    if creator := asked.get("like"):
        ids = [creator.pk]
    else:
        good = _good(request, asked.get("campaign", ""), campaigns, now=timezone.now())
        ids = [each.creator_id for each in good]
    models = traits_of(ids[:_MODELS])
    found = lookalikes(models, without_stage_at=request.brand if asked.get("fresh") else None)
    page = page_of(request, found, per_page=25)
    names = {model.id: model.name for model in models}
    handles = main_handles(each.of.id for each in page.object_list)
    context = {
        "form": form, "models": models, "most": MOST, "compared": COMPARED, "page": page,
        "good": [(each, names.get(each.creator_id, each.handle)) for each in good[:_MODELS]],
        "rows": [(each, handles.get(each.of.id, "")) for each in page.object_list],
        "left_out": max(0, len(ids) - _MODELS),
    }  # fmt: skip
    return render_page(request, "desk/alike.html", context, partial="rows", status=422 if form.errors else 200)


def _good(request: Request, slug: str, campaigns: QuerySet[Campaign], *, now: datetime) -> list[Good]:
    """The credibly good: of the campaign, of all (the overlay), or of the newest campaign with a target."""
    if slug == TOP:
        ids = list(top_performers(request.brand)) if request.brand else []
        return [Good(pk, "", "top performer of the brand") for pk in ids]
    campaign = get_object_or_404(campaigns, slug=slug) if slug else campaigns.first()
    return credibly_good(campaign, now=now) if campaign else []
