"""A person's own settings."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from team.forms import YouForm
from team.models import User
from team.requests import Request
from team.views.settings import settings_page


def you(request: Request) -> HttpResponse:
    """Name and colours; the password has a page of its own."""
    form = YouForm(request.POST or None, instance=User.objects.get(pk=request.user.pk))
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, "Saved.")
        return redirect("team:you")
    return settings_page(request, "team/you.html", tab="you", form=form)
