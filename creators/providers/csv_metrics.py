"""Numbers from files, for platforms without a provider and for histories: rows to the records that providers give.

A reader takes the rows of `config.lib.tabular.read_table` and yields, line by line, what it read or what is wrong
with it, so a file of any size streams. Columns are known by several names; others are left out. Counts may be written
"1234", "1,234" or "12.3K" (then rounded to 100); an empty cell, "-" and "n/a" mean unknown, never 0. Days are written
2026-10-31, times 2026-10-31 14:05 (UTC unless they say another offset).
"""

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Generic, TypeVar

from config.lib.tabular import Row
from creators.enums import ContentKind, Platform
from creators.logic.handles import NotAHandle, clean_handle
from creators.providers.records import CommentRecord, DayRecord, FollowerRecord, PostRecord
from creators.providers.values import Count, count_of, id_of, text_of, url_of

T = TypeVar("T")
_UNKNOWN = frozenset({"", "-", "–", "n/a", "na", "null", "none", "unknown"})
_YES, _NO = frozenset({"yes", "true", "1", "y"}), frozenset({"no", "false", "0", "n"})
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?\s?(Z|[+-]\d{2}:?\d{2})?)?")

# The names by which each column is known, in small letters with single spaces.
COLUMNS: dict[str, tuple[str, ...]] = {
    "platform": ("platform", "network", "channel"),
    "handle": ("handle", "username", "account", "profile", "creator"),
    "at": ("date", "day", "as of", "at", "measured on", "seen at"),
    "followers": ("followers", "follower count", "subscribers", "fans", "connections"),
    "following": ("following", "follows", "following count"),
    "posts": ("posts", "post count", "videos", "pins", "media"),
    "likes": ("likes", "reactions", "hearts", "like count"),
    "views": ("views", "plays", "video views", "view count"),
    "post": ("post", "post id", "post url", "url", "link", "permalink", "id"),
    "posted_at": ("posted at", "posted on", "published", "published at", "publish date"),
    "kind": ("kind", "type", "format", "content type"),
    "caption": ("caption", "text", "title", "description"),
    "comments": ("comments", "comment count", "replies"),
    "shares": ("shares", "reposts", "retweets", "share count"),
    "saves": ("saves", "bookmarks", "save count", "repins"),
    "is_paid": ("paid partnership", "paid", "is paid partnership"),
    "comment": ("comment id", "comment_id"),
    "author": ("author", "commenter", "user", "from"),
    "text": ("comment", "text", "message"),
    "written_at": ("date", "written at", "commented at", "created at", "at"),
    "reply_to": ("reply to", "in reply to", "parent"),
    "follower": ("follower", "follower handle"),
    "has_picture": ("has picture", "picture", "profile picture"),
    "is_private": ("private", "is private"),
    "bio": ("bio", "biography"),
}
KINDS = {
    "post": ContentKind.POST, "image": ContentKind.POST, "photo": ContentKind.POST, "carousel": ContentKind.POST,
    "pin": ContentKind.POST, "reel": ContentKind.REEL, "clip": ContentKind.REEL, "story": ContentKind.STORY,
    "short": ContentKind.SHORT, "shorts": ContentKind.SHORT, "video": ContentKind.VIDEO, "text": ContentKind.TEXT,
    "article": ContentKind.TEXT, "tweet": ContentKind.TEXT, "episode": ContentKind.OTHER, "issue": ContentKind.OTHER,
}  # fmt: skip


@dataclass(frozen=True)
class ReadLine(Generic[T]):
    """A record with its line, its account, and the post (id or address) that it is about, if it is about one."""

    line: int
    platform: Platform
    handle: str
    record: T
    post: str = ""


@dataclass(frozen=True)
class BadLine:
    """What is wrong with a line, in the words that imports use."""

    line: int
    field: str
    value: str
    reason: str


@dataclass(frozen=True)
class Whose:
    """The account of lines that do not name one, such as a file for one profile. Blank: every line must."""

    platform: Platform | None = None
    handle: str = ""


Read = Iterator[ReadLine[T] | BadLine]


