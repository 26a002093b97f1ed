"""The one button that takes the sample program away."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from desk.actions import sample_removal
from team.requests import Request


@require_POST
def remove_sample(request: Request) -> HttpResponse:
    """Take the sample program away; nothing else is touched."""
    brand = next((brand for brand in request.brands if brand.is_sample), None)
    if brand is None:
        raise Http404
    sample_removal.remove_sample(brand)
    messages.success(request, "The sample data is gone.")
    return redirect("desk:today")
