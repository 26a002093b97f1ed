"""Storing what an answer says of a profile. Append-only; storing the same answer again changes nothing."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max

from creators.actions import alerts, refresh
from creators.enums import AlertKind, Basis, Failure, Source
from creators.logic.handles import NotAHandle, clean_handle
from creators.logic.snapshots import clean_text, count_or_unknown, is_other_account
from creators.models import Profile, ProfileSnapshot
from creators.providers.errors import ProviderError
from creators.providers.records import Answer, DayRecord, ProfileRecord

_BATCH = 5_000
_MONTH = timedelta(days=30)


@transaction.atomic(savepoint=False)
def store_profile(profile: Profile, answer: Answer[ProfileRecord], *, now: datetime) -> None:
    """Keep the counters of an account, follow its handle, and tell what is news.

    Raises ProviderError (GONE) where the handle has come to belong to another account.
    """
    record = answer.value
    if is_other_account(profile.platform_id, record.platform_id):
        words = f"{profile.handle} now belongs to another account, so its numbers were not stored."
        raise ProviderError(Failure.GONE, words, credits=answer.credits)
    row = _snapshot(profile, _day(record, now), answer.source, Basis.SEEN, answer.credits)
    if row:
        ProfileSnapshot.objects.bulk_create([row], ignore_conflicts=True)
    told = clean_text(record.platform_id, 120)
    is_known = bool(told) and profile.platform_id == told
    _learn(profile, followers=row.followers if row else None, platform_id=told)
    if is_known:
        # A first answer may spell a handle in its own way; only by the id do we know that it was changed.
        _follow(profile, record, now=now)
    _tell_private(profile, record, now=now)
    alerts.tell_change(profile, now=now)


def _day(record: ProfileRecord, now: datetime) -> DayRecord:
    return DayRecord(
        at=now, followers=record.followers, followers_step=record.followers_step, following=record.following,
        posts=record.posts, likes=record.likes, views=record.views,
    )  # fmt: skip


def store_days(
    profile: Profile,
    days: Iterable[DayRecord],
    *,
    source: Source,
    basis: Basis = Basis.HISTORY,
    credits: int = 0,
) -> int:
    """Load counters as dated snapshots: one that was seen, or a history that a provider or file brings.

    Days that say nothing are left out; moments that are known stay as they are. How many said something.
    """
    rows = [row for day in days if (row := _snapshot(profile, day, source, basis, credits))]
    ProfileSnapshot.objects.bulk_create(rows, batch_size=_BATCH, ignore_conflicts=True)
    if rows:
        freshen_followers(profile)
    return len(rows)


def _snapshot(profile: Profile, day: DayRecord, source: Source, basis: Basis, credits: int) -> ProfileSnapshot | None:
    names = ("followers", "following", "posts", "likes", "views")
    counts = {name: count_or_unknown(getattr(day, name)) for name in names}
    if all(count is None for count in counts.values()):
        return None
    step = max(count_or_unknown(day.followers_step) or 1, 1)
    return ProfileSnapshot(
        profile=profile, seen_at=day.at, source=source, basis=basis, followers_step=min(step, 2**31 - 1),
        credits=credits, **counts,
    )  # fmt: skip


def freshen_followers(profile: Profile) -> None:
    """Let the profile show the followers of its newest snapshot that knows them."""
    newest = ProfileSnapshot.objects.filter(profile=profile, followers__isnull=False).order_by("-seen_at", "-pk")
    followers = newest.values_list("followers", flat=True).first()
    if followers is not None and followers != profile.followers:
        Profile.objects.filter(pk=profile.pk).update(followers=followers)
        profile.followers = followers


def _learn(profile: Profile, *, followers: int | None, platform_id: str) -> None:
    """Let the profile show what is newest, in one write, and none where nothing changed."""
    changes: dict[str, object] = {}
    if followers is not None and followers != profile.followers:
        changes["followers"] = followers
    if platform_id and not profile.platform_id:
        changes["platform_id"] = platform_id
    if changes:
        Profile.objects.filter(pk=profile.pk).update(**changes)
        for name, value in changes.items():
            setattr(profile, name, value)


def _follow(profile: Profile, record: ProfileRecord, *, now: datetime) -> None:
    """Follow an account that is known by its id to its present handle."""
    handle = _handle_in(profile, record)
    if handle and handle != profile.handle:
        _rename(profile, handle, now=now)


def _handle_in(profile: Profile, record: ProfileRecord) -> str:
    try:
        return clean_handle(clean_text(record.handle, 120), profile.platform).handle
    except NotAHandle:
        return ""


def _rename(profile: Profile, handle: str, *, now: datetime) -> None:
    old = profile.handle
    if Profile.objects.filter(platform=profile.platform, handle=handle).exclude(pk=profile.pk).exists():
        words = f"{old} now calls itself {handle}, which another profile here already has. Correct one of them."
        alerts.raise_alert(profile, AlertKind.HANDLE, key=f"taken {handle}", words=words, now=now)
        return
    Profile.objects.filter(pk=profile.pk).update(handle=handle)
    profile.handle = handle
    words = f"{old} now calls itself {handle}. Links and codes keep working."
    alerts.raise_alert(profile, AlertKind.HANDLE, key=f"{old} {handle}", words=words, now=now)


def _tell_private(profile: Profile, record: ProfileRecord, *, now: datetime) -> None:
    if record.is_private:
        tell_private(profile, now=now)
    elif record.is_private is False:
        refresh.resume(profile, Failure.PRIVATE)


def tell_private(profile: Profile, *, now: datetime) -> None:
    """Say that an account is closed to us; again only after it was open for a while."""
    words = f"{profile.handle} on {profile.get_platform_display()} is private: posts and comments cannot be read."
    alerts.raise_alert(profile, AlertKind.PRIVATE, key=f"{now:%Y-%m-%d}", words=words, now=now, quiet=_MONTH)


def tell_gone(profile: Profile, *, words: str, now: datetime) -> None:
    """Say that an account is no longer there; again only if it was seen in between, since one may come back."""
    where = f"{profile.handle} on {profile.get_platform_display()}"
    seen_at = ProfileSnapshot.objects.filter(profile=profile).aggregate(last=Max("seen_at"))["last"]
    key = f"last seen {seen_at:%Y-%m-%d %H:%M}" if seen_at else "never seen"
    alerts.raise_alert(profile, AlertKind.GONE, key=key, words=f"{where} is gone. {words}", now=now)
