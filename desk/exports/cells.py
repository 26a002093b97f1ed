"""What stands in a cell of the list of creators, as HTML. In Python, since 50 rows of ten columns are 500 cells and
a template would take longer for them than the database for the rows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cache, cached_property
from html import escape

from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from config.lib import words
from config.lib.estimates import Estimate
from creators.enums import NoteKind, Platform, RateFormat, RightKind, Verdict
from creators.exports.chips import level_badge, ruling_badge, stage_chip
from creators.models import Vetting
from creators.queries.listed import FOR_EVER, ListedCreator
from desk.exports.creators import ends_of, posted_at_of, told_at_of
from desk.logic.columns import Column

_NOTHING = SafeString("")
_DAY = timedelta(days=1)
_PLATFORMS = {platform.value: escape(platform.label) for platform in Platform}


@dataclass(frozen=True)
class Shown:
    """What cells need to know beside their row: the brand's currency."""

    currency: str = ""


@dataclass(frozen=True)
class EditLink:
    """Where the forms of cells and the looks at creators are, with the list's own query, and the pictures of both."""

    place: str
    query: str
    may_change: bool
    pencil: SafeString
    look: SafeString = _NOTHING

    @cached_property
    def escaped(self) -> str:
        """The query as it stands in an attribute."""
        return escape(self.query)


Cell = Callable[[ListedCreator, Shown], str]


def _profiles(row: ListedCreator, _: Shown) -> str:
    shown = [
        f'<span class="nowrap">{escape(each.handle)} <span class="muted">{_PLATFORMS[each.platform]}</span></span>'
        for each in row.profiles
    ]
    return mark_safe("<br>".join(shown))


def _engagement(row: ListedCreator, _: Shown) -> str:
    pulse = row.known.get("pulse")
    if pulse is None or pulse["rate"] is None:
        return _NOTHING
    rate = words.percent(pulse["rate"], 2, in_column=True)
    return mark_safe(f'{_engagement_badge(pulse["verdict"])}<a href="/creators/{row.creator.pk}/numbers/">{rate}</a>')


@cache
def _engagement_badge(verdict: str) -> SafeString:
    if not verdict:
        return _NOTHING
    tone = {"exceptional": "ok", "above": "ok", "low": "warn"}.get(verdict, "quiet")
    text = Verdict(verdict).label.split(",")[0].replace(" the benchmark", "")
    return format_html('<span class="badge {}">{}</span> ', tone, text)


def _signals(row: ListedCreator, _: Shown) -> str:
    if row.standing is None:
        return _NOTHING
    level = level_badge(row.standing.level.value)
    ruling = ruling_badge(row.standing.verdict) if row.standing.verdict else ""
    return mark_safe(f'<a href="/creators/signals/{row.standing.profile_id}/">{level}</a> {ruling}')


@cache
def _verdict(verdict: str) -> SafeString:
    """The verdict of a vetting as a badge; blank where it is still waited for."""
    return mark_safe(
        render_to_string("creators/_vetting_verdict.html", {"vetting": Vetting(verdict=verdict)}).strip()
    )


def _vetting(row: ListedCreator, _: Shown) -> str:
    vetting = row.known.get("vetting")
    if not vetting:
        return _NOTHING
    return mark_safe(f'<a href="/creators/{row.creator.pk}/vetting/">{_verdict(vetting["verdict"])}</a>')


def _owner(row: ListedCreator, _: Shown) -> str:
    held = row.known.get("relationship") or {}
    return held.get("name") or held.get("email") or ""


def _tags(row: ListedCreator, _: Shown) -> str:
    tags = (row.known.get("relationship") or {}).get("tags") or ()
    return mark_safe(" ".join([f'<span class="badge">{escape(tag)}</span>' for tag in tags]))


def _contact(row: ListedCreator, _: Shown) -> str:
    told = told_at_of(row)
    if told is None:
        return _NOTHING
    kind = NoteKind(row.known["contact"]["kind"]).label
    return format_html('<span class="nowrap">{}</span> <span class="muted">{}</span>', words.day(told), kind)


def _rights(row: ListedCreator, _: Shown) -> str:
    ends = ends_of(row)
    if ends is None:
        return _NOTHING
    until = "no end" if ends == FOR_EVER else words.day(ends - _DAY)
    kind = RightKind(row.known["right"]["kind"]).label
    return format_html('<span class="nowrap">{}</span> <span class="muted">{}</span>', until, kind)


