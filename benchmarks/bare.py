"""What the redirect is measured against: one Django view that redirects, on the same web server, and nothing else."""

import os

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import path

if not settings.configured:
    settings.configure(
        ALLOWED_HOSTS=["*"],
        ROOT_URLCONF=__name__,
        SECRET_KEY=os.urandom(16).hex(),
        MIDDLEWARE=[],
        LOGGING_CONFIG=None,
    )
    django.setup()


def redirect(request: HttpRequest, slug: str) -> HttpResponseRedirect:
    """Send everybody to one address."""
    answer = HttpResponseRedirect("https://shop.example/?utm_source=tiktok&utm_medium=influencer")
    answer.headers["Content-Length"] = "0"  # as Django's usual middleware would; else the server sends it in chunks
    return answer


urlpatterns = [path("r/<str:slug>", redirect)]
application = get_wsgi_application()
