"""News about a profile for a manager, each told once."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from creators.enums import AlertKind
from creators.logic.alerts import WEEK, Count, change_of
from creators.models import Alert, Profile, ProfileSnapshot
from team.models import User


def raise_alert(
    profile: Profile, kind: AlertKind, *, key: str, words: str, now: datetime, quiet: timedelta | None = None
) -> bool:
    """Tell something once: the same kind and key never come again, and within `quiet` nothing of the kind does.

    Whether it was news.
    """
    if quiet and Alert.objects.filter(profile=profile, kind=kind, raised_at__gt=now - quiet).exists():
        return False
    alert = Alert(profile=profile, kind=kind, key=key[:80], words=words[:300], raised_at=now)
    before = Alert.objects.filter(profile=profile, kind=kind, key=alert.key).exists()
    if not before:
        # Two workers at once: the database keeps one.
        Alert.objects.bulk_create([alert], ignore_conflicts=True)
    return not before


def done(alerts: Iterable[int], *, by: User, now: datetime) -> int:
    """Put alerts aside; how many there were."""
    return Alert.objects.filter(pk__in=alerts, done_at=None).update(done_at=now, done_by=by)


def tell_change(profile: Profile, *, now: datetime) -> bool:
    """Raise an alert where the follower count jumped or collapsed within a week; at most one of each kind a week."""
    rows = ProfileSnapshot.objects.filter(
        profile=profile, seen_at__gte=now - timedelta(days=10), seen_at__lte=now, followers__isnull=False
    )
    told = rows.order_by("seen_at").values_list("seen_at", "followers", "followers_step")
    counts = [Count(at, followers or 0, step) for at, followers, step in told]
    change = change_of(counts)
    if change is None:
        return False
    key = f"{change.after.at:%Y-%m-%d}"
    words = f"{profile.handle} {change.words}."
    return raise_alert(profile, change.kind, key=key, words=words, now=now, quiet=WEEK)
