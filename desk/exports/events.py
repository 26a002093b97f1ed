"""The lines of a creator's timeline as HTML, put together in Python since fifty of them took a template longer than
their query takes the database."""

import re
from collections.abc import Iterable
from html import escape
from zoneinfo import ZoneInfo

from django.template.defaultfilters import linebreaksbr, urlize
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from config.lib import words
from desk.queries.timeline import Event

_MAY_BE_ADDRESS = re.compile("[.:@]")


def lines_html(events: Iterable[Event], *, show_brand: bool) -> SafeString:
    """A list item for each."""
    return mark_safe("".join([_line(event, show_brand) for event in events]))


def _line(event: Event, show_brand: bool) -> str:
    text = escape(event.text)
    told = f'<a href="{escape(event.url)}">{text}</a>' if event.url else text
    more = f'<div class="note-text muted">{_linked(event.more)}</div>' if event.more else ""
    who = f' <span class="hint">{escape(event.who)}</span>' if event.who else ""
    brand = f' <span class="hint">{escape(event.brand.name)}</span>' if event.brand and show_brand else ""
    kind = f' <span class="badge quiet">{event.kind.label}</span>'
    return f"<li>{told}{more}<p>{_time(event)}{who}{brand}{kind}</p></li>\n"


def _time(event: Event) -> str:
    here = timezone.localtime(event.at)
    zone = ZoneInfo(event.brand.time_zone) if event.brand else here.tzinfo
    return f'<time datetime="{here.isoformat()}">{words.moment(event.at, zone)}</time>'


def _linked(text: str) -> str:
    """With links where there are addresses: most texts hold none, and looking at each word takes long."""
    return str(linebreaksbr(urlize(text) if _MAY_BE_ADDRESS.search(text) else text))
