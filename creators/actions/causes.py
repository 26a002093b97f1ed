"""Logging what happened to a profile on a day: an innocent cause of a jump, or just a note for its chart."""

from datetime import date, datetime

from django.db import transaction

from creators.enums import CauseKind
from creators.models import Cause, Profile
from team.models import User


class NotYet(Exception):
    """The day lies in the future; the text tells the person so."""


def log_cause(
    profile: Profile, *, happened_on: date, kind: str, note: str = "", by: User | None, now: datetime
) -> Cause:
    """Add a cause or note. Raises `NotYet` for a day that has begun nowhere, ValueError for no kind."""
    if kind not in CauseKind.values:
        raise ValueError(kind)
    if (happened_on - now.date()).days > 1:
        raise NotYet("This day has not come yet.")
    with transaction.atomic():
        return Cause.objects.create(
            profile=profile, happened_on=happened_on, kind=kind, note=note.strip(), made_by=by, made_at=now
        )