class _Wrong(Exception):
    def __init__(self, field: str, value: str, reason: str) -> None:
        super().__init__(reason)
        self.field, self.value, self.reason = field, value, reason


def read_days(rows: Iterable[Row], *, now: datetime, whose: Whose = Whose()) -> Read[DayRecord]:
    """A profile's counters by day: `platform, handle, date` and any of followers, following, posts, likes, views."""

    def read(cells: "_Cells") -> DayRecord:
        followers = cells.count("followers")
        others = {name: cells.whole(name) for name in ("following", "posts", "likes", "views")}
        cells.needs_one_of("followers", *others)
        at = cells.moment("at", now=now)
        return DayRecord(at, followers.value if followers else None, followers.step if followers else 1, **others)

    return _lines(rows, whose, read)


def read_posts(rows: Iterable[Row], *, now: datetime, whose: Whose = Whose()) -> Read[PostRecord]:
    """Posts: `platform, handle, post` (id or address) and whatever is known of kind, day, caption and counts."""

    def read(cells: "_Cells") -> PostRecord:
        post = cells.post()
        return PostRecord(
            platform_id=short_id(post),
            kind=cells.kind(),
            posted_at=cells.moment("posted_at", now=now) if cells.text("posted_at") else None,
            url=url_of(post) or "",
            caption=cells.word("caption"),
            is_paid_partnership=cells.flag("is_paid"),
            **{name: cells.whole(name) for name in ("likes", "comments", "shares", "saves", "views")},
        )

    return _lines(rows, whose, read)


def read_comments(rows: Iterable[Row], *, now: datetime, whose: Whose = Whose()) -> Read[CommentRecord]:
    """Comments: `post, author, comment`, with id, day, likes and the id it replies to where the file has them."""

    def read(cells: "_Cells") -> CommentRecord:
        author = cells.word("author").lstrip("@")
        text = cells.word("text") or cells.needed("text")
        at = cells.moment("written_at", now=now) if cells.text("written_at") else None
        return CommentRecord(
            platform_id=id_of(short_id(cells.text("comment"))) or _made_id(cells.post(), author, text, at),
            author=author[:200],
            text=text,
            posted_at=at,
            likes=cells.whole("likes"),
            reply_to=cells.text("reply_to")[:120],
            is_by_creator=bool(author) and author.lower() == cells.handle,
        )

    return _lines(rows, whose, read, needs_post=True)


def read_followers(rows: Iterable[Row], *, whose: Whose = Whose()) -> Read[FollowerRecord]:
    """A sample of followers: `handle` of the creator, then the follower's name and numbers. The name is not kept."""

    def read(cells: "_Cells") -> FollowerRecord:
        name, bio = cells.text("follower").lstrip("@"), cells.cells.get("bio")
        cells.needs_one_of("follower", "followers", "following", "posts")
        return FollowerRecord(
            followers=cells.whole("followers"),
            following=cells.whole("following"),
            posts=cells.whole("posts"),
            has_picture=cells.flag("has_picture"),
            is_private=cells.flag("is_private"),
            digit_share=round(len(re.findall(r"\d", name)) / len(name), 4) if name else None,
            handle_length=len(name) if name else None,
            bio_length=None if bio is None else len(bio.strip()),
        )

    return _lines(rows, whose, read)


