"""What a provider says, in plain records. A count that it does not give is None, never 0."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Generic, TypeVar

from creators.enums import ContentKind, Source


@dataclass(frozen=True)
class ProfileRecord:
    """An account at a moment. `followers_step` is what the count is rounded to: 1 for an exact one."""

    platform_id: str
    handle: str
    name: str = ""
    bio: str = ""
    followers: int | None = None
    followers_step: int = 1
    following: int | None = None
    posts: int | None = None
    likes: int | None = None
    views: int | None = None
    is_private: bool | None = None
    is_verified: bool | None = None


@dataclass(frozen=True)
class PostRecord:
    """A post at a moment. `is_paid_partnership` is the platform's own label, None where it gives none."""

    platform_id: str
    kind: ContentKind
    posted_at: datetime | None = None
    url: str = ""
    caption: str = ""
    likes: int | None = None
    comments: int | None = None
    shares: int | None = None
    saves: int | None = None
    views: int | None = None
    is_paid_partnership: bool | None = None


@dataclass(frozen=True)
class CommentRecord:
    """A comment. `author` is the platform's own name of the writer; it is hashed before it is stored."""

    platform_id: str
    author: str
    text: str
    posted_at: datetime | None = None
    likes: int | None = None
    reply_to: str = ""
    is_by_creator: bool = False


@dataclass(frozen=True)
class FollowerRecord:
    """One sampled follower of a creator: what S13 looks at and nothing that names a person."""

    followers: int | None
    following: int | None
    posts: int | None
    has_picture: bool | None = None
    is_private: bool | None = None
    digit_share: float | None = None
    handle_length: int | None = None
    bio_length: int | None = None


@dataclass(frozen=True)
class DayRecord:
    """A profile's counters on a past day, from a provider or file that brings history."""

    at: datetime
    followers: int | None = None
    followers_step: int = 1
    following: int | None = None
    posts: int | None = None
    likes: int | None = None
    views: int | None = None


T = TypeVar("T")


@dataclass(frozen=True)
class Answer(Generic[T]):
    """What one question brought: the records, the raw payloads as they came, and what it cost."""

    value: T
    source: Source
    credits: int
    calls: int
    payloads: tuple[bytes, ...] = field(default=(), repr=False)


@dataclass(frozen=True)
class Balance:
    """What is left with a provider: credits, or units of a daily quota; None where it does not say."""

    left: int | None
    of: int | None = None
    words: str = ""
