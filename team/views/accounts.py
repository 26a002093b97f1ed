"""The pages of allauth that Troupe changes."""

from allauth.account.views import password_reset
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def reset_password(request: HttpRequest) -> HttpResponse:
    """Ask for a reset mail, or, where no mail can be sent, read what else there is to do."""
    if settings.EMAIL_URL:
        return password_reset(request)
    return render(request, "team/no_mail.html")
