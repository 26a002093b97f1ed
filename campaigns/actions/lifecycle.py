"""Putting creators where the rules of the lifecycle want them, from all facts that are known up to here."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from django.db import transaction

from campaigns.enums import DealStatus
from campaigns.models import Deal
from campaigns.queries.lifecycle import facts_of, standings_of
from creators.actions import lifecycle
from creators.logic.lifecycle import RULES, Due, Facts, due
from team.models import Brand

NEVER = timedelta.max


@transaction.atomic
def settle(
    brand: Brand, *, now: datetime, creator_ids: Iterable[int] | None = None, why: str = "",
    inactive_after: timedelta = NEVER, orders: Mapping[int, datetime] | None = None,
) -> int:  # fmt: skip
    """Move creators as the rules say, the given ones or all of the brand. How many moved; again changes nothing.

    `orders` is the last order of each creator; nobody becomes inactive unless `inactive_after` is given with it.
    `why` is a better reason than the rule's own words. What the first look finds is looked at again under lock.
    """
    orders, found = orders or {}, None if creator_ids is None else set(creator_ids)
    wanted = _wanted(brand, found, now=now, inactive_after=inactive_after, orders=orders)
    if not wanted:
        return 0
    lifecycle.lock(wanted)
    wanted = _wanted(brand, set(wanted), now=now, inactive_after=inactive_after, orders=orders)
    by_due = defaultdict(list)
    for creator, each in wanted.items():
        by_due[each].append(creator)
    return sum(
        lifecycle.set_by_rule(creators, brand=brand, stage=each.stage, rule=each.rule, why=why, now=now)
        for each, creators in by_due.items()
    )


# What a deal's new status says of its creator at once.
_SAYS = {DealStatus.ACCEPTED: "reply", DealStatus.LIVE: "live"}


def follow(deal_ids: Iterable[int], status: str, *, now: datetime) -> None:
    """Have the creators of deals follow a status that these just got: forward, or back where it was taken back."""
    by_brand = defaultdict(list)
    for deal in Deal.objects.filter(pk__in=list(deal_ids)).select_related("brand").only("creator", "brand"):
        by_brand[deal.brand].append(deal.creator_id)
    rule = RULES.get(_SAYS.get(DealStatus(status), ""))
    for brand, creators in by_brand.items():
        if rule:
            lifecycle.advance(creators, brand=brand, stage=rule.sets, rule=rule.name, now=now)
        settle(brand, creator_ids=creators, now=now)


def _wanted(
    brand: Brand, creator_ids: set[int] | None, *, now: datetime, inactive_after: timedelta,
    orders: Mapping[int, datetime],
) -> dict[int, Due]:  # fmt: skip
    facts, standings = facts_of(brand, now=now, creator_ids=creator_ids), standings_of(brand, creator_ids=creator_ids)
    nothing, wanted = Facts(), {}
    for creator in facts.keys() | standings.keys():
        known = facts.get(creator, nothing)
        if ordered_at := orders.get(creator):
            known = replace(known, event_at=max(filter(None, (known.event_at, ordered_at))))
        found = due(known, standings.get(creator), now=now, inactive_after=inactive_after)
        if found:
            wanted[creator] = found
    return wanted
