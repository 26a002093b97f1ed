"""The cards of the board as HTML. In Python, since up to a hundred cards, each with a form, took a template longer
than the database takes for the people on them."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from zoneinfo import ZoneInfo

from django.utils.safestring import SafeString, mark_safe

from campaigns.queries.board import Card
from config.lib import words
from creators.enums import Stage
from creators.exports.chips import stage_chip
from creators.logic.lifecycle import Situation, refusal
from creators.models import LifecycleSpan
from team.models import Brand


@dataclass(frozen=True)
class Shown:
    """What cards need beside their people: whose board it is, at which address, and the token of a form that moves
    somebody; without one nobody is moved."""

    brand: Brand
    place: str
    query: str = ""
    token: str = ""


def cards_html(cards: Iterable[Card], shown: Shown) -> SafeString:
    """One card below the other."""
    return mark_safe("".join([card_html(card, shown) for card in cards]))


def card_html(card: Card, shown: Shown) -> SafeString:
    """A creator with what a person must know before moving them, and the form that does."""
    pk, name = card.creator.pk, escape(card.creator.name)
    drag = ' draggable="true"' if shown.token else ""
    return mark_safe(
        f'<article class="card" id="card-{pk}" data-card="{name}"{drag}>'
        f'<h3><a href="/creators/{pk}/">{name}</a></h3>'
        f'<p class="card-line">{_main(card)}</p>{_overlays(card)}'
        f'<details class="card-more"{" open" if card.problem else ""}>'
        f'<summary title="{_decided(card.span)}">{_summary(card, shown)}'
        f'<span class="sr-only"> {name}</span></summary>'
        f"{_reasons(card, shown)}{_form(card, shown) if shown.token else ''}</details></article>\n"
    )


def _main(card: Card) -> str:
    handle, tier = escape(card.profile.handle) if card.profile else "", card.tier
    return f'{handle} <span class="badge quiet">{tier.label}</span>' if tier else handle


def _overlays(card: Card) -> str:
    chips = "".join([f"{stage_chip(overlay.track)} " for overlay in card.overlays])
    return f'<p class="card-line">{chips}</p>' if chips else ""


def _decided(span: LifecycleSpan) -> str:
    return f"{escape(span.decided_by)}: {escape(span.why)}"


def _summary(card: Card, shown: Shown) -> str:
    since = f"For {words.count(card.days)} day{'' if card.days == 1 else 's'}" if card.days else "Since today"
    return f"{since} · Move" if shown.token else since


def _reasons(card: Card, shown: Shown) -> str:
    """Who or what decided on the stage and the overlays, and why a move was refused."""
    since = words.moment(card.span.during.lower, ZoneInfo(shown.brand.time_zone))
    lines = [f'<p class="hint">Since {since}. {_decided(card.span)}</p>']
    for each in card.overlays:
        decided = f"{each.get_track_display()}: {escape(each.decided_by)}, {escape(each.why)}"
        lines.append(f'<p class="hint">{decided}</p>')
    if card.problem:
        lines.append(
            f'<p class="notice danger" role="alert" data-error-summary tabindex="-1">{escape(card.problem)}</p>'
        )
    return "".join(lines)


def _form(card: Card, shown: Shown) -> str:
    pk = card.creator.pk
    address = f"{shown.place}{pk}/{f'?{escape(shown.query)}' if shown.query else ''}"
    return (
        f'<form method="post" action="{address}" hx-post="{address}" hx-target="#board" hx-swap="outerHTML" '
        f'class="card-form"><input type="hidden" name="csrfmiddlewaretoken" value="{shown.token}">'
        f'<input type="hidden" name="brand" value="{shown.brand.slug}"><label for="to-{pk}">Move to</label>'
        f'<select name="stage" id="to-{pk}">{_moves(card.situation, card.given.get("stage", ""))}</select>'
        f'<label for="why-{pk}">Reason</label><input name="why" id="why-{pk}" maxlength="200" required '
        f'value="{escape(card.given.get("why", ""))}"><button class="button small">Move</button></form>'
    )


@lru_cache(maxsize=512)
def _moves(situation: Situation, chosen: str) -> str:
    """Every other stage, also those that cannot be now: choosing one says why."""
    others = [stage for stage in Stage if stage != situation.stage]
    return "".join(
        [
            f'<option value="{stage.value}"{" selected" if stage == chosen else ""}>{stage.label}'
            f"{' (not possible)' if refusal(stage, situation) else ''}</option>"
            for stage in others
        ]
    )
