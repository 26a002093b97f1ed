"""The rows of a creator's history of rates as HTML, put together in Python since a template took longer than the rest
of the page."""

from collections.abc import Iterable
from html import escape

from django.utils.safestring import SafeString, mark_safe

from config.lib import words
from creators.enums import RateKind
from creators.models import Rate


def lines_html(rates: Iterable[Rate], *, token: str) -> SafeString:
    """A row of the table for each; with the token of a form a person may take a rate out again."""
    return mark_safe("".join([_line(rate, token) for rate in rates]))


def _line(rate: Rate, token: str) -> str:
    tone = "ok" if rate.kind == RateKind.PAID else "quiet"
    deal = f'<a href="/deals/{rate.deal_number}/">a completed deal</a>' if rate.deal_number else ""
    return (
        f'<tr><th scope="row" class="nowrap">{words.day(rate.quoted_on)}</th>'
        f'<td data-label="Kind"><span class="badge {tone}">{rate.get_kind_display()}</span></td>'
        f'<td data-label="Platform">{rate.profile.get_platform_display()}</td>'
        f'<td data-label="Format">{rate.get_format_display()}</td>'
        f'<td class="num" data-label="Amount">{words.money(rate.amount, rate.currency)}</td>'
        f'<td class="num" data-label="Followers">{words.count(rate.followers)}</td>'
        f'<td data-label="Brand">{escape(rate.brand.name)}</td><td data-label="Note">{escape(rate.note)}{deal}</td>'
        f'<td data-label="Who">{escape(str(rate.made_by or "Troupe"))}</td>'
        f"{_out(rate, token) if token else ''}</tr>\n"
    )


def _out(rate: Rate, token: str) -> str:
    """What comes from a deal is taken out with the deal."""
    if rate.deal_number:
        return "<td></td>"
    return (
        f'<td><form method="post" action="/creators/rates/{rate.pk}/remove/" class="inline">'
        f'<input type="hidden" name="csrfmiddlewaretoken" value="{token}">'
        f'<button class="button small">Take out<span class="sr-only">: {rate}</span></button></form></td>'
    )
