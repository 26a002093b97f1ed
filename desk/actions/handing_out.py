"""That everything about a person was handed out is written down: by whom and when."""

from datetime import datetime

from creators.enums import PersonAct
from creators.models import Creator, PersonRecord
from team.models import User


def note_export(creator: Creator, *, by: User, now: datetime) -> PersonRecord:
    """Write the line."""
    return PersonRecord.objects.create(number=creator.pk, act=PersonAct.EXPORTED, made_by=by, made_at=now)
