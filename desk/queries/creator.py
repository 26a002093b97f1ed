"""What the creator page says before anything else: who this is, where they stand, what a colleague pinned."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q

from briefs.models import BriefVersion
from campaigns.models import Campaign, Deal
from creators.enums import OVERLAYS, Tier, Track
from creators.logic.tiers import tier_of
from creators.models import Creator, LifecycleSpan, Note, Profile, Relationship
from creators.queries.notes import notes_of
from creators.queries.numbers import profiles_of
from team.models import Brand


@dataclass(frozen=True)
class Head:
    """The top of every page of a creator. `spans` are those that hold now in the brands of the open scope."""

    creator: Creator
    profiles: Sequence[Profile]
    spans: Sequence[LifecycleSpan]

    @property
    def main(self) -> Profile | None:
        """The main profile."""
        return self.profiles[0] if self.profiles else None

    @property
    def tier(self) -> Tier | None:
        """The tier of the main profile, where its followers are known."""
        return tier_of(self.main.followers) if self.main else None

    @property
    def stages(self) -> list[LifecycleSpan]:
        """The present stage with each brand."""
        return [span for span in self.spans if span.track == Track.STAGE]

    @property
    def overlays(self) -> list[LifecycleSpan]:
        """Whitelisted and top performer, where they hold."""
        return [span for span in self.spans if span.track in OVERLAYS]


def head_of(creator: Creator) -> Head:
    """In two queries."""
    spans = LifecycleSpan.objects.open().filter(creator=creator).select_related("brand")
    return Head(creator, profiles_of(creator.pk), list(spans.order_by("brand__name", "track")))


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
