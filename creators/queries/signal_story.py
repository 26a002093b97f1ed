"""Everything behind one profile's signals: the finding, what it is made of, and what people said of it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from creators.enums import CauseKind, Level
from creators.logic.fraud.facts import Comment, Facts
from creators.logic.fraud.scale import WATCH_FROM
from creators.logic.fraud.signal import Signal
from creators.logic.fraud.stored import from_json
from creators.models import Assessment, Cause, Profile, Review
from creators.queries.assessments import history_of, reviews_of
from creators.queries.facts import Peers, facts_of

GROUPS, QUOTES = 8, 12


@dataclass(frozen=True)
class Repeated:
    """Comments that say the same, by several authors. `authors` are the beginnings of keyed hashes."""

    text: str
    comments: list[Comment]
    authors: list[str]


@dataclass(frozen=True)
class ShownSignal:
    """A signal with what it is made of and the newest word on it."""

    signal: Signal
    review: Review | None = None
    repeated: list[Repeated] = field(default_factory=list)
    quotes: list[Comment] = field(default_factory=list)

    @property
    def is_telling(self) -> bool:
        """Whether it is watched or flagged, or far enough out to make the whole so."""
        is_far = (self.signal.excess or 0.0) > WATCH_FROM
        return is_far or self.signal.level in (Level.FLAGGED, Level.WATCH)


@dataclass(frozen=True)
class SignalStory:
    """What the page of one profile shows. Without an assessment there are no signals."""

    profile: Profile
    assessment: Assessment | None
    facts: Facts
    signals: list[ShownSignal]
    reviews: list[Review]
    history: list[Assessment]
    causes: list[Cause]

    @property
    def verdict(self) -> Review | None:
        """The newest word on the present finding as a whole."""
        since = self.assessment.made_at if self.assessment else None
        return next((each for each in self.reviews if not each.code and since and each.made_at >= since), None)


def story_of(profile: Profile, *, now: datetime) -> SignalStory:
    """The signals of a profile, the strongest first, with their evidence as it was when they were found."""
    assessment = Assessment.objects.current().filter(profile=profile).first()
    moment = assessment.checked_at if assessment else now
    facts = facts_of([profile.pk], now=moment, peers=Peers(), is_for_rules=False)[profile.pk]
    reviews = list(reviews_of(profile.pk))
    stored = assessment.signals if assessment else []
    words = _newest_by_code(reviews, since=assessment.made_at if assessment else now)
    signals = [_shown(from_json(each), facts, words) for each in stored]
    return SignalStory(
        profile, assessment, facts, sorted(signals, key=_rank), reviews, list(history_of(profile.pk)),
        list(Cause.objects.filter(profile=profile).exclude(kind=CauseKind.NOTE).select_related("made_by")),
    )  # fmt: skip


_ORDER = [Level.FLAGGED, Level.WATCH, Level.CLEAR, Level.INSUFFICIENT]


def _rank(shown: ShownSignal) -> tuple[int, float]:
    return _ORDER.index(shown.signal.level), -(shown.signal.excess or 0.0)


def _newest_by_code(reviews: Sequence[Review], *, since: datetime) -> dict[str, Review]:
    """The newest word on each signal of the present finding; reviews come newest first."""
    return {review.code: review for review in reversed(reviews) if review.made_at >= since}


def _shown(signal: Signal, facts: Facts, reviews: Mapping[str, Review]) -> ShownSignal:
    ids = set(signal.evidence.get("comments", []))
    found = [comment for comment in facts.comments if comment.id in ids]
    repeated = repeated_groups(found) if signal.code == "S5" else []
    return ShownSignal(signal, reviews.get(signal.code), repeated, [] if repeated else found[:QUOTES])


def repeated_groups(comments: Sequence[Comment]) -> list[Repeated]:
    """Comments with one fold side by side, the largest group first; near-equal ones stand alone at the end."""
    by_fold: dict[str, list[Comment]] = defaultdict(list)
    for comment in comments:
        by_fold[comment.fold].append(comment)
    groups = sorted(by_fold.values(), key=len, reverse=True)[:GROUPS]
    return [Repeated(group[0].text, group, sorted({one.author[:6] for one in group})) for group in groups]
