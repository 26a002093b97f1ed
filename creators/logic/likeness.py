"""How alike two creators are for a brand's purposes, in points with a reason for each.

The points are a judgement, not a measurement: topics weigh most, since an audience follows a topic; then size, then
how the audience reacts, then language and place. Facts that either of them lacks give no point and no blame.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from creators.enums import Platform, RateFormat, Tier, Verdict

VERSION = "likeness-1"
A_NICHE, MOST_NICHES = 3, 3
SIZE, ENGAGEMENT, LANGUAGE, COUNTRY, REGION, PLATFORM, FORMAT = 2, 2, 1, 1, 1, 1, 1
MOST = A_NICHE * MOST_NICHES + SIZE + ENGAGEMENT + LANGUAGE + COUNTRY + REGION + PLATFORM + FORMAT
_GOOD = (Verdict.EXCEPTIONAL, Verdict.ABOVE)


@dataclass(frozen=True)
class Traits:
    """What is compared of a creator; blank and empty mean not known."""

    id: int
    name: str
    niches: frozenset[str] = frozenset()
    formats: frozenset[str] = frozenset()
    language: str = ""
    country: str = ""
    region: str = ""
    platform: str = ""
    tier: Tier | None = None
    verdict: str = ""


@dataclass(frozen=True)
class Reason:
    """Some points, and what they are for."""

    points: int
    words: str


@dataclass(frozen=True)
class Likeness:
    """How like `model` the creator `of` is."""

    of: Traits
    model: Traits
    reasons: tuple[Reason, ...]

    @property
    def points(self) -> int:
        """The sum, at most `MOST`."""
        return sum(reason.points for reason in self.reasons)


def ranked(models: Iterable[Traits], others: Iterable[Traits]) -> list[Likeness]:
    """Each of the others beside the model that they are most like, the most alike first; without a point left out."""
    known = list(models)
    found = [
        max((likeness(model, other) for model in known), key=lambda like: like.points) for other in others if known
    ]
    alike = [like for like in found if like.points]
    return sorted(alike, key=lambda like: (-like.points, like.of.name.casefold(), like.of.id))


def likeness(model: Traits, other: Traits) -> Likeness:
    """What the two have in common."""
    found = [*_topics(model, other), *_audience(model, other), *_same(model, other)]
    shared = sorted(model.formats & other.formats)
    if shared:
        found.append(Reason(FORMAT, f"likes to make the same: {RateFormat.words(shared)}"))
    return Likeness(other, model, tuple(found))


def _topics(model: Traits, other: Traits) -> list[Reason]:
    shared = sorted(model.niches & other.niches)
    points = A_NICHE * min(len(shared), MOST_NICHES)
    return [Reason(points, f"shares {', '.join(shared)}")] if shared else []


def _audience(model: Traits, other: Traits) -> list[Reason]:
    found = []
    if model.tier and model.tier == other.tier:
        found.append(Reason(SIZE, f"same size, {model.tier.label.lower()}"))
    if model.verdict in _GOOD and other.verdict in _GOOD:
        found.append(Reason(ENGAGEMENT, "engagement above the benchmark as well"))
    elif model.verdict and model.verdict == other.verdict:
        found.append(Reason(ENGAGEMENT, f"same engagement: {Verdict(model.verdict).label.lower()}"))
    return found


def _same(model: Traits, other: Traits) -> list[Reason]:
    """Equal words for language, place and platform."""
    found = []
    if _equal(model.language, other.language):
        found.append(Reason(LANGUAGE, f"same language, {other.language}"))
    if _equal(model.country, other.country):
        found.append(Reason(COUNTRY, f"same country, {other.country}"))
        if _equal(model.region, other.region):
            found.append(Reason(REGION, f"same region, {other.region}"))
    if _equal(model.platform, other.platform):
        found.append(Reason(PLATFORM, f"same main platform, {Platform(other.platform).label}"))
    return found


def _equal(one: str, other: str) -> bool:
    return bool(one) and one.casefold() == other.casefold()
