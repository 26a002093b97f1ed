"""The fee that the price of a creator's usage rights goes by."""

from datetime import datetime

from config.lib.words import day
from creators.enums import RateFormat, RateKind
from creators.logic.fees import formats_on
from creators.logic.renewals import Base
from creators.models import Profile, Rate, Right
from creators.queries.fair_rate import Terms, fair_rates


def fee_of(right: Right, *, now: datetime) -> Base | None:
    """The last fee that the brand paid the creator for one piece, else the middle of the fair rate; None without."""
    paid = Rate.objects.filter(
        brand=right.brand_id, profile__creator=right.creator_id, kind=RateKind.PAID, amount__gt=0
    ).exclude(format=RateFormat.MIXED)
    last = paid.select_related("profile").order_by("-quoted_on", "-pk").first()
    if last:
        what = f"{last.get_format_display()} on {last.profile.get_platform_display()}"
        return Base(last.amount, last.currency, f"what was last paid, on {day(last.quoted_on)} ({what})")
    return _fair(right, now)


def _fair(right: Right, now: datetime) -> Base | None:
    profiles = list(Profile.objects.filter(creator=right.creator_id).order_by("-is_main", "pk"))
    profile = next((each for each in profiles if each.platform == right.place), next(iter(profiles), None))
    if profile is None:
        return None
    terms = Terms(currency=right.currency or right.brand.currency)
    wanted = formats_on(profile.platform)[0]
    ((_, rate),) = fair_rates(profile, [wanted], terms, now=now)
    if rate.mid is None:
        return None
    what = f"{wanted.label} on {profile.get_platform_display()}"
    return Base(rate.mid, rate.currency, f"the middle of the fair rate ({what}; nothing was paid for one yet)")
