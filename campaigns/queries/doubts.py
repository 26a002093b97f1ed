"""What speaks against taking creators into a campaign: each group is asked about once, in the words for people."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from campaigns.logic.deals import days_at_stake, is_paid
from campaigns.models import Campaign, Deal
from creators.enums import VettingVerdict
from creators.models import Creator
from creators.queries.assessments import Confirmation, confirmed
from creators.queries.exclusivity import Engaged, many_engaged_elsewhere
from creators.queries.vetting import Said, verdicts_on
from team.models import Brand


@dataclass(frozen=True)
class Silent:
    """A creator who asked not to be contacted."""

    creator_id: int
    name: str
    since_on: date


@dataclass(frozen=True)
class Doubts:
    """Doubts about creators by their ids. `unvetted` speaks only against paying; the others against any deal.

    Nobody takes the `silent`; the other groups are taken with a reason.
    """

    silent: Mapping[int, Silent] = field(default_factory=dict)
    confirmed: Mapping[int, Confirmation] = field(default_factory=dict)
    engaged: Mapping[int, Engaged] = field(default_factory=dict)
    refused: Mapping[int, Said] = field(default_factory=dict)
    unvetted: frozenset[int] = frozenset()


def doubts_about(
    campaign: Campaign,
    creator_ids: Iterable[int],
    *,
    today: date,
    visible: Collection[Brand] = (),
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> Doubts:
    """The doubts about creators who are not in the campaign yet, in at most four queries.

    `visible` are the brands that may be named; the days are the deal's own, else the campaign's.
    """
    there = Deal.objects.filter(campaign=campaign).order_by().values("creator")
    new = Creator.objects.filter(pk__in=list(creator_ids)).exclude(pk__in=there).order_by()
    rows = list(new.values_list("pk", "name", "no_contact_on"))
    ids = [pk for pk, *_ in rows]
    if not ids:
        return Doubts()
    said = verdicts_on(ids, brand_id=campaign.brand_id)
    days = days_at_stake(starts_on or campaign.starts_on, ends_on or campaign.ends_on, today=today)
    return Doubts(
        silent={pk: Silent(pk, name, since_on) for pk, name, since_on in rows if since_on},
        confirmed=confirmed(ids),
        engaged=engaged_in(campaign, days, visible=visible, creator_ids=ids),
        refused={pk: each for pk, each in said.items() if each.verdict == VettingVerdict.NO},
        unvetted=frozenset(ids) - frozenset(said),
    )


def engaged_in(
    campaign: Campaign,
    days: tuple[date, date | None],
    *,
    visible: Collection[Brand] = (),
    creator_ids: Iterable[int] | None = None,
) -> Mapping[int, Engaged]:
    """Those of the creators (of all, without ids) who promised the campaign's category to another brand meanwhile."""
    if not campaign.category:
        return {}
    return many_engaged_elsewhere(
        creator_ids, brand=campaign.brand, category=campaign.category, first=days[0], end=days[1], visible=visible
    )


@dataclass(frozen=True)
class Unpaid:
    """Creators in the campaign whose deals pay nothing yet, and of them those without a verdict that fits."""

    refused: Mapping[int, Said]
    unvetted: frozenset[int]


def unpaid_so_far(campaign: Campaign, creator_ids: Iterable[int]) -> Unpaid:
    """Who in the campaign may not begin to be paid without a reason, since no verdict says that they fit."""
    rows = Deal.objects.filter(campaign=campaign, creator__in=list(creator_ids), unvetted="").order_by()
    ids = [pk for pk, *terms in rows.values_list("creator_id", "fee", "commission_percent") if not is_paid(*terms)]
    said = verdicts_on(ids, brand_id=campaign.brand_id) if ids else {}
    refused = {pk: each for pk, each in said.items() if each.verdict == VettingVerdict.NO}
    return Unpaid(refused, frozenset(ids) - frozenset(said))


def fees_without_figures(brand: Brand, fees: Mapping[int, Decimal], *, known: Collection[int]) -> list[int]:
    """Creators whose fee is above the one from which the brand asks for audience figures, and who sent none."""
    least = brand.audience_fee
    return [] if least is None else [pk for pk, fee in fees.items() if fee > least and pk not in known]
