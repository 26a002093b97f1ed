"""The clicks of the brand as they came in, and how many of them still wait or were lost."""

from datetime import UTC, datetime

from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe
from redis import Redis, RedisError

from config.lib.htmx import render_page
from config.lib.paging import page_of
from results.actions import salts, spool
from results.forms.clicks import ClickFilterForm
from results.queries.clicks import click_sums, clicks_of
from team.requests import Request

LOST_DAYS = 30


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
    return {"waiting_files": files, "waiting_bytes": size, "lost": _lost(now), "lost_days": LOST_DAYS}


def _lost(now: datetime) -> int | None:
    """Clicks that found no room on a disk in the last days, or None while Valkey does not say."""
    try:
        with Redis.from_url(settings.REDIS_URL, socket_timeout=1, socket_connect_timeout=1) as valkey:
            return salts.lost_since(valkey, today=now.astimezone(UTC).date(), days=LOST_DAYS)
    except RedisError:
        return None
