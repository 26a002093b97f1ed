"""What a person makes of an assessment. Reviews are only ever added; the newest word holds."""

from datetime import datetime

from django.db import transaction

from creators.enums import Ruling
from creators.models import Assessment, Review
from team.models import User


@transaction.atomic
def review(
    assessment: Assessment, *, code: str, ruling: Ruling | str, reason: str, by: User, now: datetime
) -> Review:
    """Confirm or dismiss one signal of an assessment, or with no code the whole of it.

    Raises ValueError where the assessment has no such signal, and IntegrityError without a reason.
    """
    if code and code not in {signal["code"] for signal in assessment.signals}:
        raise ValueError(f"{code} is no signal of this assessment.")
    return Review.objects.create(
        assessment=assessment, profile_id=assessment.profile_id, code=code, ruling=Ruling(ruling),
        reason=reason.strip()[:300], made_by=by, made_at=now,
    )  # fmt: skip