def _ask(row: ListedCreator, _: Shown) -> str:
    ask = row.known.get("ask")
    if not ask:
        return _NOTHING
    amount = words.money(ask["amount"], ask["currency"])
    kind = RateFormat(ask["format"]).label
    link = '<a href="/creators/{}/rates/">{}</a> <span class="muted">{}</span>'
    return format_html(link, row.creator.pk, amount, kind)


def _outcome(name: str, say: Callable[[float, Shown], str]) -> Cell:
    def cell(row: ListedCreator, shown: Shown) -> str:
        outcome = row.known.get("outcome") or {}
        value = outcome.get(name)
        return _NOTHING if value is None else _to_money(row, say(value, shown))

    return cell


def _cac(row: ListedCreator, shown: Shown) -> str:
    outcome = row.known.get("outcome")
    if not outcome or outcome["low"] is None:
        return _NOTHING
    known = {name: outcome[name] for name in ("low", "mid", "high", "method")}
    estimate = Estimate(**known, level=0.9, n=outcome["new_customers"])
    # Few creators have one, so the one way to print an estimate serves here too.
    words = render_to_string("components/_estimate.html", {"estimate": estimate, "currency": shown.currency})
    return _to_money(row, words)


def _to_money(row: ListedCreator, words: str) -> SafeString:
    """A figure with the page that tells what it is made of."""
    return format_html('<a href="/creators/{}/money/">{}</a>', row.creator.pk, words)


def _deals(row: ListedCreator, _: Shown) -> str:
    n = (row.known.get("deals") or {}).get("n")
    return _to_money(row, words.count(n)) if n else _NOTHING


def _posted(row: ListedCreator, _: Shown) -> str:
    posted = posted_at_of(row)
    return words.day(posted) if posted else ""


CELLS: dict[str, Cell] = {
    "profiles": _profiles,
    "followers": lambda row, _: words.count(row.main.followers) if row.main else "",
    "tier": lambda row, _: mark_safe(f'<span class="nowrap">{row.tier.label}</span>') if row.tier else "",
    "engagement": _engagement,
    "signals": _signals,
    "vetting": _vetting,
    "stage": lambda row, _: stage_chip(row.stage),
    "since": lambda row, _: words.day(row.since) if row.since else "",
    "overlays": lambda row, _: mark_safe(" ".join([stage_chip(track) for track in row.overlays])),
    "owner": _owner,
    "tags": _tags,
    "niches": lambda row, _: ", ".join(row.creator.niches),
    "country": lambda row, _: row.creator.country,
    "region": lambda row, _: row.creator.region,
    "city": lambda row, _: row.creator.city,
    "language": lambda row, _: row.creator.language,
    "contact": _contact,
    "posted": _posted,
    "rights": _rights,
    "ask": _ask,
    "formats": lambda row, _: ", ".join(str(RateFormat(made).label) for made in row.creator.formats),
    "deals": _deals,
    "cost": _outcome("cost", lambda cost, shown: words.money(cost, shown.currency)),
    "customers": _outcome("new_customers", lambda n, _: words.count(int(n))),
    "cac": _cac,
    "no_contact": lambda row, _: words.day(row.creator.no_contact_on) if row.creator.no_contact_on else "",
}


def cells_html(row: ListedCreator, columns: Sequence[Column], shown: Shown, edit: EditLink) -> SafeString:
    """All cells of a row as HTML; `edit` says what leads to the form of a cell that is edited in place."""
    name = escape(row.creator.name)
    return mark_safe("".join([_td(row, name, column, shown, edit) for column in columns]))


def _td(row: ListedCreator, name: str, column: Column, shown: Shown, edit: EditLink) -> str:
    """Put together by hand: `format_html` would look at every part of 500 cells again."""
    text = cell_of(column.key, row, shown)
    text = text if isinstance(text, SafeString) else escape(text)
    if column.edits and edit.may_change:
        address = f"{edit.place}{row.creator.pk}/cell/{column.key}/?{edit.escaped}"
        return (
            f'<td><span class="cell">{text} <a class="edit" href="{address}" hx-get="{address}" '
            'hx-target="closest td" hx-swap="innerHTML" data-edit>'
            f'<span class="sr-only">{column.label} of {name}: change</span>{edit.pencil}</a></span></td>'
        )
    return f'<td class="num">{text}</td>' if column.is_number else f"<td>{text}</td>"


def cell_of(column: str, row: ListedCreator, shown: Shown) -> str:
    """The cell of one column; texts of people are escaped by whoever prints them."""
    return CELLS[column](row, shown)
