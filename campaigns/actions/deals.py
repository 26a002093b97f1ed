"""Deals and their terms, set-based, so that an import of 100,000 rows is three statements.

Each deal's cost lines for fee, product and shipping stay equal to its terms: another amount takes the old line back
and adds a new one; an amount of zero has no line.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import connection, transaction

from campaigns.actions.doubts import NO_REASONS, Kept, Reasons, reasons_to_keep
from campaigns.actions.fees import keep_fees
from campaigns.logic.deals import is_paid
from campaigns.models import Campaign, Deal
from config.lib.days import day_at
from creators.actions.lifecycle import advance
from creators.enums import Stage
from creators.models import Profile
from team.models import User

ZERO = Decimal(0)


@dataclass(frozen=True)
class Terms:
    """What was agreed with one creator, in the brand's currency. `profile_id` None: their main profile.

    `is_seeding` says whether it is a gift; None leaves that as it is, and a new deal is none.
    """

    fee: Decimal = ZERO
    product_cost: Decimal = ZERO
    shipping_cost: Decimal = ZERO
    commission_percent: Decimal = ZERO
    profile_id: int | None = None
    is_seeding: bool | None = None

    @property
    def is_paid(self) -> bool:
        """Whether the creator gets money."""
        return is_paid(self.fee, self.commission_percent)


@dataclass(frozen=True)
class AddedDeals:
    """How many deals came new, got other terms, or were as given before."""

    added: int
    changed: int
    unchanged: int


@transaction.atomic
def add_deals(
    campaign: Campaign,
    terms_by_creator: Mapping[int, Terms],
    *,
    by: User | None,
    now: datetime,
    reasons: Reasons = NO_REASONS,
    why: str = "",
) -> AddedDeals:
    """Put creators into a campaign; those already in it get the given terms.

    Who has no stage with the brand becomes a prospect, and who was inactive comes back; `why` says it better than
    the name of the campaign.

    Raises a `Doubted` for a creator about whom there are doubts unless `reasons` answer them, and
    IntegrityError (see `config.lib.refusals`) for a creator without a profile, another creator's profile, or terms
    that the database refuses.
    """
    values = _values(campaign, terms_by_creator, by=by, now=now)
    paid = {creator: terms.is_paid for creator, terms in terms_by_creator.items()}
    kept = reasons_to_keep(campaign, paid, reasons, today=day_at(now, campaign.brand.time_zone))
    for name in ("overruled", "unvetted", "engaged"):
        values[name] = [getattr(kept.get(creator), name, "") for creator in terms_by_creator]
    known = _lock(campaign, terms_by_creator)
    added = _count(_ADD, values)
    changed = _count(_CHANGE, values) if known else 0
    if added:
        new = Deal.objects.filter(campaign=campaign, creator__in=list(terms_by_creator), created_at=now)
        _begin(campaign, new.order_by().values_list("creator", flat=True), by=by, now=now, why=why)
    return AddedDeals(added=added, changed=changed, unchanged=len(terms_by_creator) - added - changed)


@transaction.atomic
def set_terms(deal: Deal, terms: Terms, *, by: User | None, now: datetime) -> bool:
    """Give one deal other terms. True where that changed anything; `deal` itself is refreshed."""
    changed = change_terms(deal.campaign, {deal.creator_id: terms}, by=by, now=now)
    deal.refresh_from_db()
    return bool(changed)


@transaction.atomic
def change_terms(campaign: Campaign, terms_by_creator: Mapping[int, Terms], *, by: User | None, now: datetime) -> int:
    """Give the deals of these creators other terms, the cost lines with them; who is not in the campaign stays out.

    How many deals changed.
    """
    _lock(campaign, terms_by_creator)
    return _count(_CHANGE, _values(campaign, terms_by_creator, by=by, now=now))


@transaction.atomic
def add_deal(
    campaign: Campaign, profile: Profile, terms: Terms, *, by: User | None, now: datetime,
    reasons: Reasons = NO_REASONS, **rest: Any,
) -> Deal:  # fmt: skip
    """One deal of a profile with its dates and notes (`rest`). A creator who is there already: IntegrityError.

    Raises a `Doubted` for a creator about whom there are doubts unless `reasons` answer them.
    """
    today = day_at(now, campaign.brand.time_zone)
    days = {name: rest.get(name) for name in ("starts_on", "ends_on")}
    kept = reasons_to_keep(campaign, {profile.creator_id: terms.is_paid}, reasons, today=today, **days)
    told = kept.get(profile.creator_id, Kept())
    deal = Deal.objects.create(
        brand_id=campaign.brand_id, campaign=campaign, creator_id=profile.creator_id, profile=profile,
        currency=campaign.brand.currency, created_at=now, overruled=told.overruled, unvetted=told.unvetted,
        engaged=told.engaged, **rest,
    )  # fmt: skip
    set_terms(deal, terms, by=by, now=now)
    _begin(campaign, [deal.creator_id], by=by, now=now)
    return deal


def _begin(campaign: Campaign, creators: Iterable[int], *, by: User | None, now: datetime, why: str = "") -> None:
    advance(
        creators, brand=campaign.brand, stage=Stage.PROSPECT, rule="deal", now=now, by=by,
        why=why or f"In the campaign {campaign.name}",
    )  # fmt: skip


@transaction.atomic
def edit_deal(
    deal: Deal, terms: Terms, *, by: User | None, now: datetime, reasons: Reasons = NO_REASONS, **rest: Any
) -> None:
    """Other terms, dates and notes (`rest`) for one deal.

    Raises `NotVetted` where the creator begins to be paid without a verdict that fits and without a reason.
    """
    kept = reasons_to_keep(deal.campaign, {deal.creator_id: terms.is_paid}, reasons, today=now.date())
    if told := kept.get(deal.creator_id):
        rest["unvetted"] = told.unvetted
    set_terms(deal, terms, by=by, now=now)
    if any(getattr(deal, name) != value for name, value in rest.items()):
        for name, value in rest.items():
            setattr(deal, name, value)
        deal.save(update_fields=list(rest))
    keep_fees(Deal.objects.filter(pk=deal.pk), by=by, now=now)


def _lock(campaign: Campaign, creator_ids: Iterable[int]) -> int:
    # Two people setting the terms of one deal at once would both add a line, so they go one after the other.
    deals = Deal.objects.filter(campaign=campaign, creator__in=list(creator_ids)).order_by("pk")
    return len(deals.select_for_update(of=("self",)).values_list("pk", flat=True))


def _values(
    campaign: Campaign, terms_by_creator: Mapping[int, Terms], *, by: User | None, now: datetime
) -> dict[str, Any]:
    terms = list(terms_by_creator.values())
    return {
        "brand": campaign.brand_id,
        "campaign": campaign.pk,
        "currency": campaign.brand.currency,
        "by": by.pk if by else None,
        "now": now,
        "creators": list(terms_by_creator),
        "profiles": [each.profile_id for each in terms],
        "fees": [each.fee for each in terms],
        "products": [each.product_cost for each in terms],
        "shippings": [each.shipping_cost for each in terms],
        "commissions": [each.commission_percent for each in terms],
        "seedings": [each.is_seeding for each in terms],
        **{name: [""] * len(terms) for name in ("overruled", "unvetted", "engaged")},
    }


def _count(statement: str, values: dict[str, Any]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchone()[0]


_WANTED = """
with wanted as (
  select * from unnest(
    %(creators)s::bigint[], %(profiles)s::bigint[], %(fees)s::numeric(16,3)[], %(products)s::numeric(16,3)[],
    %(shippings)s::numeric(16,3)[], %(commissions)s::numeric(5,2)[],
    %(seedings)s::boolean[], %(overruled)s::text[], %(unvetted)s::text[], %(engaged)s::text[]
  ) as given (
    creator_id, profile_id, fee, product_cost, shipping_cost, commission_percent, is_seeding, overruled, unvetted,
    engaged
  )
)"""
_LINE = """campaigns_costline (
    brand_id, deal_id, kind, amount, currency, from_terms, note, reverses_id, made_by_id, made_at)"""
_KINDS = "(values ('fee', fee), ('product', product_cost), ('shipping', shipping_cost)) as term (kind, amount)"

_ADD = f"""{_WANTED}, added as (
  insert into campaigns_deal (brand_id, campaign_id, creator_id, profile_id, status, is_seeding, fee, product_cost,
                              shipping_cost, commission_percent, currency, brief_key, notes, overruled, unvetted,
                              engaged, created_at)
  select %(brand)s, %(campaign)s, wanted.creator_id, coalesce(wanted.profile_id, main.id), 'planned',
         coalesce(is_seeding, false), fee, product_cost, shipping_cost, commission_percent, %(currency)s, 1, '',
         overruled, unvetted, engaged, %(now)s
  from wanted left join creators_profile main on main.creator_id = wanted.creator_id and main.is_main
  on conflict (campaign_id, creator_id) do nothing
  returning id, fee, product_cost, shipping_cost
), lines as (
  insert into {_LINE}
  select %(brand)s, added.id, kind, amount, %(currency)s, true, '', null, %(by)s, %(now)s
  from added cross join lateral {_KINDS} where amount > 0
)
select count(*) from added"""  # noqa: S608 (made of the constants above)

_CHANGE = f"""{_WANTED}, deal as (
  select deal.id, deal.currency, wanted.* from campaigns_deal deal join wanted using (creator_id)
  where deal.campaign_id = %(campaign)s
), changed as (
  update campaigns_deal old
  set fee = deal.fee, product_cost = deal.product_cost, shipping_cost = deal.shipping_cost,
      commission_percent = deal.commission_percent, profile_id = coalesce(deal.profile_id, old.profile_id),
      unvetted = coalesce(nullif(deal.unvetted, ''), old.unvetted),
      is_seeding = coalesce(deal.is_seeding, old.is_seeding),
      format = case when deal.is_seeding then '' else old.format end
  from deal
  where old.id = deal.id
    and (old.fee, old.product_cost, old.shipping_cost, old.commission_percent, old.profile_id,
         old.is_seeding) is distinct from
        (deal.fee, deal.product_cost, deal.shipping_cost, deal.commission_percent,
         coalesce(deal.profile_id, old.profile_id), coalesce(deal.is_seeding, old.is_seeding))
  returning old.id
), due as (
  select id as deal_id, currency, kind, amount from deal cross join lateral {_KINDS}
), standing as (
  select line.* from campaigns_costline line join deal on deal.id = line.deal_id
  where line.from_terms and line.reverses_id is null
    and not exists (select from campaigns_costline back where back.reverses_id = line.id)
), taken_back as (
  insert into {_LINE}
  select %(brand)s, deal_id, kind, -standing.amount, standing.currency, true, '', standing.id, %(by)s, %(now)s
  from standing join due using (deal_id, kind) where standing.amount <> due.amount
), lines as (
  insert into {_LINE}
  select %(brand)s, deal_id, kind, due.amount, due.currency, true, '', null, %(by)s, %(now)s
  from due left join standing using (deal_id, kind)
  where due.amount > 0 and standing.amount is distinct from due.amount
)
select count(*) from changed"""  # noqa: S608 (made of the constants above)
