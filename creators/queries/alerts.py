"""Which alerts a search means, and the open ones."""

from dataclasses import dataclass

from django.db.models import QuerySet

from creators.models import Alert
from creators.queries.creators import creators_found_by

OPEN, DONE, ALL = "open", "done", "all"


@dataclass(frozen=True)
class AlertFilter:
    """What a person asked the list for; blank means everything that is still open."""

    q: str = ""
    kind: str = ""
    state: str = OPEN


def alerts_matching(wanted: AlertFilter) -> QuerySet[Alert]:
    """The alerts that a filter means, newest first, with their creators."""
    alerts = Alert.objects.select_related("profile__creator", "done_by")
    if wanted.state != ALL:
        alerts = alerts.filter(done_at__isnull=wanted.state == OPEN)
    if wanted.kind:
        alerts = alerts.filter(kind=wanted.kind)
    if wanted.q.strip():
        alerts = alerts.filter(profile__creator__in=creators_found_by(wanted.q.strip()))
    return alerts


def open_alerts() -> QuerySet[Alert]:
    """Those nobody has seen to, newest first."""
    return alerts_matching(AlertFilter())
