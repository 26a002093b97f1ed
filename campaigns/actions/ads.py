"""Planning an ad on a right, moving it and taking it back. The database holds it within the right."""

from datetime import date, datetime

from django.db import transaction

from campaigns.models import Ad, Campaign
from creators.models import Right
from team.models import User


@transaction.atomic
def plan_ad(
    right: Right,
    *,
    name: str,
    reference: str,
    campaign: Campaign | None,
    first: date,
    end: date,
    by: User | None,
    now: datetime,
) -> Ad:
    """An ad from `first` up to `end`, exclusive. Raises IntegrityError where the right is not held all that time."""
    held = Right.objects.select_for_update().get(pk=right.pk).held
    return Ad.objects.create(
        brand=right.brand, right=right, right_during=held, name=name, reference=reference, campaign=campaign,
        ran=(first, end), made_by=by, made_at=now,
    )  # fmt: skip


def change_ad(ad: Ad, *, name: str, reference: str, campaign: Campaign | None, first: date, end: date) -> None:
    """Other words or days. Raises IntegrityError where the right is not held all that time."""
    ad.name, ad.reference, ad.campaign, ad.ran = name, reference, campaign, (first, end)
    ad.save(update_fields=["name", "reference", "campaign", "ran"])


def remove_ad(ad: Ad) -> None:
    """Take back an ad that never ran; the history keeps it. One that ran is ended by its last day instead."""
    ad.delete()
