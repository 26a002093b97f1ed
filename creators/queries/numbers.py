"""What the Numbers page of one profile shows: its growth with jumps and causes, its audience, its comments."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from django.db.models import Q, QuerySet

from config.lib.written import SOMEBODY, Written, columns, made, written
from creators.enums import Level
from creators.logic.reading import Reading, Said, read
from creators.models import Assessment, AudienceSample, Cause, Comment, Creator, Post, Profile, ProfileSnapshot
from creators.queries.rates import Counted

_READ = 1_000  # the newest comments are read
_SHOWN = timedelta(days=180)


@dataclass(frozen=True)
class Jump:
    """Something that a signal found in the follower count, from its first to its last day."""

    on: date
    last: date
    code: str
    level: str
    reason: str

    @property
    def level_label(self) -> str:
        """How grave it is, in words."""
        return str(Level(self.level).label)


@dataclass(frozen=True)
class Growth:
    """Follower counts of half a year, one a day, with what was found and what people logged."""

    days: tuple[tuple[date, int], ...]
    jumps: tuple[Jump, ...]
    causes: tuple[Cause, ...]


def profiles_of(creator_id: int) -> list[Profile]:
    """The creator's profiles with the creator, the main one first."""
    width = len(columns(Profile))
    found: list[Profile] = []
    for row in _profiles().rows(creator_id):
        profile = made(Profile, row[:width])
        profile.creator = found[0].creator if found else made(Creator, row[width:])
        found.append(profile)
    return found


@cache
def _profiles() -> Written:
    """Somebody's profiles. Every page of a creator asks this, so its text is written once."""
    rows = Profile.objects.filter(creator=SOMEBODY).order_by("-is_main", "platform")
    return written(rows.values_list(*columns(Profile), *columns(Creator, "creator__")))


def growth_of(profile: Profile, counts: Sequence[Counted], *, now: datetime) -> Growth:
    """The last count of each day of half a year, the days that signals point at, and the causes logged for them."""
    since = now - _SHOWN
    days = {each.seen_at.date(): each.followers for each in counts if each.seen_at > since}
    causes = Cause.objects.filter(profile=profile, happened_on__gt=since.date()).select_related("made_by")
    jumps = [jump for jump in _jumps(profile) if jump.on > since.date()]
    return Growth(tuple(sorted(days.items())), tuple(jumps), tuple(causes))


def _jumps(profile: Profile) -> list[Jump]:
    """The days of growth signals (S1 to S4) that watch or flag, from the current assessment."""
    assessment = Assessment.objects.current().filter(profile=profile).first()
    found = []
    for signal in assessment.signals if assessment else []:
        if signal.get("code") in ("S1", "S2", "S3", "S4") and signal.get("level") in (Level.WATCH, Level.FLAGGED):
            found += _runs(signal)
    return sorted(found, key=lambda jump: (jump.on, jump.code))


def _runs(signal: dict[str, Any]) -> list[Jump]:
    """Days that follow each other are one finding; the signal's sentence is about the run that holds its `since`."""
    runs: list[list[date]] = []
    for day in sorted(_days_of(signal)):
        if runs and (day - runs[-1][-1]).days <= 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    since = (signal.get("evidence") or {}).get("since", "")
    return [_jump(signal, run, is_told=not since or since in (day.isoformat() for day in run)) for run in runs]


def _jump(signal: dict[str, Any], run: list[date], *, is_told: bool) -> Jump:
    reason = signal.get("reason", "") if is_told else "Another one, less marked."
    return Jump(run[0], run[-1], signal["code"], signal["level"], reason)


def _days_of(signal: dict[str, Any]) -> list[date]:
    days = (signal.get("evidence") or {}).get("days") or []
    return [date.fromisoformat(day[:10]) for day in days if isinstance(day, str)]


def audience_of(profile: Profile) -> AudienceSample | None:
    """The newest sample of followers, where a provider or file gave one."""
    return AudienceSample.objects.filter(profile=profile).order_by("-seen_at").first()


def reading_of(profile: Profile, *, language: str) -> Reading:
    """What the newest sampled comments say."""
    told = Comment.objects.filter(profile=profile).order_by("-pk")[:_READ]
    fields = told.values_list("platform_id", "text", "post_id", "reply_to", "is_by_creator")
    return read([Said(*row) for row in fields], language=language)


def posts_of(profile: Profile, *, q: str = "", kind: str = "", state: str = "") -> QuerySet[Post]:
    """Posts of a profile, newest first; `state` is campaign, removed or edited."""
    posts = Post.objects.filter(profile=profile).order_by("-posted_at", "-pk")
    if words := q.strip().replace("\0", ""):
        posts = posts.filter(Q(caption__icontains=words) | Q(platform_id=words) | Q(url__icontains=words))
    if kind:
        posts = posts.filter(kind=kind)
    states = {
        "campaign": Q(is_campaign=True),
        "removed": Q(removed_at__isnull=False),
        "edited": Q(edited_at__isnull=False),
    }
    return posts.filter(states[state]) if state in states else posts


def snapshots_of(profile: Profile, *, source: str = "", basis: str = "") -> QuerySet[ProfileSnapshot]:
    """What was stored of a profile's counters, newest first."""
    found = ProfileSnapshot.objects.filter(profile=profile).order_by("-seen_at", "-pk")
    if source:
        found = found.filter(source=source)
    return found.filter(basis=basis) if basis else found
