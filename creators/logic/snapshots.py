"""What an answer changes of what we know: which counts to keep, edits and removals. None is unknown."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from creators.enums import ContentKind

LARGEST = 2**63 - 1
_PINNED = 3
"""Instagram and TikTok let a creator pin up to three old posts above the newest ones."""
COUNTS = ("likes", "comments", "shares", "saves", "views")


def count_or_unknown(number: object) -> int | None:
    """A count as it can be kept. What is no whole number, below 0 or beyond any account is unknown, never 0."""
    if isinstance(number, bool) or not isinstance(number, int) or not 0 <= number <= LARGEST:
        return None
    return number


def clean_text(text: str, longest: int | None = None) -> str:
    """Text as PostgreSQL takes it: without NUL, at most `longest` characters."""
    return text.replace("\0", "")[:longest]


_GRAPH_ID = re.compile(r"17841\d{12}")


def is_other_account(known_id: str, told_id: str) -> bool:
    """Whether two platform ids name two accounts.

    Instagram has two kinds of id, its own and that of the Graph API (17 digits from 17841); across them nothing can
    be said, so it is not claimed.
    """
    if not known_id or not told_id or known_id == told_id:
        return False
    return bool(_GRAPH_ID.fullmatch(known_id)) == bool(_GRAPH_ID.fullmatch(told_id))


@dataclass(frozen=True)
class Seen:
    """A post: as we know it, or as an answer tells it. `key` is our id, 0 for one that is told."""

    platform_id: str
    kind: ContentKind = ContentKind.OTHER
    posted_at: datetime | None = None
    url: str = ""
    caption: str = ""
    likes: int | None = None
    comments: int | None = None
    shares: int | None = None
    saves: int | None = None
    views: int | None = None
    is_paid_partnership: bool | None = None
    key: int = 0
    is_removed: bool = False

    @property
    def counts(self) -> dict[str, int | None]:
        """The counts by name, unknown ones as None."""
        return {name: count_or_unknown(getattr(self, name)) for name in COUNTS}


@dataclass(frozen=True)
class Changes:
    """What an answer about posts means for the ones we know."""

    new: tuple[Seen, ...] = ()
    again: tuple[tuple[Seen, Seen], ...] = ()
    edited: frozenset[int] = frozenset()
    missing: tuple[Seen, ...] = field(default=())


def changes_of(known: Sequence[Seen], told: Sequence[Seen]) -> Changes:
    """Hold an answer, as the provider ordered it, against the posts we know.

    A post is recognised by the platform's id, else by its address: two providers may use two ids. `missing` are the
    posts that the answer should have held (`missing_of`).
    """
    by_id = {post.platform_id: post for post in known}
    by_url = {_plain(post.url): post for post in known if post.url}
    new: dict[str, Seen] = {}
    again: dict[int, tuple[Seen, Seen]] = {}
    for post in told:
        match = by_id.get(post.platform_id) or (by_url.get(_plain(post.url)) if post.url else None)
        if match:
            again.setdefault(match.key, (match, post))
        elif post.platform_id:
            new.setdefault(post.platform_id, post)
    edited = frozenset(key for key, (old, now) in again.items() if is_edit(old.caption, now.caption))
    missing = missing_of([post for post in known if post.key not in again], told)
    return Changes(tuple(new.values()), tuple(again.values()), edited, tuple(missing))


_NAMES_A_POST = re.compile(r"[?&]((?:v|fbid|story_fbid)=[^&#]*)")


def _plain(url: str) -> str:
    """The address without what differs from link to link: of its parameters, those that name the post stay."""
    names = "&".join(sorted(_NAMES_A_POST.findall(url)))
    return f"{re.sub(r'^https?://(www[.])?', '', re.split('[?#]', url)[0]).rstrip('/')}?{names}"


def is_edit(before: str, after: str) -> bool:
    """Whether a caption was changed. A blank one is not told, and lists may cut a long one short."""
    old, new = " ".join(before.split()), " ".join(after.split())
    if not old or not new:
        return False
    short, long = sorted((old.rstrip("…."), new.rstrip("….")), key=len)
    return not long.startswith(short)


def longer_caption(before: str, after: str, *, edited: bool) -> str:
    """The caption to keep: the new one after an edit, else whichever was told in full."""
    return after if edited else max(before, after, key=len)


def missing_of(absent: Iterable[Seen], told: Sequence[Seen]) -> list[Seen]:
    """Known posts that an answer lacks although its window should have held them.

    Only where the answer has newer and older posts of the same kind, and of the older ones more than can be pinned:
    a list that was cut, paged otherwise or topped with old pinned posts proves nothing. Stories end by themselves.
    """
    return [post for post in absent if _should_be_there(post, told)]


def _should_be_there(post: Seen, told: Sequence[Seen]) -> bool:
    if post.posted_at is None or post.is_removed or post.kind == ContentKind.STORY:
        return False
    dates = [other.posted_at for other in told if other.kind == post.kind and other.posted_at]
    newer = sum(date > post.posted_at for date in dates)
    older = sum(date < post.posted_at for date in dates)
    return newer > 0 and older > _PINNED
