"""Keeping what creators ask, are offered and are paid."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from django.db import transaction

from creators.models import Package, Profile, ProfileSnapshot, Rate
from team.models import User

_BATCH = 1_000
_FOLLOWS = ("profile", "format", "amount", "currency", "quoted_on", "followers", "made_by", "made_at")


class FollowsADeal(Exception):
    """The rate comes from a deal's fee and goes with it; the message says so."""


@transaction.atomic
def add_rate(rate: Rate, *, by: User | None, now: datetime) -> Rate:
    """Keep one amount with the followers that the profile had on its day, as far as known."""
    rate.followers = followers_on(rate.profile, rate.quoted_on)
    rate.made_by, rate.made_at = by, now
    rate.save()
    return rate


def followers_on(profile: Profile, day: date) -> int | None:
    """The last count up to the end of that day, else the present one."""
    seen = ProfileSnapshot.objects.filter(
        profile=profile, followers__isnull=False, seen_at__date__lt=day + timedelta(days=1)
    )
    return seen.order_by("-seen_at").values_list("followers", flat=True).first() or profile.followers


@transaction.atomic
def remove_rate(rate: Rate) -> None:
    """Take a mistake out; the history tables keep it. Raises FollowsADeal."""
    if rate.deal_number is not None:
        raise FollowsADeal("This is the fee of a completed deal. Change the deal, and it follows.")
    rate.delete()


@transaction.atomic
def add_package(package: Package, *, by: User | None, now: datetime) -> Package:
    """Keep a bundle with its price."""
    package.made_by, package.made_at = by, now
    package.save()
    return package


@transaction.atomic
def follow_deals(paid: Iterable[Rate], *, unpaid: Sequence[int]) -> None:
    """Let paid rates be as these say, one a deal by `deal_number`; deals without a fee (`unpaid`) have none."""
    Rate.objects.filter(deal_number__in=unpaid).delete()
    Rate.objects.bulk_create(
        paid, batch_size=_BATCH, update_conflicts=True, unique_fields=("brand", "deal_number"), update_fields=_FOLLOWS
    )
