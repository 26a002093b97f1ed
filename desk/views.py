"""Pages over more than one app."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def today(request: HttpRequest) -> HttpResponse:
    """What needs me today."""
    return render(request, "desk/today.html")
