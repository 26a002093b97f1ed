"""The real parts that creators of the bench are made of, read by name and column, however many rows there are."""

import csv
import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from operator import attrgetter
from pathlib import Path

import numpy as np

from creators.logic.fraud.facts import Day, Post

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
"""When all made-up creators are looked at."""

USUAL_CONVERSION = 0.002
"""Followers per view of a channel whose own counts show no growth: the median of the public file."""


@dataclass(frozen=True)
class Channel:
    """Consecutive days of a channel: subscribers as shown, and lifetime views."""

    name: str
    followers: np.ndarray
    views: np.ndarray


@dataclass(frozen=True)
class Viral:
    """One creator at two dates, with the views of all videos known, and how often each was liked."""

    name: str
    followers: tuple[float, float]
    between: int
    views: tuple[float, ...]


@dataclass(frozen=True)
class Account:
    """Likes and comments of an account's posts, newest first."""

    followers: int
    likes: tuple[int, ...]
    comments: tuple[int, ...]


def _rows(path: Path) -> Iterator[dict[str, str]]:
    if path.exists():
        with path.open(encoding="utf-8", newline="") as lines:
            yield from csv.DictReader(lines)


def _number(text: str | None) -> float | None:
    try:
        return float(text) if text else None
    except ValueError:
        return None


@dataclass(frozen=True)
class _Count:
    on: date
    followers: float
    views: float


def channels(folder: Path) -> list[Channel]:
    """`yt_daily.csv`, each unbroken run of at least ten days a channel of its own."""
    counts: dict[str, list[_Count]] = defaultdict(list)
    for row in _rows(folder / "yt_daily.csv"):
        followers, views = _number(row.get("subscribers")), _number(row.get("views"))
        if followers and views is not None:
            counts[row["channel"]].append(_Count(date.fromisoformat(row["date_utc"][:10]), followers, views))
    return [channel for name, found in counts.items() for channel in _unbroken(name, found)]


def _unbroken(name: str, found: list[_Count]) -> Iterator[Channel]:
    ordered = sorted({count.on: count for count in found}.values(), key=attrgetter("on"))
    for _, run in groupby(enumerate(ordered), key=lambda pair: pair[1].on.toordinal() - pair[0]):
        days = [count for _, count in run]
        if len(days) >= 10:
            yield Channel(name, np.array([day.followers for day in days]), np.array([day.views for day in days]))


def virals(folder: Path) -> list[Viral]:
    """`tiktok_two_snapshots.csv`, videos gathered by creator. A video without a second count keeps its first."""
    videos: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in _rows(folder / "tiktok_two_snapshots.csv"):
        videos[row["creator"]].append(row)
    return [viral for name, rows in videos.items() if (viral := _viral(name, rows))]


def _viral(name: str, rows: list[dict[str, str]]) -> Viral | None:
    first = min(rows, key=lambda row: row["vid_scrapeTime_t0"])
    before, after = _number(first["user_nfollower_t0"]), _number(first["user_nfollower_t1"])
    if not before or after is None:
        return None
    days = (_moment(first["vid_scrapeTime_t1"]) - _moment(first["vid_scrapeTime_t0"])).days
    counts = (_number(row["vid_nview_t1"]) or _number(row["vid_nview_t0"]) for row in rows)
    return Viral(name, (before, after), max(days, 1), tuple(count for count in counts if count is not None))


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def accounts(folder: Path) -> list[Account]:
    """`genuine_post_series.json`: those with 12 posts of at least 20 likes on average, as S9 asks for."""
    path = folder / "genuine_post_series.json"
    found = json.loads(path.read_text(encoding="utf-8")) if path.exists() else []
    kept = (entry for entry in found if len(entry["likes"]) >= 12 and np.mean(entry["likes"][:12]) >= 20)
    return [Account(entry["followers"], tuple(entry["likes"][:12]), tuple(entry["comments"][:12]))
            for entry in kept if entry["followers"]]  # fmt: skip


def days_of(followers: np.ndarray, views: np.ndarray | None = None) -> tuple[Day, ...]:
    """Day by day up to `NOW`."""
    start = NOW.date() - timedelta(days=len(followers) - 1)
    seen = [None] * len(followers) if views is None else [int(count) for count in views]
    return tuple(Day(start + timedelta(days=place), int(count), views=seen[place])
                 for place, count in enumerate(followers))  # fmt: skip


def thinned(channel: Channel, size: float, draw: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Exact counts of a channel of that size: followers and lifetime views.

    Views of each day are thinned to the share size / subscribers, and each view makes a follower with the channel's
    own conversion; both draws are Poisson, which is what thinning many rare events leads to. So the count carries the
    channel's real weekdays, hits and quiet days, and its own counting noise.
    """
    share = size / channel.followers[0]
    daily = np.maximum(np.diff(channel.views), 0)
    grown = max(channel.followers[-1] - channel.followers[0], 0)
    conversion = grown / daily.sum() if grown and daily.sum() else USUAL_CONVERSION
    gained = draw.poisson(daily * share * conversion)
    seen = channel.views[0] * share + np.concatenate([[0], np.cumsum(draw.poisson(daily * share))])
    return size + np.concatenate([[0], np.cumsum(gained)]), seen


def bought(followers: np.ndarray, share: float, over: int, at: int, draw: np.random.Generator) -> np.ndarray:
    """Followers with a purchase of a share of them, delivered from day `at` over some days, give or take a fifth a
    day; 30 % of it leaves again with a half-life of 30 days.
    """
    parts = 1 + draw.uniform(-0.2, 0.2, over)
    parts *= share * followers[at - 1] / parts.sum()
    age = np.arange(len(followers)) - at
    stays = [
        np.where(age >= late, 0.7 + 0.3 * 0.5 ** ((age - late) / 30), 0.0) * part for late, part in enumerate(parts)
    ]
    return followers + np.round(np.sum(stays, axis=0))


def three_figures(followers: np.ndarray) -> np.ndarray:
    """As YouTube shows them: rounded down to three significant figures from 1,000 on."""
    step = 10.0 ** np.maximum(np.floor(np.log10(np.maximum(followers, 1))) - 2, 0)
    return np.floor(followers / step) * step


def with_likes(account: Account, times: float, draw: np.random.Generator) -> Account:
    """The account after a purchase that makes the mean likes so many times as high, give or take 5 % a post."""
    added = (times - 1) * np.mean(account.likes) * (1 + draw.uniform(-0.05, 0.05, len(account.likes)))
    likes = np.round(np.array(account.likes) + added).astype(int)
    return replace(account, likes=tuple(int(count) for count in likes))


def viral_days(viral: Viral, draw: np.random.Generator) -> tuple[Day, ...]:
    """28 flat days with square-root noise around the first count, then a straight line to the second."""
    first, second = viral.followers
    flat = np.maximum(first + np.round(np.sqrt(first) * draw.standard_normal(28)), 0)
    return days_of(np.concatenate([flat, np.linspace(first, second, viral.between + 1)]))


def viral_posts(viral: Viral) -> tuple[Post, ...]:
    """The creator's videos, out before the pair."""
    out = NOW - timedelta(days=viral.between + 2)
    return tuple(Post(number, out, views=int(count)) for number, count in enumerate(viral.views))
