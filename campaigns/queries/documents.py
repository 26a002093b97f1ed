"""Which documents a person may see, and what they are about."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from campaigns.models import Deal
from creators.models import CreatorDocument
from creators.queries.creators import creators_found_by
from team.models import Brand, Document

PRESENT, REMOVED = "present", "removed"
_SHOWN = 6


@dataclass(frozen=True)
class DocumentFilter:
    """What a person asks the list for; blank is everything that is there."""

    q: str = ""
    kind: str = ""
    brand: str = ""
    state: str = PRESENT
    creator: int | None = None
    right: int | None = None
    deal: int | None = None


@dataclass(frozen=True)
class Panel:
    """The newest documents for a page about something else; `query` names it in the address of an upload."""

    documents: list[Any]
    has_more: bool
    query: str
    may_add: bool


def documents(wanted: DocumentFilter, *, managed: list[Brand]) -> QuerySet[Any]:
    """Documents of the open scope that the person may see, newest first, with creator, right and deal."""
    every: Any = Document.objects.all()
    found = every.seen_by(managed).select_related(
        "brand", "uploaded_by", "removed_by", "about__creator", "about__right", "of_deal__deal__campaign"
    )
    if wanted.q:
        of_creators = CreatorDocument.objects.filter(creator__in=creators_found_by(wanted.q)).values("document")
        named = Q(title__icontains=wanted.q) | Q(file_name__icontains=wanted.q)
        found = found.filter(named | Q(pk__in=of_creators))
    if wanted.state in (PRESENT, REMOVED):
        found = found.filter(removed_at__isnull=wanted.state == PRESENT)
    about = {f"about__{name}": getattr(wanted, name) for name in ("creator", "right") if getattr(wanted, name)}
    same = {name: value for name in ("kind", "brand") if (value := getattr(wanted, name))}
    found = found.filter(of_deal__deal=wanted.deal) if wanted.deal else found
    found = found.filter(**same, **about)
    ordered: QuerySet[Any] = found.order_by("-uploaded_at", "-pk")
    return ordered


def panel_of_creator(creator: int, *, managed: list[Brand]) -> Panel:
    """The newest documents of a creator, in one query."""
    found = documents(DocumentFilter(creator=creator), managed=managed)
    return _panel(found, f"creator={creator}", may_add=bool(managed))


def panel_of_deal(deal: Deal, *, managed: list[Brand]) -> Panel:
    """The newest documents of a deal, in one query."""
    found = documents(DocumentFilter(deal=deal.pk), managed=managed)
    return _panel(found, f"deal={deal.pk}", may_add=deal.brand in managed)


def _panel(found: QuerySet[Any], query: str, *, may_add: bool) -> Panel:
    newest = list(found[: _SHOWN + 1])
    return Panel(newest[:_SHOWN], len(newest) > _SHOWN, query, may_add)
