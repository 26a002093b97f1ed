"""The rows of the queue of signals as HTML, put together in Python since a template took longer than their query."""

from collections.abc import Iterable
from html import escape

from django.template.defaultfilters import floatformat
from django.utils.safestring import SafeString, mark_safe

from config.lib import words
from creators.enums import Platform
from creators.exports.chips import level_badge, ruling_badge
from creators.models import Assessment

_PLATFORMS = {platform.value: escape(platform.label) for platform in Platform}


def lines_html(found: Iterable[Assessment]) -> SafeString:
    """A row of the table for each."""
    return mark_safe("".join([_line(each) for each in found]))


def _line(found: Assessment) -> str:
    profile = found.profile
    score = words.UNKNOWN if found.score is None else floatformat(found.score, 2)
    return (
        f'<tr><th scope="row"><a href="/creators/signals/{profile.pk}/">{escape(profile.creator.name)}</a></th>'
        f'<td data-label="Profile">{escape(profile.handle)} '
        f'<span class="muted">{_PLATFORMS[profile.platform]}</span></td>'
        f'<td class="num" data-label="Followers">{words.count(profile.followers)}</td>'
        f'<td data-label="Level">{level_badge(found.level)}</td>'
        f'<td class="num" data-label="Score">{score}</td>'
        f'<td class="wide" data-label="Signals">{_signals(found)}</td>'
        f'<td data-label="Review">{ruling_badge(found.verdict)}</td>'  # type: ignore[attr-defined]
        f'<td class="nowrap" data-label="Since">{words.day(found.made_at)}</td>'
        f'<td class="nowrap" data-label="Checked">{words.day(found.checked_at)}</td></tr>\n'
    )


def _signals(found: Assessment) -> str:
    told = {*found.flagged, *found.watched}
    return " ".join(
        [
            f'<span class="nowrap">{escape(each["name"])} <span class="muted">{escape(each["code"])}</span></span>'
            for each in found.signals
            if each["code"] in told
        ]
    )
