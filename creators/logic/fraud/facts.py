"""What the rules look at: plain facts of one profile, already fetched. `on` and `at` are in UTC."""

from dataclasses import dataclass, field
from datetime import date, datetime

from creators.enums import CauseKind, ContentKind, Platform, Tier


@dataclass(frozen=True)
class Day:
    """The counters at the last snapshot of a day. `views` are those of the whole account, where the platform says."""

    on: date
    followers: int | None
    following: int | None = None
    views: int | None = None


@dataclass(frozen=True)
class Post:
    """A post with its newest counts."""

    id: int
    posted_at: datetime
    kind: ContentKind = ContentKind.OTHER
    likes: int | None = None
    comments: int | None = None
    shares: int | None = None
    views: int | None = None
    is_campaign: bool = False


@dataclass(frozen=True)
class Comment:
    """A stored comment. `author` is a hash. The scores were given once, when it was stored."""

    id: int
    post: int
    author: str
    text: str
    posted_at: datetime | None = None
    is_generic: bool = False
    promo_score: float = 0.0
    fold: str = ""


@dataclass(frozen=True)
class Follower:
    """One sampled follower."""

    followers: int | None
    following: int | None
    posts: int | None
    has_picture: bool | None = None
    is_private: bool | None = None
    digit_share: float | None = None
    handle_length: int | None = None
    bio_length: int | None = None
    score: float | None = None


@dataclass(frozen=True)
class AudienceCounts:
    """A sample of followers as it was scored when stored: `suspicious` of `n` are above the scorer's threshold.

    `digits` counts the first digits 1 to 9 of how many they follow. S13 and S14 prefer this to `Facts.followers`.
    """

    n: int
    suspicious: int
    digits: tuple[int, ...] = ()


@dataclass(frozen=True)
class Cause:
    """An innocent reason that silences growth from `on` for a week."""

    on: date
    kind: CauseKind
    note: str = ""


@dataclass(frozen=True)
class Norm:
    """How a measure is spread over clean creators of one platform and tier. `n` of them; `basis` says where from."""

    p01: float
    p05: float
    p50: float
    p95: float
    p99: float
    n: int
    basis: str


@dataclass(frozen=True)
class Expectation:
    """What one counter leads to expect of another: ln(y) = `base` + the sum of `slopes` times ln(1 + counter).

    `residuals` are ln(y) less what was expected, over the accounts it was made from, each left out of its own.
    """

    base: float
    slopes: dict[str, float]
    residuals: Norm


@dataclass(frozen=True)
class Facts:
    """Everything the rules may look at. `followers_step` is the display rounding of the follower count.

    `norms` (by measure) and `expectations` (by what is expected) come from our own creators of the cell or platform,
    where there are at least 200 of them; without, the shipped norms serve.
    """

    platform: Platform
    tier: Tier | None
    now: datetime
    days: tuple[Day, ...] = ()
    posts: tuple[Post, ...] = ()
    comments: tuple[Comment, ...] = ()
    followers: tuple[Follower, ...] = ()
    causes: tuple[Cause, ...] = ()
    followers_step: int = 1
    account_made_on: date | None = None
    norms: dict[str, Norm] = field(default_factory=dict)
    expectations: dict[str, Expectation] = field(default_factory=dict)
    audience: AudienceCounts | None = None

    def __hash__(self) -> int:
        """By identity, so that what several rules work out can be kept from one to the next."""
        return id(self)
