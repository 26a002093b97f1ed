"""The rows of a profile's engagement rates as HTML, put together in Python: a template took a third of the page."""

from collections.abc import Iterable
from html import escape

from django.utils.safestring import SafeString, mark_safe

from config.lib import words
from creators.exports.chips import verdict_badge
from creators.logic.engagement import EngagementRate


def lines_html(rates: Iterable[EngagementRate], *, posts: str) -> SafeString:
    """A row of the table for each; `posts` is the address of the posts that they rest on."""
    return mark_safe("".join([_line(rate, escape(posts)) for rate in rates]))


def _line(rate: EngagementRate, posts: str) -> str:
    benchmark = _rate(rate.benchmark.rate) if rate.benchmark else "none"
    return (
        f'<tr><th scope="row" data-label="Content">{rate.kind_label}</th>'
        f'<td data-label="Basis">{rate.basis.label}</td>'
        f'<td class="num" data-label="Mean">{_rate(rate.mean)}</td>'
        f'<td class="num" data-label="Median">{_rate(rate.median)}</td>'
        f'<td class="num" data-label="Saves">{_rate(rate.saves)}</td>'
        f'<td class="num" data-label="Posts"><a href="{posts}&amp;kind={rate.kind}">{words.count(rate.n)}</a></td>'
        f'<td class="num" data-label="Benchmark">{benchmark}</td>'
        f'<td data-label="Verdict">{verdict_badge(rate.verdict)}</td>'
        f'<td class="wide" data-label="Rests on"><span>{_basis(rate)}</span></td></tr>\n'
    )


def _rate(percent: float | None) -> str:
    return words.percent(percent, 2, in_column=True)


def _basis(rate: EngagementRate) -> str:
    """What it rests on, what was left out and why, and who counted."""
    left = "".join([f"; {words.count(posts)} left out: {escape(reason)}" for reason, posts in rate.left_out])
    benchmark = f"; benchmark: {escape(rate.benchmark.why)}" if rate.benchmark else ""
    return f'{escape(rate.words)}{left}. <span class="muted">{escape(rate.source)}{benchmark}</span>'
