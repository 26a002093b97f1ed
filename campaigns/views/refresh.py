"""Refreshing the numbers of everybody in a campaign."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST

from campaigns.models import Campaign, Deal
from creators.models import Profile
from creators.views.refresh import asked_now
from team.requests import Request


@require_POST
def refresh(request: Request, slug: str) -> HttpResponse:
    """The profiles of the campaign's deals: first what it costs, then the job."""
    campaign = get_object_or_404(Campaign, slug=slug)
    profiles = Profile.objects.filter(pk__in=Deal.objects.filter(campaign=campaign).values("profile"))
    back = reverse("campaigns:campaign", args=[slug])
    return asked_now(request, profiles, action=reverse("campaigns:refresh", args=[slug]), back=back)
