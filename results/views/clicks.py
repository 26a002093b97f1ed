"""The clicks of the brand as they came in, and how many of them still wait or were lost."""

from datetime import datetime

from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from config.lib.htmx import render_page
from config.lib.paging import page_of
from results.actions import salts, spool
from results.forms.clicks import ClickFilterForm
from results.queries.clicks import click_sums, clicks_of
from team.requests import Request


@require_safe
def clicks(request: Request) -> HttpResponse:
    """Who followed the links of the current brand: every request with its class, none dropped silently."""
    form = ClickFilterForm(request.GET)
    chosen = form.wanted()
    context: dict[str, object] = {"form": form, "chosen": chosen}
    if request.brand:
        sums = click_sums(request.brand, chosen)
        page = page_of(request, clicks_of(request.brand, chosen, length=sums.of(chosen.kind)))
        context |= {"sums": sums, "page": page}
    return render_page(request, "results/clicks.html", context | _spool(timezone.now()), partial="rows")


def _spool(now: datetime) -> dict[str, object]:
    files, size = spool.waiting(settings.CLICKS_FOLDER)
    return {
        "waiting_files": files,
        "waiting_bytes": size,
        "lost": salts.lost_lately(now=now),
        "lost_days": salts.LOST_DAYS,
    }
