"""Who was what on a given day of a brand."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from creators.enums import Stage
from creators.models import LifecycleSpan
from creators.queries.creators import creators_found_by
from team.models import Brand


@dataclass(frozen=True)
class DayFilter:
    """Who was what on a day of the brand: `held` is a stage or an overlay, blank: any."""

    brand: Brand
    day: date
    held: str = ""
    q: str = ""


def spans_on(wanted: DayFilter) -> QuerySet[LifecycleSpan]:
    """The spans that held during any part of the day, by the creators' names. One query."""
    zone = ZoneInfo(wanted.brand.time_zone)
    begins, ends = (datetime.combine(wanted.day + timedelta(days=more), time(), zone) for more in (0, 1))
    spans = LifecycleSpan.objects.filter(brand=wanted.brand, during__overlap=(begins, ends))
    if wanted.held in Stage.values:
        spans = spans.stages().filter(stage=wanted.held)
    elif wanted.held:
        spans = spans.filter(track=wanted.held)
    if wanted.q.strip():
        spans = spans.filter(creator__in=creators_found_by(wanted.q.strip()))
    return spans.select_related("creator", "made_by").order_by("creator__sort_name", "creator", "track", "during")
