"""What a creator's deals went through: terms, costs, briefs, links, codes and the orders that came of them."""

from typing import Any

from django.db.models import Count, DateField, F, Func, Max, QuerySet, Sum

from briefs.models import BriefVersion
from campaigns.enums import CostKind, DealStatus
from campaigns.models import Code, CostLine, Deal, TrackingLink
from config.lib.words import count, percent
from desk.queries.events import Asked, Kind, Row, Source, Told, changes, differences, on, paid, selected
from results.models import Credit
from team.models import Document


def _deals(asked: Asked) -> QuerySet[Any]:
    deals = Deal.objects.filter(creator=asked.creator)
    return selected(
        deals, at="created_at", who=None, campaign=F("campaign__name"), fee=F("fee"), currency=F("currency"),
        overruled=F("overruled"),
    )  # fmt: skip


def _told_deal(row: Row, asked: Asked) -> Told:
    facts = row.facts
    more = f"Against confirmed signals: {facts['overruled']}" if facts["overruled"] else ""
    return Told(f"Deal in {facts['campaign']}", more=more, route="campaigns:deal", args=(row.key,))


_TERMS = {
    "status": "Status", "fee": "Fee", "product_cost": "Product", "shipping_cost": "Shipping",
    "commission_percent": "Commission", "starts_on": "First day", "ends_on": "Last day", "notes": "Notes",
}  # fmt: skip


def _changed_deals(asked: Asked) -> QuerySet[Any]:
    names = (*_TERMS, "currency")
    label = F("pgh_obj__campaign__name")
    return changes(Deal, names, label=label, creator=asked.creator.pk, brand__in=asked.numbers)


def _told_change(row: Row, asked: Asked) -> Told | None:
    facts = row.facts
    if facts["did"] == "delete" or not facts["after"]:
        return Told("Removed a deal")
    currency = facts["after"].get("currency") or ""
    words = differences(facts, _TERMS, lambda name, value: _term(name, value, currency))
    if not words:
        return None
    return Told(f"Changed the deal in {facts['label']}", more=words, route="campaigns:deal", args=(row.key,))


def _term(name: str, value: Any, currency: str) -> str:
    if name == "status" and value:
        return str(DealStatus(value).label)
    if name in ("fee", "product_cost", "shipping_cost"):
        return paid(value, currency)
    if name == "commission_percent":
        return percent(value)
    return on(value) if name in ("starts_on", "ends_on") else ""


def _costs(asked: Asked) -> QuerySet[Any]:
    lines = CostLine.objects.filter(deal__creator=asked.creator)
    facts = {name: F(name) for name in ("kind", "amount", "currency", "note")}
    return selected(lines, at="made_at", key="deal_id", campaign=F("deal__campaign__name"), **facts)


def _told_cost(row: Row, asked: Asked) -> Told:
    facts = row.facts
    amount = paid(facts["amount"], facts["currency"])
    words = f"{CostKind(facts['kind']).label} {amount}, {facts['campaign']}"
    return Told(words, more=facts["note"], route="campaigns:deal", args=(row.key,))


_BRIEF = {"number": F("number"), "campaign": F("deal__campaign__name"), "slug": F("deal__campaign__slug")}


def _briefs(asked: Asked) -> QuerySet[Any]:
    versions = BriefVersion.objects.filter(deal__creator=asked.creator)
    return selected(versions, at="made_at", who=None, key="deal_id", **_BRIEF)


def _opened(asked: Asked) -> QuerySet[Any]:
    versions = BriefVersion.objects.filter(deal__creator=asked.creator, viewing__isnull=False)
    return selected(versions, at="viewing__seen_at", who=None, key="deal_id", **_BRIEF)


def _accepted(asked: Asked) -> QuerySet[Any]:
    versions = BriefVersion.objects.filter(deal__creator=asked.creator, acceptance__isnull=False)
    return selected(
        versions, at="acceptance__accepted_at", who=None, key="deal_id", **_BRIEF, by=F("acceptance__typed_name")
    )


def _told_brief(words: str) -> Any:
    def told(row: Row, asked: Asked) -> Told:
        facts = row.facts
        text = f"{words} {facts['number']} of {facts['campaign']}"
        return Told(text, route="briefs:preview", args=(facts["slug"], row.key))

    return told


