"""Whole creators put together from real parts: growth of a channel, posts of an account, honest comments, followers.

Clean ones take every part as it is; one in five of them has gone viral. A fraud replaces one part:
- praise: 24 of 60 comments from four varied templates; spam: 24 of 60 are labelled spam of the same source;
- growth: 5 % in 1 or 3 days, 10 % in 3 or 7, or 20 % in 7, 30 % of it leaving with a half-life of 30 days;
- audience: 30 to 60 of 100 sampled followers are fakes (clean: what SRF's own mix brings, at most 20);
- likes: every post has (m - 1) times the mean likes more, give or take 5 %, m being 2 or 5.
"""

import csv
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import numpy as np

from benchmarks.signal_bars.parts import (
    NOW,
    Account,
    Channel,
    Viral,
    accounts,
    bought,
    channels,
    days_of,
    thinned,
    viral_days,
    viral_posts,
    virals,
    with_likes,
)
from benchmarks.signal_bars.praise import bot_comments
from benchmarks.signal_bars.promo_fit import Labelled, comments_in
from creators.enums import Platform, Tier
from creators.logic.fraud.facts import Comment, Facts, Follower, Post
from creators.logic.fraud.promo import PromoWeights, promo_score, weights_for
from creators.logic.fraud.words import fold, is_generic
from creators.logic.tiers import tier_of

FRAUDS = ("praise", "spam", "growth", "audience", "likes")
SIZES = (2_000, 8_000, 30_000)
PURCHASES = ((0.05, 1), (0.05, 3), (0.10, 3), (0.10, 7), (0.20, 7))
VIRAL = 0.2
SECTION, BOTS = 60, 24
AUDIENCE = 300
QUIET = 14


@dataclass(frozen=True)
class Scored:
    """A comment as it would be stored."""

    text: str
    is_spam: bool
    source: str
    fold: str
    is_generic: bool
    promo_score: float


Section = tuple[list[Scored], list[Scored]]
"""Honest comments of a source, and its spam."""