@dataclass
class _Cells:
    """The cells of a line by our names of the columns."""

    line: int
    cells: Mapping[str, str]
    handle: str = ""

    def word(self, name: str) -> str:
        """What somebody wrote or is called: "none" is a comment, and "na" a name."""
        return text_of(self.cells.get(name, "")) or ""

    def text(self, name: str) -> str:
        value = self.word(name)
        return "" if value.lower() in _UNKNOWN else value

    def needed(self, name: str) -> str:
        return self.text(name) or self._missing(name)

    def _missing(self, name: str) -> str:
        raise _Wrong(name, "", f"The column {COLUMNS[name][0]} is missing or empty.")

    def count(self, name: str) -> Count | None:
        text = self.text(name)
        found = count_of(text) if text else None
        if text and found is None:
            raise _Wrong(name, text, "Write a whole number such as 1234 or 12.3K; leave it empty where unknown.")
        return found

    def whole(self, name: str) -> int | None:
        found = self.count(name)
        return found.value if found else None

    def flag(self, name: str) -> bool | None:
        text = self.text(name) or self.cells.get(name, "").strip()
        if text.lower() in _YES | _NO:
            return text.lower() in _YES
        if text and text.lower() not in _UNKNOWN:
            raise _Wrong(name, text, "Write yes or no.")
        return None

    def kind(self) -> ContentKind:
        text = self.text("kind").lower()
        if text and text not in KINDS:
            raise _Wrong("kind", text, f"Write one of {', '.join(sorted(set(KINDS)))}.")
        return KINDS.get(text, ContentKind.OTHER)

    def moment(self, name: str, *, now: datetime) -> datetime:
        text = self.needed(name)
        if not _DAY.fullmatch(text):
            raise _Wrong(name, text, "Write days as 2026-10-31.")
        try:
            found = datetime.fromisoformat(text)
            found = found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
        except (ValueError, OverflowError):
            raise _Wrong(name, text, "There is no such day.") from None
        if not datetime(2000, 1, 1, tzinfo=UTC) <= found <= now:
            raise _Wrong(name, text, "The day is in the future, or before 2000.")
        return found

    def post(self) -> str:
        text = self.needed("post")
        if not url_of(text) and not id_of(text):
            raise _Wrong("post", text[:120], "Write the address of the post, or its id.")
        return text

    def needs_one_of(self, *names: str) -> None:
        if not any(self.text(name) for name in names):
            shown = ", ".join(COLUMNS[name][0] for name in names)
            raise _Wrong(names[0], "", f"Fill in at least one of {shown}.")


def _lines(rows: Iterable[Row], whose: Whose, read: Callable[[_Cells], T], *, needs_post: bool = False) -> Read[T]:
    for row in rows:
        try:
            if row.problem:
                raise _Wrong("", "", row.problem)
            cells = _Cells(row.line, _known(row.cells))
            platform, cells.handle = _account(cells, whose)
            post = cells.post() if needs_post else ""
            yield ReadLine(row.line, platform, cells.handle, read(cells), post)
        except _Wrong as wrong:
            yield BadLine(row.line, wrong.field, wrong.value[:120], wrong.reason)


def _known(cells: Mapping[str, str]) -> dict[str, str]:
    """The cells under each of our names; one column of the file may serve two of them in different files."""
    folded = {" ".join(name.lower().replace("_", " ").split()): value for name, value in cells.items()}
    found: dict[str, Any] = {
        ours: next((folded[name] for name in names if name in folded), None) for ours, names in COLUMNS.items()
    }
    return {name: value for name, value in found.items() if value is not None}


def _account(cells: _Cells, whose: Whose) -> tuple[Platform, str]:
    named = cells.text("platform").lower()
    labels = {platform.label.lower(): platform for platform in Platform} | {"twitter": Platform.X}
    platform = labels.get(named) or (Platform(named) if named in Platform.values else None)
    if named and platform is None:
        raise _Wrong("platform", named, f"Write one of {', '.join(Platform.values)}.")
    platform = platform or whose.platform
    if platform is None:
        raise _Wrong("platform", "", "The column platform is missing or empty.")
    text = cells.word("handle") or whose.handle
    try:
        return platform, clean_handle(text, platform).handle
    except NotAHandle as error:
        raise _Wrong("handle", text, str(error)) from error


def _made_id(*facts: object) -> str:
    """An id for a comment without one: the same comment in a second file is the same."""
    return f"csv-{hashlib.blake2b(repr(facts).encode(), digest_size=10).hexdigest()}"


def short_id(post: str) -> str:
    """The id in the address of a post where the platform's form of it is known, else the text itself."""
    found = re.search(r"/(?:p|reel|reels|tv|video|status|shorts|pin)/([A-Za-z0-9_-]+)|[?&]v=([A-Za-z0-9_-]+)", post)
    return (found[1] or found[2] if found else post)[:120]
