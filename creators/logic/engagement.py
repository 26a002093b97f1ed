"""The engagement rate of a profile: the mean of per-post rates of likes, comments and shares, as benchmarks take it.

Over the newest 15 posts that are older than 48 hours and still stand. A count that nobody gave is unknown, so a post
without it is left out and said so; a platform that shows no shares is measured by likes and comments alone. Stories
are a kind of their own and in no rate over all kinds.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from statistics import fmean, median

from config.lib.words import count, percent
from creators.enums import ContentKind, RateBasis, Verdict
from creators.logic.benchmarks import Benchmark

LATEST = 15  # posts
MINIMUM = 5  # posts with everything that a rate needs; fewer give no verdict and no figure
SETTLED = timedelta(hours=48)
NEAR = timedelta(days=7)  # a follower count this far from a post still speaks for its day


@dataclass(frozen=True)
class Piece:
    """One post with its newest counts. `followers` are those of `counted_at`; None is unknown, never 0."""

    id: int
    posted_at: datetime | None
    kind: str = ContentKind.OTHER
    likes: int | None = None
    comments: int | None = None
    shares: int | None = None
    saves: int | None = None
    views: int | None = None
    reach: int | None = None
    is_removed: bool = False


@dataclass(frozen=True)
class Following:
    """What is known of a profile's size: dated counts in order of time, and the newest one."""

    newest: int | None = None
    days: Sequence[tuple[datetime, int]] = ()

    def at(self, moment: datetime) -> tuple[int | None, bool]:
        """The count nearest `moment`, and whether it is from within a week of it; else the newest."""
        place = bisect_left(self.days, moment, key=lambda day: day[0])
        nearest = min(self.days[max(place - 1, 0) : place + 1], key=lambda day: abs(day[0] - moment), default=None)
        if nearest and abs(nearest[0] - moment) <= NEAR:
            return nearest[1], True
        return self.newest, False


@dataclass(frozen=True)
class PostRate:
    """One post's own rate in percent, or the reason why it has none."""

    piece: Piece
    rate: float | None
    saves: float | None = None
    missing: str = ""
    is_of_its_day: bool = True


@dataclass(frozen=True)
class EngagementRate:
    """A rate with everything that it rests on. Rates are percent; `left_out` are (reason, posts) pairs.

    `mean` decides the verdict; with fewer than `MINIMUM` posts there is neither, and `words` says so.
    """

    basis: RateBasis
    kind: str
    mean: float | None
    median: float | None
    saves: float | None
    n: int
    left_out: tuple[tuple[str, int], ...]
    source: str
    benchmark: Benchmark | None
    verdict: Verdict | None
    parts: str = "likes, comments and shares"
    denominator: str = ""
    posts: tuple[PostRate, ...] = ()
    first_on: date | None = None
    last_on: date | None = None

    @property
    def is_enough(self) -> bool:
        """Whether enough posts stand behind it."""
        return self.n >= MINIMUM

    @property
    def kind_label(self) -> str:
        """The kind of content in words."""
        return str(ContentKind(self.kind).label) if self.kind else "All but stories"

    @property
    def words(self) -> str:
        """What it rests on, in a sentence; too few posts are said instead."""
        posts = f"{count(self.n)} post{'' if self.n == 1 else 's'}"
        if not self.is_enough:
            return f"{posts}, {MINIMUM} needed"
        return f"{self.parts} over {posts}, {self.denominator}"

    @property
    def verdict_words(self) -> str:
        """How it stands to its benchmark, or why it stands to none."""
        if not self.is_enough:
            return self.words
        if self.benchmark is None or self.verdict is None:
            return "No benchmark is published for this platform, size and basis."
        return f"{self.verdict.label}: the benchmark is {percent(self.benchmark.rate, 2)}, {self.benchmark.why}."


def verdict_of(rate: float, benchmark: float) -> Verdict:
    """Above 1.5 times the benchmark, above it, above half of it, or not (SociaVault's own example of its rule).

    To six decimals of a percent, so that the rounding of a mean decides nothing.
    """
    rate, benchmark = round(rate, 6), round(benchmark, 6)
    if rate > round(benchmark * 1.5, 6):
        return Verdict.EXCEPTIONAL
    if rate > benchmark:
        return Verdict.ABOVE
    return Verdict.BELOW if rate > benchmark * 0.5 else Verdict.LOW


