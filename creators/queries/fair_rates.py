"""Fair rates of many profiles at once, each for the format that its platform is known for."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from creators.enums import RateFormat
from creators.logic.benchmarks import Cell, basis_of, benchmark_for
from creators.logic.engagement import MINIMUM
from creators.logic.fair_rate import FairRate, Paid, Question, fair_rate
from creators.logic.fees import DOLLARS, formats_on
from creators.logic.tiers import tier_of
from creators.models import Profile
from creators.queries.benchmarks import cells
from creators.queries.fair_rate import Terms, paid_lately
from creators.queries.means import mean_rates

_Group = tuple[str, str, str | None]  # platform, format, tier


def fair_rates_of(profiles: Sequence[Profile], terms: Terms, *, now: datetime) -> list[FairRate]:
    """The fair rate of each profile, as `creators.queries.fair_rate` reckons it alone, in three queries."""
    means = mean_rates([profile.pk for profile in profiles], posts=MINIMUM, now=now)
    paid = _paid(profiles, today=now.date())
    own: dict[tuple[str, str], list[Cell]] = defaultdict(list)
    for cell in cells():
        own[cell.platform, cell.tier].append(cell)
    return [_of(profile, terms, mean=means.get(profile.pk), paid=paid, own=own) for profile in profiles]


def format_of(profile: Profile) -> RateFormat:
    """What its platform is known for."""
    return formats_on(profile.platform)[0]


def _of(
    profile: Profile, terms: Terms, *, mean: float | None, paid: Mapping[_Group, list[tuple[int, Paid]]],
    own: Mapping[tuple[str, str], list[Cell]],
) -> FairRate:  # fmt: skip
    tier = tier_of(profile.followers)
    near = own.get((profile.platform, str(tier)), [])
    benchmark = benchmark_for(profile.platform, tier, "", basis=basis_of(profile.platform), cells=near)
    alike = paid.get(_group(profile, profile.followers), []) if tier else []
    return fair_rate(
        Question(
            platform=profile.platform, format=format_of(profile), followers=profile.followers, engagement=mean,
            benchmark=benchmark.rate if benchmark else None,
            comparables=[each for creator, each in alike if creator != profile.creator_id],
            currency=terms.currency or DOLLARS, worth=terms.worth, usage=terms.usage, goal=terms.goal,
        )
    )  # fmt: skip


def _paid(profiles: Iterable[Profile], *, today: date) -> dict[_Group, list[tuple[int, Paid]]]:
    """What comparables were paid, each with whose it was: the newest of each profile in each tier."""
    found: dict[_Group, dict[int, tuple[int, Paid]]] = defaultdict(dict)
    formats = {format_of(profile) for profile in profiles}
    rows = paid_lately(formats, today=today).filter(profile__platform__in={each.platform for each in profiles})
    for rate in rows.select_related("profile").order_by("quoted_on", "pk"):
        group = (rate.profile.platform, rate.format, tier_of(rate.followers))
        found[group][rate.profile_id] = (rate.profile.creator_id, Paid(rate.amount, rate.currency))
    return {group: list(rates.values()) for group, rates in found.items()}


def _group(profile: Profile, followers: int | None) -> _Group:
    return profile.platform, format_of(profile), tier_of(followers)
