"""Bars of S1 with S2: bought followers in real growth, on exact counts and on three figures, and honest virals.

An alert is a run of consecutive flagged days of one creator, a creator-month 30 evaluable days. Channels are drawn
again, each time with other noise, until 200 creator-months stand behind a rate; the counts of the folder itself, as
YouTube showed them, are among the rounded ones.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from benchmarks.signal_bars.bar import Bar
from benchmarks.signal_bars.parts import (
    NOW,
    Channel,
    Viral,
    bought,
    channels,
    days_of,
    thinned,
    three_figures,
    viral_days,
    viral_posts,
    virals,
)
from creators.enums import Level, Platform, Tier
from creators.logic.fraud.facts import Day, Facts
from creators.logic.fraud.growth import s1
from creators.logic.fraud.jumps import growth_of
from creators.logic.tiers import tier_of

MONTHS = 200
MOST_DRAWS = 40
QUIET = 14
"""Days before a purchase: seven for S1's widest window, and seven differences of it."""


@dataclass(frozen=True)
class Counts:
    """How followers are counted: the sizes a channel is thinned to (None is its own) and what the platform shows."""

    name: str
    sizes: tuple[int | None, ...]
    shown: Callable[[np.ndarray], np.ndarray]
    draw: np.random.Generator

    def series(self, channel: Channel) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        """Exact followers and views of a channel in each size."""
        return (thinned(channel, size or channel.followers[0], self.draw) for size in self.sizes)


def bars(folder: Path, seed: int, *, cross_fit: bool) -> Iterator[Bar]:
    """Exact counts, rounded counts, virals. Nothing here is fitted, so `cross_fit` changes nothing."""
    found = channels(folder)
    exact = Counts("exact", (2_000, 8_000, 30_000), np.asarray, np.random.default_rng([seed, 71]))
    rounded = Counts("rounded", (None,), three_figures, np.random.default_rng([seed, 72]))
    yield _recall(exact, found, share=0.05, spread=(1, 2, 3), bound=0.95)
    yield _recall(exact, found, share=0.10, spread=(7,), bound=0.95)
    yield _alerts(exact, found, bound=1.0)
    yield _recall(rounded, found, share=0.10, spread=(7,), bound=0.90)
    yield _alerts(rounded, found, bound=4.0)
    yield _viral_bar(virals(folder), np.random.default_rng([seed, 73]))


def _recall(counts: Counts, found: list[Channel], *, share: float, spread: tuple[int, ...], bound: float) -> Bar:
    """The share of purchases with a flagged day from delivery to a week after its end; three draws of each."""
    name = f"growth_{counts.name}_recall_{round(100 * share)}pc_in_{spread[-1]}d"
    usable = _long(found, QUIET + max(spread))
    hits = [
        _seen(counts, followers, views, share=share, over=over)
        for channel in usable for over in spread for _ in range(3) for followers, views in counts.series(channel)
    ]  # fmt: skip
    if not hits:
        return Bar(name, None, bound, True, f"no channel of {QUIET + max(spread)} days")
    return Bar(
        name, sum(hits) / len(hits), bound, True, f"{sum(hits)} of {len(hits)} purchases, {len(usable)} channels"
    )


def _long(found: list[Channel], days: int) -> list[Channel]:
    return [channel for channel in found if len(channel.followers) > days and channel.followers[0] >= 1_000]


def _seen(counts: Counts, followers: np.ndarray, views: np.ndarray, *, share: float, over: int) -> bool:
    at = int(counts.draw.integers(QUIET, len(followers) - over + 1))
    days = days_of(counts.shown(bought(followers, share, over, at, counts.draw)), views)
    first, last = days[at].on, days[at].on + timedelta(days=over + 7)
    return any(first <= day <= last for day in _flagged_days(_facts(days)))


def _facts(days: tuple[Day, ...]) -> Facts:
    return Facts(Platform.YOUTUBE, tier_of(days[-1].followers), NOW, days=days)


def _flagged_days(facts: Facts) -> list[date]:
    return [jump.on for jump in growth_of(facts).jumps if jump.unexplained]


def _alerts(counts: Counts, found: list[Channel], *, bound: float) -> Bar:
    """Runs of flagged days on clean series per 100 creator-months."""
    usable, alerts, days, draws = _long(found, 9), 0, 0, 0
    series = [(channel.followers, channel.views) for channel in usable] if counts.shown is three_figures else []
    while days < MONTHS * 30 and draws < MOST_DRAWS and usable:
        series += [one for channel in usable for one in counts.series(channel)]
        for followers, views in series:
            facts = _facts(days_of(counts.shown(followers), views))
            alerts, days = alerts + _runs(_flagged_days(facts)), days + growth_of(facts).evaluable
        series, draws = [], draws + 1
    behind = f"{alerts} alerts in {days / 30:.0f} creator-months, {len(usable)} channels, {draws} draws"
    value = alerts / days * 3000 if days >= MONTHS * 30 else None
    return Bar(f"growth_{counts.name}_alerts_per_100_months", value, bound, False, behind)


def _runs(days: list[date]) -> int:
    return sum(day - timedelta(days=1) not in days for day in days)


def _viral_bar(found: list[Viral], draw: np.random.Generator) -> Bar:
    """Honest nano and micro creators of a trending list, every day of theirs judged."""
    small = [viral for viral in found if tier_of(int(viral.followers[0])) in (Tier.NANO, Tier.MICRO)]
    levels = [s1(viral_facts(viral, draw)).level for viral in small]
    flagged = sum(level is Level.FLAGGED for level in levels)
    unknown = sum(level is Level.WATCH for level in levels)
    counts = f"{flagged} of {len(small)} creators, {unknown} more without known views"
    return Bar("growth_viral_flagged", flagged / len(small) if small else None, 0.02, False, counts)


def viral_facts(viral: Viral, draw: np.random.Generator) -> Facts:
    """A viral creator with the videos that are known."""
    days = viral_days(viral, draw)
    facts = Facts(Platform.TIKTOK, tier_of(int(viral.followers[0])), NOW, days=days, posts=viral_posts(viral))
    return replace(facts, followers_step=1 if viral.followers[1] < 10_000 else 100)
