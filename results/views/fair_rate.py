"""The fair rate in the brand's own money, beside a fee field and on a creator's page of rates."""

from decimal import Decimal, InvalidOperation

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from campaigns.forms.deals import PickForm
from campaigns.models import Campaign
from creators.enums import RateFormat
from creators.forms.rates import UsageForm
from creators.logic.fees import formats_on
from creators.logic.rate_totals import totals_of
from creators.models import Creator, Profile
from creators.queries.fair_rate import Terms, fair_rates
from creators.queries.fair_rates import fair_rates_of
from results.queries.fair_rate import goal_of, worth_in
from team.models import Brand
from team.requests import Request

_MOST = Decimal(10) ** 12


@require_safe
def fair_rate(request: Request, pk: int) -> HttpResponse:
    """One format of one profile, in few words. Without a format, the one that the platform is known for."""
    profile = _profile(request, pk)
    formats = formats_on(profile.platform)
    asked = request.GET.get("format") or formats[0]
    format_ = RateFormat(asked) if asked in RateFormat.values else formats[0]
    slug = request.GET.get("campaign")
    campaign = get_object_or_404(Campaign.objects.select_related("brand"), slug=slug) if slug else None
    terms = _terms(request, campaign.brand if campaign else _brand(request), campaign)
    ((_, rate),) = fair_rates(profile, [format_], terms, now=timezone.now())
    return render(request, "creators/_fair_rate.html", {"rate": rate, "format": format_, "profile": profile})


@require_safe
def fair_rates_panel(request: Request, pk: int) -> HttpResponse:
    """Every format of one profile with its reasons."""
    profile = _profile(request, pk)
    formats = [each for each in formats_on(profile.platform) if each != RateFormat.MIXED]
    fair = fair_rates(profile, formats, _terms(request, _brand(request), None), now=timezone.now())
    return render(request, "creators/_fair_rates.html", {"fair": fair, "profile": profile})


@require_POST
def fair_rates_of_pick(request: Request, slug: str) -> HttpResponse:
    """What the fair rates of all who are about to be added come to."""
    campaign: Campaign = get_object_or_404(Campaign.objects.select_related("brand"), slug=slug)
    form = PickForm(request.POST)
    profiles = form.pick(campaign).profiles if form.is_valid() else []
    now = timezone.now()
    brand = campaign.brand
    terms = Terms(brand.currency, worth_in(brand, today=now.date())) if brand.currency else Terms()
    found = totals_of(fair_rates_of(profiles, terms, now=now))
    return render(request, "creators/_fair_totals.html", {"found": found, "people": len(profiles)})


def _terms(request: Request, brand: Brand | None, campaign: Campaign | None) -> Terms:
    usage = UsageForm(request.GET).wanted()
    if brand is None or not brand.currency:
        return Terms(usage=usage)
    others = _amount(request, "product_cost") + _amount(request, "shipping_cost")
    goal = goal_of(campaign, other_costs=others) if campaign else None
    return Terms(brand.currency, worth_in(brand, today=timezone.now().date()), usage, goal)


def _profile(request: Request, pk: int) -> Profile:
    """The profile that the form chose, else the main one."""
    profiles = list(get_object_or_404(Creator.objects.prefetch_related("profiles"), pk=pk).profiles.all())
    asked = request.GET.get("profile", "")
    found = next((each for each in profiles if str(each.pk) == asked), profiles[0] if profiles else None)
    return found or get_object_or_404(Profile, creator=pk)


def _brand(request: Request) -> Brand | None:
    """The brand that the form chose, else the current one."""
    asked = request.GET.get("brand", "")
    return next((each for each in request.brands if str(each.pk) == asked), request.brand)


def _amount(request: Request, name: str) -> Decimal:
    """An amount as far as it is typed; what is no amount counts as none."""
    try:
        amount = Decimal(request.GET.get(name) or 0)
    except InvalidOperation:
        return Decimal(0)
    return amount if amount.is_finite() and 0 <= amount < _MOST else Decimal(0)
