"""Pages over more than one app."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from creators.logic.rights import left_until
from creators.queries.alerts import open_alerts
from creators.queries.notes import unread_mentions
from creators.queries.reports import stories_asking
from desk.queries import today as queries
from results.actions import salts
from team.enums import Role
from team.requests import Request

_ALERTS = 5
_STORIES = 10  # that ask for their numbers
_MENTIONS = 10
_ROUTES = {"Creator": ("desk:creator", "user"), "Campaign": ("campaigns:campaign", "megaphone")}


@dataclass(frozen=True)
class Hit:
    """One line of the palette."""

    kind: str
    label: str
    url: str
    icon: str


def today(request: Request) -> HttpResponse:
    """What needs me today, over all my brands; first steps while there is little to show."""
    now = timezone.now()
    day = _day_of(request, now)
    campaigns = queries.running(today=day)
    waiting = queries.waiting(request.user)
    context = {
        "day": day,
        "running": campaigns,
        "gaps": [row for row in campaigns if row.without_link or row.without_code or row.without_brief],
        "silent": [row for row in campaigns if row.unaccepted],
        "rights_ending": [(each, left_until(each.right_ends_on, day)) for each in queries.rights_ending(today=day)],
        "waiting": waiting,
        "lost_clicks": salts.lost_lately(now=now),
        "lost_days": salts.LOST_DAYS,
        "alerts": open_alerts()[:_ALERTS],
        "alert_count": waiting.alerts,
        "stories": list(stories_asking(now)[:_STORIES]),
        "mentions": list(unread_mentions(request.user)[:_MENTIONS]),
        "failed_jobs": queries.failed_jobs(request.user, request.brands, now=now),
        "started": waiting.started,
        "may_edit": bool(request.rights.brands(Role.MANAGER)),
    }
    return render(request, "desk/today.html", context)


def _day_of(request: Request, now: datetime) -> date:
    """Today on the clock of the current brand."""
    return now.astimezone(ZoneInfo(request.brand.time_zone if request.brand else "UTC")).date()


def search(request: Request) -> HttpResponse:
    """Pages, creators and campaigns for the palette; a page of its own without script."""
    words = request.GET.get("q", "").strip()[:80]
    hits = [_hit(found) for found in queries.found(words)]
    template = "desk/_hits.html" if request.htmx else "desk/search.html"
    return render(request, template, {"hits": hits, "q": words})


def _hit(found: queries.Found) -> Hit:
    route, icon = _ROUTES[found.kind]
    return Hit(kind=found.kind, label=found.label, url=reverse(route, args=[found.key]), icon=icon)
