"""The board: a brand's creators, or those of one campaign, in a column for each stage."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Max, Q, QuerySet

from campaigns.models import Campaign, Deal, Shipment
from campaigns.queries.lifecycle import OPEN
from creators.enums import OVERLAYS, Stage, Tier, Track
from creators.logic.lifecycle import Situation
from creators.logic.tiers import tier_of
from creators.models import Creator, LifecycleSpan, Profile
from creators.queries.creators import creators_found_by
from team.models import Brand

CARDS = 20  # in a column, each with a form of its own; more are asked for by name
MOST = 500
_DAY = timedelta(days=1)
_OF_SPANS = (
    "creator__name", "creator__no_contact_on", "made_by__name", "made_by__email",
    "brand_id", "track", "stage", "during", "rule", "why",
)  # fmt: skip


@dataclass(frozen=True)
class BoardFilter:
    """What a person asked the board for. `more` is the stage of which `limit` cards are shown."""

    brand: Brand
    campaign: Campaign | None = None
    q: str = ""
    more: str = ""
    limit: int = CARDS


@dataclass(frozen=True)
class Card:
    """A creator on the board, with what a person must know before moving them. `problem`: why they stayed."""

    creator: Creator
    span: LifecycleSpan
    days: int
    profile: Profile | None = None
    overlays: list[LifecycleSpan] = field(default_factory=list)
    situation: Situation = field(default_factory=lambda: Situation(""))
    problem: str = ""
    given: dict[str, str] = field(default_factory=dict)

    @property
    def tier(self) -> Tier | None:
        """The tier of the main profile."""
        return tier_of(self.profile.followers) if self.profile else None


@dataclass(frozen=True)
class Column:
    """One stage: how many are in it, and the cards that are shown, the newest in it first."""

    stage: Stage
    total: int
    cards: list[Card]

    @property
    def rest(self) -> int:
        """How many are not shown."""
        return self.total - len(self.cards)

    @property
    def more(self) -> int:
        """How many to show next."""
        return min(len(self.cards) + 2 * CARDS, MOST)


def board_of(wanted: BoardFilter, *, now: datetime) -> list[Column]:
    """Every stage in its order, in five statements whatever the number of creators."""
    spans = _spans(wanted)
    # Rows are counted, not their ids: those of one campaign are then found and counted in an index alone.
    totals = dict(spans.order_by().values_list("stage").annotate(n=Count("*")))
    cards = defaultdict(list)
    if totals:
        for card in _cards(wanted.brand, _newest(spans, wanted, totals), now=now):
            cards[card.span.stage].append(card)
    return [Column(stage, totals.get(stage, 0), cards[stage]) for stage in Stage]


def card_of(creator: Creator, brand: Brand, *, now: datetime) -> Card | None:
    """One card; None where the creator has no stage with the brand."""
    return next(iter(_cards(brand, [creator.pk], now=now)), None)


def refused(columns: list[Column], card: Card) -> list[Column]:
    """The board with one card in place of the same creator's, which says why it stayed."""
    return [
        replace(column, cards=[card if each.creator == card.creator else each for each in column.cards])
        for column in columns
    ]


def _spans(wanted: BoardFilter) -> QuerySet[LifecycleSpan]:
    spans = LifecycleSpan.objects.stages().open().filter(brand=wanted.brand)
    if wanted.campaign:
        spans = spans.filter(creator__in=Deal.objects.filter(campaign=wanted.campaign).values("creator"))
    if wanted.q.strip():
        spans = spans.filter(creator__in=creators_found_by(wanted.q.strip()))
    return spans


def _newest(
    spans: QuerySet[LifecycleSpan], wanted: BoardFilter, stages: Collection[str]
) -> QuerySet[LifecycleSpan, Any]:
    """Whom the board shows: the newest of each stage stand first in its index."""
    parts = [
        spans.filter(stage=stage)
        .order_by("-pk")
        .values_list("creator", flat=True)[: wanted.limit if stage == wanted.more else CARDS]
        for stage in stages
    ]
    return parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]


def _cards(brand: Brand, creators: Collection[int] | QuerySet[LifecycleSpan, Any], *, now: datetime) -> list[Card]:
    spans, overlays = _held(brand, creators)
    ids = [span.creator_id for span in spans]
    mains = {each.creator_id: each for each in Profile.objects.filter(creator__in=ids, is_main=True).order_by()}
    deals, sent = _deals(brand, ids), _sent(brand, ids)
    return [
        Card(
            creator=span.creator, span=span, days=(now - span.during.lower) // _DAY,
            profile=mains.get(span.creator_id), overlays=overlays[span.creator_id],
            situation=Situation(
                stage=span.stage, no_contact_on=span.creator.no_contact_on, is_shipped=span.creator_id in sent,
                **deals.get(span.creator_id, {}),
            ),
        )
        for span in spans
    ]  # fmt: skip


def _held(
    brand: Brand, creators: Collection[int] | QuerySet[LifecycleSpan, Any]
) -> tuple[list[LifecycleSpan], dict[int, list[LifecycleSpan]]]:
    """The stage of each creator, the newest first, and the overlays of each."""
    stages, overlays = [], defaultdict(list)
    found = LifecycleSpan.objects.open().filter(brand=brand, creator__in=creators, track__in=(Track.STAGE, *OVERLAYS))
    for span in found.select_related("creator", "made_by").only(*_OF_SPANS).order_by("track", "-pk"):
        if span.track == Track.STAGE:
            stages.append(span)
        else:
            overlays[span.creator_id].append(span)
    return stages, overlays


def _deals(brand: Brand, creator_ids: Collection[int]) -> dict[int, dict[str, Any]]:
    """Which of these creators have a deal, an open one, a signed one."""
    found = Deal.objects.active().filter(brand=brand, creator__in=creator_ids).order_by().values_list("creator")
    sums = found.annotate(opened=Count("pk", filter=Q(status__in=OPEN)), signed=Max("signed_on"))
    return {
        creator: {"has_deal": True, "has_open_deal": bool(opened), "is_signed": signed is not None}
        for creator, opened, signed in sums
    }


def _sent(brand: Brand, creator_ids: Collection[int]) -> set[int]:
    """Whom of these the brand sent a parcel."""
    parcels = Shipment.objects.sent().filter(brand=brand, creator__in=creator_ids).order_by()
    return set(parcels.values_list("creator", flat=True))