@dataclass(frozen=True)
class Parts:
    """What creators are made of. Two halves share nothing."""

    channels: Sequence[Channel]
    virals: Sequence[Viral]
    accounts: Sequence[Account]
    comments: Sequence[Labelled]
    real: Sequence[Follower]
    fake: Sequence[Follower]

    def halves(self, draw: np.random.Generator) -> tuple["Parts", "Parts"]:
        """Each kind of part dealt out by chance; equal comments stay together."""
        cut = [_cut(found, draw) for found in (self.channels, self.virals, self.accounts, self.real, self.fake)]
        texts = sorted({fold(comment.text) for comment in self.comments})
        first = {texts[place] for place in draw.permutation(len(texts))[: len(texts) // 2]}
        said = [[one for one in self.comments if (fold(one.text) in first) is wanted] for wanted in (True, False)]
        one, other = (Parts(c, v, a, said[side], r, f) for side, (c, v, a, r, f) in enumerate(zip(*cut, strict=True)))
        return one, other

    @property
    def is_enough(self) -> bool:
        """Whether creators can be made of it at all."""
        return min(map(len, (self.channels, self.accounts, self.comments, self.real, self.fake))) >= 10


def parts_in(folder: Path) -> Parts:
    """All that a folder holds. Channels long enough to buy in; virals of nano and micro size; followers of SRF."""
    small = [viral for viral in virals(folder) if tier_of(int(viral.followers[0])) in (Tier.NANO, Tier.MICRO)]
    long = [one for one in channels(folder) if len(one.followers) > QUIET + 7 and one.followers[0] >= 1_000]
    followers = _followers(folder / "accounts.csv")
    return Parts(long, small, accounts(folder), comments_in(folder), *followers)


def _cut(found: Sequence, draw: np.random.Generator) -> tuple[list, list]:
    order = [found[place] for place in draw.permutation(len(found))]
    return order[: len(order) // 2], order[len(order) // 2 :]


def _followers(path: Path) -> tuple[list[Follower], list[Follower]]:
    """Real and fake followers among the SRF rows."""
    rows: list[dict[str, str]] = []
    if path.exists():
        with path.open(encoding="utf-8", newline="") as lines:
            rows = [row for row in csv.DictReader(lines) if row["source"] == "SRF"]
    real, fake = ([_follower(row) for row in rows if row["is_fake"] == label] for label in "01")
    return real, fake


def _follower(row: dict[str, str]) -> Follower:
    value = {name: float(text) if text else None for name, text in row.items() if name not in ("source", "licence")}
    whole = {name: None if value.get(name) is None else int(value[name] or 0) for name in
             ("followers", "following", "posts", "ulen", "bio")}  # fmt: skip
    flag = {name: None if value.get(name) is None else bool(value[name]) for name in ("pic", "private")}
    return Follower(whole["followers"], whole["following"], whole["posts"], flag["pic"], flag["private"],
                    value.get("digits"), whole["ulen"], whole["bio"])  # fmt: skip


class Maker:
    """Makes creators out of one half. Comments are scored once, by the weights given or those shipped."""

    def __init__(self, parts: Parts, draw: np.random.Generator, weights: dict[Platform, PromoWeights] | None = None):
        self.parts, self.draw, self.weights = parts, draw, weights or {}
        self.sections = _sections(parts.comments, self.weights)

    def make(self, fraud: str = "") -> Facts:
        """One creator, clean unless a fraud is named."""
        viral = not fraud and self.parts.virals and self.draw.random() < VIRAL
        facts = self._viral() if viral else self._steady(fraud)
        followers = facts.days[-1].followers or 1
        comments, posts = self._comments(fraud), self._posts(followers, fraud) + facts.posts
        return replace(
            facts, tier=tier_of(followers), posts=posts, comments=comments, followers=self._audience(fraud)
        )

    def _viral(self) -> Facts:
        viral = self._one(self.parts.virals)
        old = NOW - timedelta(days=100)
        posts = tuple(replace(post, id=100 + post.id, posted_at=old) for post in viral_posts(viral))
        return Facts(Platform.INSTAGRAM, None, NOW, days=viral_days(viral, self.draw), posts=posts)

    def _steady(self, fraud: str) -> Facts:
        followers, views = thinned(self._one(self.parts.channels), self._one(SIZES), self.draw)
        if fraud == "growth":
            share, over = self._one(PURCHASES)
            at = int(self.draw.integers(QUIET, len(followers) - over + 1))
            followers = bought(followers, share, over, at, self.draw)
        return Facts(Platform.INSTAGRAM, None, NOW, days=days_of(followers, views))

    def _posts(self, followers: int, fraud: str) -> tuple[Post, ...]:
        """The posts of an account, blown up to the size of this one: a week apart."""
        account = self._one(self.parts.accounts)
        if fraud == "likes":
            account = with_likes(account, self._one((2, 5)), self.draw)
        times = followers / account.followers
        return tuple(
            Post(
                number, NOW - timedelta(days=3 + 7 * number), likes=round(liked * times), comments=round(said * times)
            )
            for number, (liked, said) in enumerate(zip(account.likes, account.comments, strict=True))
        )

    def _comments(self, fraud: str) -> tuple[Comment, ...]:
        """Sixty comments of one source, by as many authors, spread over the posts."""
        honest, spam = self._one(list(self.sections.values()))
        others = BOTS if fraud in ("praise", "spam") and spam else 0
        texts = self._some(honest, SECTION - others)
        if fraud == "praise":
            texts += [
                _scored(Labelled(text, False, honest[0].source), {}) for text in bot_comments(others, self.draw)
            ]
        elif others:
            texts += self._some(spam, others)
        return tuple(
            Comment(place, place % 12, f"author {place}", one.text, is_generic=one.is_generic,
                    promo_score=one.promo_score, fold=one.fold)
            for place, one in enumerate(texts)
        )  # fmt: skip

    def _audience(self, fraud: str) -> tuple[Follower, ...]:
        share = self.draw.uniform(0.3, 0.6) if fraud == "audience" else self.draw.uniform(0.0, 0.2)
        fakes = round(share * AUDIENCE)
        return (*self._drawn(self.parts.real, AUDIENCE - fakes), *self._drawn(self.parts.fake, fakes))

    def _one(self, found: Sequence):
        return found[int(self.draw.integers(len(found)))]

    def _some(self, found: Sequence[Scored], count: int) -> list[Scored]:
        """Each at most once, as long as there are enough."""
        return [found[place] for place in self.draw.choice(len(found), count, replace=len(found) < count)]

    def _drawn(self, found: Sequence[Follower], count: int) -> list[Follower]:
        return [found[place] for place in self.draw.integers(len(found), size=count)]


def _sections(
    comments: Sequence[Labelled], weights: dict[Platform, PromoWeights]
) -> dict[str, tuple[list[Scored], list[Scored]]]:
    """Honest comments and spam by source, for sources with enough honest ones."""
    scored = [_scored(comment, weights) for comment in comments]
    found = {
        source: ([one for one in scored if one.source == source and not one.is_spam],
                 [one for one in scored if one.source == source and one.is_spam])
        for source in sorted({comment.source for comment in comments})
    }  # fmt: skip
    return {source: pair for source, pair in found.items() if len(pair[0]) >= SECTION}


def _scored(comment: Labelled, weights: dict[Platform, PromoWeights]) -> Scored:
    score = promo_score(comment.text, weights.get(comment.platform) or weights_for(comment.platform))
    return Scored(comment.text, comment.is_spam, comment.source, fold(comment.text), is_generic(comment.text), score)
