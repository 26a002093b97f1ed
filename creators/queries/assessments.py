"""The queue of assessments, what people said of them, and who is confirmed and stays out of new deals."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, F, Q, QuerySet

from creators.enums import Level, Ruling, Tier
from creators.logic.tiers import bounds_of
from creators.models import Assessment, Profile, Review
from creators.queries.creators import creators_found_by
from creators.queries.findings import has_ruling, reviews_on_it, verdict_on_it

TO_SEE, ALL = "", "all"
OPEN = "open"


@dataclass(frozen=True)
class SignalFilter:
    """What a person asked the queue for. Blank: every platform, tier and review, with watched and flagged alone."""

    q: str = ""
    level: str = TO_SEE
    code: str = ""
    platform: str = ""
    tier: str = ""
    review: str = ""


def assessments_matching(wanted: SignalFilter) -> QuerySet[Assessment]:
    """Current assessments by a filter, the strongest first."""
    found: QuerySet[Assessment] = Assessment.objects.current()
    if wanted.level != ALL:
        found = found.filter(level__in=[wanted.level] if wanted.level else [Level.FLAGGED, Level.WATCH])
    if wanted.code:
        found = found.filter(Q(flagged__contains=[wanted.code]) | Q(watched__contains=[wanted.code]))
    if wanted.platform:
        found = found.filter(profile__platform=wanted.platform)
    if wanted.tier:
        low, high = bounds_of(Tier(wanted.tier))
        found = found.filter(profile__followers__gte=low)
        found = found if high is None else found.filter(profile__followers__lt=high)
    if wanted.review:
        found = found.filter(has_ruling(wanted.review) if wanted.review != OPEN else ~Exists(reviews_on_it()))
    if wanted.q.strip():
        named = Profile.objects.filter(creator__in=creators_found_by(wanted.q.strip())).order_by()
        found = found.filter(profile__in=named.values("pk"))
    return found.order_by(F("score").desc(nulls_last=True), "pk")


def ids_matching(wanted: SignalFilter) -> QuerySet[Assessment, int] | list[int]:
    """The same as ids, to be paged: those of a search at once, as it would take as long again to count them."""
    ids = assessments_matching(wanted).values_list("pk", flat=True)
    return list(ids) if wanted.q.strip() else ids


def told(found: QuerySet[Assessment]) -> QuerySet[Assessment]:
    """The same with whose they are, each with `verdict`: the newest ruling on it, or None."""
    return found.select_related("profile__creator").annotate(verdict=verdict_on_it())


def told_of(ids: Iterable[int]) -> list[Assessment]:
    """These, in their order: who was skipped on the way to a page is not told of."""
    shown = (
        "level", "score", "signals", "flagged", "watched", "made_at", "checked_at",
        "profile__handle", "profile__platform", "profile__followers", "profile__creator__name",
    )  # fmt: skip
    ordered = list(ids)
    rows = {row.pk: row for row in told(Assessment.objects.filter(pk__in=ordered)).only(*shown).order_by()}
    return [rows[pk] for pk in ordered if pk in rows]


@dataclass(frozen=True)
class Confirmation:
    """Signals of a creator that a person confirmed, with the reason given."""

    creator_id: int
    profile: str
    reason: str
    made_at: datetime


def confirmed(creator_ids: Iterable[int] | None = None) -> dict[int, Confirmation]:
    """Those of the creators (of all, without ids) whose signals stand confirmed, in one query.

    The newest word on a signal holds; a word on the whole assessment takes back all that was said before.
    """
    reviews = Review.objects.select_related("profile").order_by("made_at", "pk")
    if creator_ids is not None:
        reviews = reviews.filter(profile__creator__in=list(creator_ids))
    standing: dict[int, dict[str, Review]] = {}
    for review in reviews:
        said = {} if review.code == "" else standing.get(review.profile_id, {})
        standing[review.profile_id] = {**said, review.code: review}
    found = (_confirmation(said) for said in standing.values())
    return {each.creator_id: each for each in found if each}


def _confirmation(said: dict[str, Review]) -> Confirmation | None:
    review = next((each for each in said.values() if each.ruling == Ruling.CONFIRMED), None)
    if review is None:
        return None
    return Confirmation(review.profile.creator_id, str(review.profile), review.reason, review.made_at)


def history_of(profile_id: int, *, limit: int = 50) -> QuerySet[Assessment]:
    """The findings of a profile, newest first."""
    return Assessment.objects.filter(profile=profile_id).defer("signals")[:limit]


def reviews_of(profile_id: int) -> QuerySet[Review]:
    """What people said of a profile's signals, newest first."""
    return Review.objects.filter(profile=profile_id).select_related("made_by", "assessment")


def in_batches(found: QuerySet[Assessment]) -> Iterator[Assessment]:
    """All of a filter for an export, with memory flat."""
    yield from told(found).iterator(chunk_size=1_000)


def strip_of(creator_id: int) -> list[Assessment]:
    """The current finding of each of a creator's profiles, main profile first, with `verdict` and signal `names`."""
    found = Assessment.objects.current().filter(profile__creator=creator_id).select_related("profile")
    rows = list(found.annotate(verdict=verdict_on_it()).order_by("-profile__is_main", "profile__platform"))
    for row in rows:
        told = [*row.flagged, *row.watched]
        row.names = [each["name"] for each in row.signals if each["code"] in told]  # type: ignore[attr-defined]
    return rows
