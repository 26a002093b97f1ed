"""Engagement rates of profiles, with the posts, follower counts and creators' reports that they are made of."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

from django.db.models import OuterRef, Subquery

from config.lib.words import day
from config.lib.written import SOMEBODY, Scope, Written, scope_key, written
from creators.enums import ContentKind, RateBasis, Source
from creators.logic.benchmarks import Cell, basis_of, benchmark_for
from creators.logic.engagement import EngagementRate, Following, Piece, engagement_rate
from creators.logic.tiers import tier_of
from creators.models import CreatorReport, Post, PostSnapshot, Profile, ProfileSnapshot
from creators.queries.benchmarks import cells

_POSTS = 150  # the newest; 15 of each kind are among them
_YEAR = timedelta(days=365)


@dataclass(frozen=True)
class Counted:
    """A follower count at a moment, and who told it."""

    seen_at: datetime
    followers: int
    source: str

    @property
    def source_label(self) -> str:
        """Who told it, in words."""
        return str(Source(self.source).label)


@dataclass(frozen=True)
class RateFacts:
    """What the rates of one profile are made of."""

    profile: Profile
    pieces: Sequence[Piece]
    following: Following
    source: str
    cells: Sequence[Cell] = ()
    counts: Sequence[Counted] = ()


def rate_facts(profile: Profile, *, now: datetime) -> RateFacts:
    """The newest posts with the reach that creators told the brands of the open scope, and a year of counts."""
    posts = [_Counts(*row) for row in _posts(scope_key()).rows(profile.pk)]
    days = (
        ProfileSnapshot.objects.filter(profile=profile, followers__isnull=False, seen_at__gt=now - _YEAR)
        .order_by("seen_at").values_list("seen_at", "followers", "source")
    )  # fmt: skip
    counts = [Counted(seen_at, followers, source) for seen_at, followers, source in days if followers is not None]
    following = Following(profile.followers, [(each.seen_at, each.followers) for each in counts])
    tier = tier_of(profile.followers)
    own = cells(profile.platform, tier) if tier else []
    return RateFacts(profile, [_piece(post) for post in posts], following, _source(posts), own, counts)


class _Counts(NamedTuple):
    """What a post brought: the columns of `_posts`."""

    id: int
    posted_at: datetime
    kind: str
    likes: int | None
    comments: int | None
    shares: int | None
    saves: int | None
    views: int | None
    reach: int | None
    removed_at: datetime | None
    told_by: str | None
    counted_at: datetime | None


@lru_cache(maxsize=64)
def _posts(scope: Scope) -> Written:
    """The newest posts of a profile. Six pages of a creator ask this, so its text is written once."""
    last = PostSnapshot.objects.filter(post=OuterRef("pk")).order_by("-seen_at").values("source")[:1]
    told = CreatorReport.objects.filter(post=OuterRef("pk"), reach__isnull=False).order_by("-seen_at", "-pk")
    dated = Post.objects.filter(profile=SOMEBODY, posted_at__isnull=False).annotate(
        told_by=Subquery(last), reach=Subquery(told.values("reach")[:1])
    )
    return written(dated.order_by("-posted_at").values_list(*_Counts._fields)[:_POSTS])


def _piece(post: _Counts) -> Piece:
    return Piece(
        id=post.id, posted_at=post.posted_at, kind=post.kind, likes=post.likes, comments=post.comments,
        shares=post.shares, saves=post.saves, views=post.views, reach=post.reach,
        is_removed=post.removed_at is not None,
    )  # fmt: skip


def _source(posts: Sequence[_Counts]) -> str:
    """Who counted, and until when, in words."""
    last: dict[str, datetime] = {}
    for post in posts:
        if post.told_by and post.counted_at:
            name = str(Source(post.told_by).label)
            last[name] = max(last.get(name, post.counted_at), post.counted_at)
    told = [f"{name}, {day(at)}" for name, at in sorted(last.items(), key=lambda pair: pair[1], reverse=True)]
    return "; ".join(told) or "no source recorded"


def headline_of(facts: RateFacts, *, now: datetime) -> EngagementRate:
    """The rate over all kinds on the benchmark's own basis."""
    return _rate(facts, basis_of(facts.profile.platform), "", now=now)


def rates_of(facts: RateFacts, *, now: datetime) -> list[EngagementRate]:
    """The headline first, then every other basis and kind for which at least one post can be counted."""
    own = basis_of(facts.profile.platform)
    bases = [own, *(basis for basis in RateBasis if basis != own)]
    found = [_rate(facts, basis, kind, now=now) for kind in ["", *_kinds(facts)] for basis in bases]
    return [rate for place, rate in enumerate(found) if place == 0 or rate.n]


def best_kinds(facts: RateFacts, *, now: datetime) -> list[EngagementRate]:
    """The kinds of content that have enough posts for a rate on the benchmark's own basis, the best first."""
    found = [_rate(facts, basis_of(facts.profile.platform), kind, now=now) for kind in _kinds(facts)]
    return sorted((rate for rate in found if rate.is_enough), key=lambda rate: -(rate.mean or 0))


def _kinds(facts: RateFacts) -> list[str]:
    return [kind for kind in ContentKind.values if any(piece.kind == kind for piece in facts.pieces)]


def _rate(facts: RateFacts, basis: RateBasis, kind: str, *, now: datetime) -> EngagementRate:
    profile = facts.profile
    tier = tier_of(profile.followers)
    benchmark = benchmark_for(profile.platform, tier, kind, basis=basis, cells=facts.cells)
    source = facts.source if basis != RateBasis.REACH else f"{facts.source}; reach reported by the creator"
    return engagement_rate(
        facts.pieces, basis=basis, kind=kind, following=facts.following, benchmark=benchmark, source=source, now=now
    )
