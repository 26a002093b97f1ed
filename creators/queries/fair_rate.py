"""Fair rates of a profile, with the comparables that the open scope may see."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db.models import QuerySet

from creators.enums import RateFormat, RateKind
from creators.logic.fair_rate import FairRate, Goal, Paid, Question, fair_rate
from creators.logic.fees import DOLLARS
from creators.logic.tiers import bounds_of, tier_of
from creators.logic.usage import Usage
from creators.models import Profile, Rate
from creators.queries.rates import headline_of, rate_facts

_LASTS = timedelta(days=730)  # what was paid longer ago says little about today


@dataclass(frozen=True)
class Terms:
    """What is wanted, and in which money: see `creators.logic.fair_rate.Question`."""

    currency: str = DOLLARS
    worth: Mapping[str, Decimal] = field(default_factory=dict)
    usage: Usage | None = None
    goal: Goal | None = None


def fair_rates(
    profile: Profile, formats: Sequence[RateFormat], terms: Terms, *, now: datetime
) -> list[tuple[RateFormat, FairRate]]:
    """The fair rate of each format."""
    headline = headline_of(rate_facts(profile, now=now), now=now)
    asked = Question(
        platform=profile.platform,
        format="",
        followers=profile.followers,
        engagement=headline.mean if headline.is_enough else None,
        benchmark=headline.benchmark.rate if headline.benchmark else None,
        currency=terms.currency or DOLLARS,
        worth=terms.worth,
        usage=terms.usage,
        goal=terms.goal,
    )
    paid = comparables(profile, formats, today=now.date())
    return [(each, fair_rate(replace(asked, format=each.value, comparables=paid[each]))) for each in formats]


def comparables(profile: Profile, formats: Sequence[RateFormat], *, today: date) -> dict[RateFormat, list[Paid]]:
    """The newest paid rate of every other creator's profile of the same platform and tier, of the last two years.

    The tier is that of the day of the payment. Mixed deals compare with nothing.
    """
    found: dict[RateFormat, list[Paid]] = {each: [] for each in formats}
    tier = tier_of(profile.followers)
    if tier is None:
        return found
    least, most = bounds_of(tier)
    rows = paid_lately(formats, today=today).filter(profile__platform=profile.platform, followers__gte=least)
    rows = rows.exclude(profile__creator=profile.creator_id)
    if most is not None:
        rows = rows.filter(followers__lt=most)
    newest = rows.order_by("format", "profile_id", "-quoted_on", "-pk").distinct("format", "profile_id")
    for format_, amount, currency in newest.values_list("format", "amount", "currency"):
        found[RateFormat(format_)].append(Paid(amount, currency))
    return found


def paid_lately(formats: Iterable[RateFormat], *, today: date) -> QuerySet[Rate]:
    """What was paid for single formats in the last two years, where the open scope may see it."""
    wanted = [each for each in formats if each != RateFormat.MIXED]
    return Rate.objects.filter(kind=RateKind.PAID, format__in=wanted, quoted_on__gt=today - _LASTS)
