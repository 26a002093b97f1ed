"""What templates say numbers, days and icons with. The rules stand in `config.lib.words`."""

from datetime import date, datetime
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from django import template
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from lucide import _render_icon

from config.lib import words
from config.lib.estimates import Estimate

register = template.Library()


@register.filter
def money(amount: Any, currency: str = "") -> str:
    """`{{ amount|money:currency }}`."""
    return words.money(_number(amount), currency or "")


@register.filter
def rough_money(amount: Any, currency: str = "") -> str:
    """`{{ estimate.mid|rough_money:currency }}`: only as exact as an estimate is."""
    return words.rough_money(_number(amount), currency or "")


@register.filter
def count(number: Any) -> str:
    """`{{ n|count }}`."""
    return words.count(_number(number))


@register.filter
def percent(number: Any, places: int = 1) -> str:
    """`{{ 12.5|percent }}`: a percentage as people write it."""
    return words.percent(_number(number), places)


@register.filter
def share(fraction: Any, places: int = 0) -> str:
    """`{{ 0.25|share }}` is 25%: a fraction of one."""
    number = _number(fraction)
    return words.percent(None if number is None else number * 100, places)


@register.filter
def day(value: Any) -> str:
    """`{{ campaign.starts_on|day }}`."""
    return words.day(_date(value))


@register.filter
def last_day(value: Any) -> str:
    """`{{ period.end|last_day }}`: the last day of a period whose end is exclusive."""
    return words.last_day(_date(value))


@register.filter
def moment(value: Any, place: Any = None) -> str:
    """`{{ order.ordered_at|moment:brand }}`: on the brand's clock (or a zone's by name), else on the current one."""
    if not isinstance(value, datetime):
        return words.UNKNOWN
    name = getattr(place, "time_zone", place)
    return words.moment(value, ZoneInfo(name) if name else timezone.get_current_timezone())


@register.filter
def stage_name(stage: str) -> str:
    """`top_performer` is "Top performer"."""
    return str(stage).replace("_", " ").capitalize()


@register.filter
def chip_class(stage: str) -> str:
    """The CSS class of a lifecycle word."""
    return f"chip-{str(stage).replace('_', '-')}"


@register.filter
def estimate_kind(estimate: Estimate) -> str:
    """Which sentence an estimate wants: `range`, `bound` (only its low end is known), `no-cost` or `unknown`."""
    if estimate is None or estimate.low is None:
        return "no-cost" if estimate is not None and estimate.method == "no-cost" else "unknown"
    return "bound" if estimate.mid is None or estimate.high is None else "range"


@register.simple_tag
@cache
def icon(name: str, size: int = 16) -> SafeString:
    """`{% icon "search" %}`: a Lucide icon inline. It is decoration: the words stand beside it.

    Names stand in templates, so there are few; a page has thirty of them, and each took as long as a query.
    """
    drawing = _render_icon(str(name), size, **{"class": "icon", "aria-hidden": "true", "focusable": "false"})
    return mark_safe("".join(line.strip() for line in drawing.splitlines()))


def _number(value: Any) -> Any:
    return None if value is None or value == "" else value


def _date(value: Any) -> date | None:
    if isinstance(value, datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value if isinstance(value, date) else None
