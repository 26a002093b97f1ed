"""What only the creator sees of a post: rows of a file made into numbers, and the click-through rate over them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta, tzinfo

from config.lib.problems import Problem
from creators.enums import Platform
from creators.logic.handles import NotAHandle, clean_handle

NUMBERS = ("impressions", "reach", "saves", "taps", "story_views", "watch_seconds")
COLUMNS = ("platform", "handle", "post", "posted_at", "seen_at", *NUMBERS, "note")
REQUIRED = ("platform", "handle", "post")
ASKED_AFTER = timedelta(hours=20)  # a story is asked about then: a story is gone after 24 hours
ASKED_UNTIL = timedelta(days=14)  # and for so long; platforms forget a story's numbers too
_MOST_DIGITS = 15
_GROUPS = re.compile(r"\d{1,3}(?:[.,' \u00a0\u202f]\d{3})+")


@dataclass(frozen=True)
class ReportedRow:
    """One line: of which post, and what the creator saw. `posted_at` is there where the line may add a story."""

    line: int
    platform: str
    handle: str
    post: str
    numbers: dict[str, int]
    posted_at: datetime | None = None
    seen_at: datetime | None = None
    note: str = ""


@dataclass(frozen=True)
class ClickRate:
    """Clicks of people over impressions, else over reach. `rate` is percent, None where neither is known."""

    clicks: int
    rate: float | None
    basis: str
    over: int | None
    posts: int


@dataclass
class _Line:
    """A line while it is read, with what is wrong with it."""

    number: int
    cells: Mapping[str, str]
    zone: tzinfo
    problems: list[Problem] = field(default_factory=list)

    def refuse(self, name: str, reason: str) -> None:
        self.problems.append(Problem(self.number, name, self.cells.get(name, "")[:80], reason))

    def number_of(self, name: str) -> int | None:
        """A count, or None for an empty cell: unknown is never 0."""
        text = self.cells.get(name, "").strip()
        if not text:
            return None
        plain = re.sub(r"\D", "", text) if _GROUPS.fullmatch(text) else text
        if not plain.isascii() or not plain.isdigit() or len(plain) > _MOST_DIGITS:
            self.refuse(name, "Write a whole number in full, such as 12300.")
            return None
        return int(plain)

    def moment_of(self, name: str, *, now: datetime) -> datetime | None:
        """A day or a moment; without a zone on the brand's clock."""
        text = self.cells.get(name, "").strip()
        if not text:
            return None
        try:
            moment = datetime.fromisoformat(text)
        except ValueError:
            self.refuse(name, "Write a day or moment as 2026-03-01 or 2026-03-01 18:30.")
            return None
        moment = moment if moment.tzinfo else moment.replace(tzinfo=self.zone)
        if not 1990 <= moment.year <= 2100 or moment > now:
            self.refuse(name, "This moment has not come yet, or is long past.")
            return None
        return moment


def reported_row(
    line: int, cells: Mapping[str, str], *, now: datetime, zone: tzinfo
) -> tuple[ReportedRow | None, list[Problem]]:
    """A line as numbers, or what is wrong with it; `cells` are by our names of the columns."""
    read = _Line(line, cells, zone)
    platform, handle = _profile(read)
    post = cells.get("post", "").strip()
    if not post:
        read.refuse("post", "Name the post by the platform's id or by its address.")
    elif len(post) > 500:
        read.refuse("post", "This is longer than an id or address can be.")
    numbers = {name: value for name in NUMBERS if (value := read.number_of(name)) is not None}
    if not numbers and not read.problems:
        read.refuse("impressions", "Fill in at least one number.")
    if numbers.get("reach", 0) > numbers.get("impressions", 10**_MOST_DIGITS):
        read.refuse("reach", "Reach cannot be more than impressions.")
    posted_at, seen_at = read.moment_of("posted_at", now=now), read.moment_of("seen_at", now=now)
    if read.problems:
        return None, read.problems
    note = cells.get("note", "").strip()[:200]
    return ReportedRow(line, platform, handle, post, numbers, posted_at, seen_at, note), []


def _profile(read: _Line) -> tuple[str, str]:
    platform = read.cells.get("platform", "").strip().lower()
    if platform not in Platform.values:
        read.refuse("platform", f"Write one of {', '.join(Platform.values)}.")
        return "", ""
    try:
        return platform, clean_handle(read.cells.get("handle", ""), platform).handle
    except NotAHandle as refusal:
        read.refuse("handle", str(refusal))
        return platform, ""


def click_rate(clicks: int, told: list[tuple[int | None, int | None]]) -> ClickRate:
    """Clicks over what posts reported as (impressions, reach): impressions where every post told them, else reach.

    Where some posts told neither, the rate is not known: their clicks are among the clicks.
    """
    for place, basis in enumerate(("impressions", "reach")):
        counts = [post[place] for post in told]
        known = [count for count in counts if count is not None]
        if told and len(known) == len(counts) and sum(known):
            return ClickRate(clicks, 100 * clicks / sum(known), basis, sum(known), len(told))
    return ClickRate(clicks, None, "", None, len(told))