def engagement_rate(
    pieces: Sequence[Piece],
    *,
    basis: RateBasis,
    following: Following,
    benchmark: Benchmark | None,
    source: str,
    now: datetime,
    kind: str = "",
) -> EngagementRate:
    """The rate on one basis, over posts of one kind or of all kinds but stories."""
    chosen, passed = latest(pieces, kind=kind, now=now)
    with_shares = 2 * sum(piece.shares is not None for piece in chosen) >= len(chosen)
    posts = tuple(rate_of(piece, basis=basis, following=following, with_shares=with_shares) for piece in chosen)
    counted = [post for post in posts if post.rate is not None]
    reasons = passed + Counter(post.missing for post in posts if post.missing)
    rate = EngagementRate(
        basis=basis, kind=kind, mean=None, median=None, saves=None, n=len(counted),
        left_out=tuple(sorted(reasons.items())), source=source, benchmark=benchmark, verdict=None,
        parts="likes, comments and shares" if with_shares else "likes and comments (shares are not shown)",
        denominator=_denominator(basis, counted), posts=posts,
        first_on=min((_day(post) for post in counted), default=None),
        last_on=max((_day(post) for post in counted), default=None),
    )  # fmt: skip
    return _figures(rate, counted) if rate.is_enough else rate


def latest(pieces: Sequence[Piece], *, kind: str, now: datetime) -> tuple[list[Piece], Counter[str]]:
    """The newest 15 that may count, and how many of the kind were passed over for which reason."""
    passed: Counter[str] = Counter()
    standing = []
    for piece in pieces:
        if piece.kind != kind if kind else piece.kind == ContentKind.STORY:
            continue
        if piece.posted_at is None:
            passed["no date"] += 1
        elif piece.posted_at > now - SETTLED:
            passed["younger than 48 hours"] += 1
        elif piece.is_removed:
            passed["removed"] += 1
        else:
            standing.append(piece)
    standing.sort(key=lambda piece: (piece.posted_at, piece.id), reverse=True)
    return standing[:LATEST], passed


def rate_of(piece: Piece, *, basis: RateBasis, following: Following, with_shares: bool = True) -> PostRate:
    """One post's rate in percent on the basis, or what it lacks."""
    below, is_of_its_day = _below(piece, basis, following)
    parts = [piece.likes, piece.comments] + ([piece.shares] if with_shares else [])
    names = ("likes", "comments", "shares")
    missing = [name for name, part in zip(names, parts, strict=False) if part is None]
    if missing:
        return PostRate(piece, None, missing=f"{missing[0]} unknown")
    if not below:
        return PostRate(piece, None, missing=f"{basis.value} unknown" if below is None else f"no {basis.value}")
    total = sum(part for part in parts if part is not None)
    saves = None if piece.saves is None else 100 * piece.saves / below
    return PostRate(piece, 100 * total / below, saves, is_of_its_day=is_of_its_day)


def _below(piece: Piece, basis: RateBasis, following: Following) -> tuple[int | None, bool]:
    if basis == RateBasis.FOLLOWERS:
        return following.at(piece.posted_at) if piece.posted_at else (following.newest, False)
    return (piece.views if basis == RateBasis.VIEWS else piece.reach), True


def _figures(rate: EngagementRate, counted: Sequence[PostRate]) -> EngagementRate:
    rates = [post.rate for post in counted if post.rate is not None]
    saves = [post.saves for post in counted if post.saves is not None]
    mean = fmean(rates)
    return replace(
        rate,
        mean=mean,
        median=median(rates),
        saves=fmean(saves) if len(saves) >= MINIMUM else None,
        verdict=verdict_of(mean, rate.benchmark.rate) if rate.benchmark else None,
    )


def _denominator(basis: RateBasis, counted: Sequence[PostRate]) -> str:
    """What each post was divided by, in words."""
    if basis != RateBasis.FOLLOWERS:
        reported = "as the creator reported it" if basis == RateBasis.REACH else "as the platform counts them"
        return f"each by its own {basis.value}, {reported}"
    dated = sum(post.is_of_its_day for post in counted)
    if dated == len(counted):
        return "each by the followers of its day"
    if dated:
        return f"{dated} by the followers of their day, {len(counted) - dated} by the newest count"
    return "each by the newest count of followers"


def _day(post: PostRate) -> date:
    if post.piece.posted_at is None:
        raise ValueError("a post without a day has no rate")
    return post.piece.posted_at.date()