def _links(asked: Asked) -> QuerySet[Any]:
    links = TrackingLink.objects.filter(deal__creator=asked.creator)
    facts = {"slug": F("slug"), "post": F("post"), "campaign": F("deal__campaign__name")}
    return selected(links, at="created_at", who=None, key="deal_id", **facts)


def _told_link(row: Row, asked: Asked) -> Told:
    facts = row.facts
    words = f"Link {facts['slug']} for post {facts['post']} of {facts['campaign']}"
    return Told(words, route="campaigns:deal", args=(row.key,))


def _changed_links(asked: Asked) -> QuerySet[Any]:
    names = ("slug", "off_at", "destination", "deal_id")
    return changes(TrackingLink, names, deal__creator=asked.creator.pk, brand__in=asked.numbers)


def _told_changed_link(row: Row, asked: Asked) -> Told | None:
    before, after = row.facts["before"], row.facts["after"] or {}
    if not after or (before["off_at"], before["destination"]) == (after["off_at"], after["destination"]):
        return None
    if before["off_at"] != after["off_at"]:
        words = f"Switched link {before['slug']} {'off' if after['off_at'] else 'on'}"
    else:
        words = f"Link {before['slug']} leads to {after['destination']}, was {before['destination']}"
    return Told(words, route="campaigns:deal", args=(before["deal_id"],))


def _codes(asked: Asked) -> QuerySet[Any]:
    codes = Code.objects.filter(creator=asked.creator)
    return selected(codes, at="created_at", who=None, code=F("code"), percent=F("percent"))


def _told_code(row: Row, asked: Asked) -> Told:
    off = f", {percent(row.facts['percent'])} off" if row.facts["percent"] is not None else ""
    return Told(f"Code {row.facts['code']}{off}", route="desk:creator_money", args=(asked.creator.pk,))


class _DayThere(Func):
    """The day of a moment on the clock of a time zone."""

    template = "(%(expressions)s)::date"
    arg_joiner = " at time zone "
    output_field = DateField()


def _orders(asked: Asked) -> QuerySet[Any]:
    """By deal and day of the brand: a line an order would drown the rest."""
    credits = Credit.objects.filter(deal__creator=asked.creator, order__not_counted="")
    day = _DayThere(F("order__ordered_at"), F("brand__time_zone"))
    grouped = ("deal", "brand", "brand__currency", "deal__campaign__name", "deal__campaign__slug")
    facts = {
        "n": Count("pk"), "net": Sum("order__net"), "currency": F("brand__currency"),
        "campaign": F("deal__campaign__name"), "slug": F("deal__campaign__slug"),
    }  # fmt: skip
    days = credits.order_by().values(*grouped, day=day)
    return selected(days, at=Max("order__ordered_at"), who=None, key="deal", **facts)


def _told_orders(row: Row, asked: Asked) -> Told:
    facts = row.facts
    orders = f"{count(facts['n'])} order{'' if facts['n'] == 1 else 's'}"
    words = f"{orders} credited, {paid(facts['net'], facts['currency'])} net"
    query = f"?deal={row.key}"
    return Told(words, more=facts["campaign"], route="results:credited", args=(facts["slug"],), query=query)


def _documents(asked: Asked) -> QuerySet[Any]:
    found = Document.objects.seen_by(list(asked.managed)).filter(about__creator=asked.creator)
    return selected(found, at="uploaded_at", who="uploaded_by", title=F("title"), kind=F("kind"))


def _told_document(row: Row, asked: Asked) -> Told:
    return Told(f"Document: {row.facts['title']}", route="campaigns:document", args=(row.key,))


SOURCES = (
    Source("deal", Kind.DEALS, _deals, _told_deal),
    Source("deal-changed", Kind.DEALS, _changed_deals, _told_change),
    Source("cost", Kind.MONEY, _costs, _told_cost),
    Source("orders", Kind.MONEY, _orders, _told_orders),
    Source("brief", Kind.BRIEFS, _briefs, _told_brief("Got brief")),
    Source("brief-opened", Kind.BRIEFS, _opened, _told_brief("Opened brief")),
    Source("brief-accepted", Kind.BRIEFS, _accepted, _told_brief("Accepted brief")),
    Source("link", Kind.LINKS, _links, _told_link),
    Source("link-changed", Kind.LINKS, _changed_links, _told_changed_link),
    Source("code", Kind.LINKS, _codes, _told_code),
    Source("document", Kind.DEALS, _documents, _told_document),
)
