"""What about a follower count is news to a manager. Whether a jump was bought is for the signals to say."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from creators.enums import AlertKind

WEEK = timedelta(days=7)
_OLDEST = timedelta(days=10)
SHARE = 0.10
LEAST = 50


@dataclass(frozen=True)
class Count:
    """A follower count at a moment; `step` is what it was rounded to."""

    at: datetime
    followers: int
    step: int = 1


@dataclass(frozen=True)
class Change:
    """A jump or collapse worth an alert: from an earlier count to the newest one."""

    kind: AlertKind
    before: Count
    after: Count

    @property
    def words(self) -> str:
        """The change as a sentence."""
        verb = "gained" if self.kind == AlertKind.JUMP else "lost"
        number = abs(self.after.followers - self.before.followers)
        share = number / self.before.followers
        days = max(round((self.after.at - self.before.at) / timedelta(days=1)), 1)
        since = "a day" if days == 1 else f"{days} days"
        counts = f"{self.before.followers:,} to {self.after.followers:,}"
        return f"{verb} {number:,} followers in {since} ({share:.0%}): {counts}"


def change_of(counts: Sequence[Count]) -> Change | None:
    """A change of at least a tenth within a week, from counts in order of time; the last is the newest.

    The newest count is held against the one a week before it, or the oldest of the week where none is that old. A
    tenth alone would tell of every small account's good day and of a rounded count's last digit, so the change is
    also at least 50 followers and more than two steps of rounding.
    """
    if len(counts) < 2:
        return None
    after = counts[-1]
    before = _week_before(counts[:-1], after.at)
    if before is None or not before.followers:
        return None
    change = after.followers - before.followers
    least = max(SHARE * before.followers, LEAST, 2 * max(before.step, after.step) + 1)
    if abs(change) < least:
        return None
    return Change(AlertKind.JUMP if change > 0 else AlertKind.COLLAPSE, before, after)


def _week_before(counts: Sequence[Count], at: datetime) -> Count | None:
    usable = [count for count in counts if at - _OLDEST <= count.at < at]
    old = [count for count in usable if count.at <= at - WEEK]
    return old[-1] if old else next(iter(usable), None)
