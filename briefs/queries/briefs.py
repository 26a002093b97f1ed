"""Briefs and how far each deal has come with its own."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from briefs.models import BriefVersion
from campaigns.models import Campaign, Deal


def campaigns_with_briefs(brand, search: str = "") -> QuerySet[Campaign]:
    """The brand's campaigns with `deal_count` and of those the `made`, `seen` and `accepted` briefs.

    As in `deals_with_versions`: cancelled deals are left out, and the newest version of a brief counts.
    """
    found = Campaign.objects.filter(brand=brand).filter(Q(name__icontains=search) | Q(slug__icontains=search))
    deals = Deal.objects.active().filter(campaign=OuterRef("pk")).order_by()
    newer = BriefVersion.objects.filter(deal=OuterRef("deal"), number__gt=OuterRef("number"))
    newest = BriefVersion.objects.filter(~Exists(newer))
    counts = {
        "deal_count": deals,
        "made": deals.filter(brief_versions__isnull=False),
        "seen": deals.filter(brief_versions__in=newest.filter(viewing__isnull=False)),
        "accepted": deals.filter(brief_versions__in=newest.filter(acceptance__isnull=False)),
    }
    return found.annotate(**{name: _count(deals) for name, deals in counts.items()}).order_by("-starts_on", "name")


def _count(deals: QuerySet[Deal]) -> Subquery:
    return Subquery(deals.values("campaign").annotate(n=Count("pk", distinct=True)).values("n"))


def deals_with_versions(campaign: Campaign, search: str = "", state: str = "") -> QuerySet[Deal]:
    """Deals with the newest version's `version_id`, `number`, `made_at`, `seen_at`, `accepted_at`, `accepted_name`.

    `state` is one of "", "missing", "made", "unseen", "opened", "seen" (but not accepted), "open" (made, not
    accepted) and "accepted".
    """
    newest = BriefVersion.objects.filter(deal=OuterRef("pk")).order_by("-number")
    deals = Deal.objects.active().filter(campaign=campaign).select_related("creator", "profile")
    deals = deals.annotate(
        version_id=Subquery(newest.values("pk")[:1]),
        number=Subquery(newest.values("number")[:1]),
        brief_made_at=Subquery(newest.values("made_at")[:1]),
        seen_at=Subquery(newest.values("viewing__seen_at")[:1]),
        accepted_at=Subquery(newest.values("acceptance__accepted_at")[:1]),
        accepted_name=Subquery(newest.values("acceptance__typed_name")[:1]),
    )
    if search:
        deals = deals.filter(Q(profile__handle__icontains=search) | Q(creator__name__icontains=search))
    states = {
        "missing": Q(version_id=None),
        "made": Q(version_id__isnull=False),
        "opened": Q(seen_at__isnull=False),
        "unseen": Q(version_id__isnull=False, seen_at=None),
        "seen": Q(seen_at__isnull=False, accepted_at=None),
        "open": Q(version_id__isnull=False, accepted_at=None),
        "accepted": Q(accepted_at__isnull=False),
    }
    return deals.filter(states.get(state, Q()))


def deals_with_brief(campaign: Campaign, search: str = "", state: str = "") -> QuerySet[Any]:
    """Those that have a brief, with their creators' contacts."""
    deals = deals_with_versions(campaign, search, state).filter(brief_versions__number=1)
    return deals.prefetch_related("creator__contacts")


def reachable(deals: QuerySet[Any]) -> QuerySet[Any]:
    """Without those whose creators asked not to be contacted."""
    return deals.filter(creator__no_contact_on=None)


@dataclass(frozen=True)
class BriefEvent:
    """One line of a creator's timeline."""

    at: datetime
    text: str
    deal: Deal


def events_of(creator_id: int) -> list[BriefEvent]:
    """What happened with this creator's briefs in the brands of the scope, newest first."""
    versions = BriefVersion.objects.filter(deal__creator=creator_id).select_related(
        "deal__campaign", "deal__brand", "viewing", "acceptance"
    )
    events = []
    for version in versions:
        name = f"brief {version.number} of {version.deal.campaign}"
        events.append(BriefEvent(version.made_at, f"Got {name}", version.deal))
        if viewing := getattr(version, "viewing", None):
            events.append(BriefEvent(viewing.seen_at, f"Opened {name}", version.deal))
        if acceptance := getattr(version, "acceptance", None):
            accepted = f"Accepted {name} as “{acceptance.typed_name}”"
            events.append(BriefEvent(acceptance.accepted_at, accepted, version.deal))
    return sorted(events, key=lambda event: event.at, reverse=True)
