"""Recording that a creator works for one brand only in a category, and waiving it with a reason."""

from datetime import date, datetime

from django.db import transaction

from creators.models import Creator, Exclusivity
from creators.queries.exclusivity import engaged_elsewhere
from team.models import Brand, User


class EngagedElsewhere(Exception):
    """Another brand has the creator in this category; the message says no more of it than the person may know."""


@transaction.atomic
def add_exclusivity(
    creator: Creator,
    *,
    brand: Brand,
    category: str,
    first: date,
    end: date | None,
    note: str,
    by: User | None,
    visible: list[Brand],
    now: datetime,
) -> Exclusivity:
    """Promise a creator to a brand. Raises `EngagedElsewhere`; a race is refused by the database (IntegrityError)."""
    refusal = engaged_elsewhere(creator, brand=brand, category=category, first=first, end=end, visible=visible)
    if refusal:
        raise EngagedElsewhere(refusal)
    return Exclusivity.objects.create(
        creator=creator, brand=brand, category=category, during=(first, end), note=note, made_by=by, made_at=now
    )  # fmt: skip


def waive_exclusivity(exclusivity: Exclusivity, *, why: str, by: User, today: date) -> None:
    """Let other brands work with the creator. Waiving twice changes nothing."""
    rows = Exclusivity.objects.filter(pk=exclusivity.pk, waived_on=None)
    rows.update(waived_on=today, waived_why=why, waived_by=by)
