"""What the creator page says of the person's brands: what they keep, what a colleague pinned, what comes next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q

from briefs.models import BriefVersion
from campaigns.models import Campaign, Deal
from creators.models import Creator, Note, Relationship
from creators.queries.notes import notes_of
from team.models import Brand


def relationships_of(creator: Creator, brands: Sequence[Brand]) -> list[Relationship]:
    """What each of these brands keeps of the creator; nothing yet is an empty row that is not stored."""
    held = Relationship.objects.filter(creator=creator, brand__in=brands).select_related("owner")
    found = {each.brand_id: each for each in held}
    return [found.get(brand.pk) or Relationship(brand=brand, creator=creator) for brand in brands]


def newest_notes(creator: Creator, *, limit: int) -> list[Note]:
    """Pinned notes of the open scope first, then the newest."""
    return list(notes_of(creator)[:limit])


@dataclass(frozen=True)
class NextSteps:
    """Campaigns that the creator could join, and deals with `has_brief` that still go on."""

    campaigns: Sequence[Campaign]
    deals: Sequence[Any]


def next_steps(creator: Creator, brands: Sequence[Brand], *, today: date, limit: int = 30) -> NextSteps:
    """What a manager of these brands can do next with the creator, in two queries."""
    mine = Deal.objects.filter(campaign=OuterRef("pk"), creator=creator)
    going = Campaign.objects.filter(Q(ends_on=None) | Q(ends_on__gte=today), ~Exists(mine), brand__in=brands)
    deals = Deal.objects.active().filter(creator=creator, brand__in=brands)
    told = deals.annotate(has_brief=Exists(BriefVersion.objects.filter(deal=OuterRef("pk"))))
    return NextSteps(
        list(going.select_related("brand").order_by("ends_on", "name")[:limit]),
        list(told.select_related("campaign", "brand", "profile").order_by("has_brief", "-created_at")[:limit]),
    )
