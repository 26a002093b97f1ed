"""When an application looks like spam, and what people agree to who send one.

Nothing here refuses: a suspicion only puts an application on the spam pile, where a person can still take it up.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

CONSENT = "consent-2"
"""The version of the words below; another wording is another version, and both stay readable here."""
CONSENTS = {
    "consent-1": "I agree that {brand} keeps what I wrote here to decide about working with me, and may write to me "
    "about it. Declined applications are deleted after {days} days.",
    CONSENT: "I agree that {brand} keeps what I wrote here to decide about working with me, and may write to me "
    "about it. Declined applications are deleted after {days} days, unanswered ones after {waiting_days}.",
}
SOONEST = timedelta(seconds=3)
LATEST = timedelta(hours=24)
MOST_LINKS = 2
_LINK = re.compile(r"https?://|www\.|\[url|<a\s|\b[\w-]+\.(?:com|net|org|io|ru|xyz|shop|top)/", re.IGNORECASE)


@dataclass(frozen=True)
class Sending:
    """How a form came back, apart from what it says."""

    asked_at: datetime
    sent_at: datetime
    trap: str = ""
    links: int = 0
    is_often: bool = False

    @property
    def is_stale(self) -> bool:
        """The page stood open for too long, or says that it comes from the future."""
        return not timedelta(0) <= self.sent_at - self.asked_at <= LATEST


def suspicions(sending: Sending) -> list[str]:
    """Why this may be spam, in words for the person who looks through the pile; empty for most people."""
    found = []
    if sending.trap.strip():
        found.append("It filled in a field that people do not see.")
    if sending.sent_at - sending.asked_at < SOONEST:
        found.append("It was sent within three seconds of opening the page.")
    if sending.links > MOST_LINKS:
        found.append(f"Its message holds {sending.links} links.")
    if sending.is_often:
        found.append("Many applications came from the same network within an hour.")
    return found


def links_in(text: str) -> int:
    """How many web addresses a text holds, roughly."""
    return min(len(_LINK.findall(text)), 9_999)


def consent_words(version: str, *, brand: str, days: int, waiting_days: int) -> str:
    """The sentence beside the box."""
    return CONSENTS[version].format(brand=brand, days=days, waiting_days=waiting_days)


def stamp(moment: datetime) -> int:
    """A moment as whole milliseconds, for a signed form."""
    return int(moment.timestamp() * 1000)


def moment_of(milliseconds: int) -> datetime:
    """The moment that `stamp` wrote down. A number out of range is the beginning of 1970."""
    try:
        return datetime.fromtimestamp(milliseconds / 1000, tz=UTC)
    except (OverflowError, OSError, ValueError):
        return datetime.fromtimestamp(0, tz=UTC)
