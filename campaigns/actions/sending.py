"""Sending: a parcel leaves, its costs are fixed, and what was really sent stands in its deal.

While nothing was sent, a deal's product and shipping are what was agreed. With the first parcel they become what was
really sent: the sum over all parcels of the deal that left. The agreed amounts are replaced, not added to, through
the same statement as an edit of the terms, so the cost lines follow and the former terms stand in the history.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import connection, transaction
from django.db.models import F, Q, QuerySet, Sum

from campaigns.actions.deals import ZERO, Terms, change_terms
from campaigns.actions.shipments import freeze_addresses
from campaigns.models import Campaign, Deal, Shipment, ShipmentItem
from creators.actions.lifecycle import advance
from creators.enums import Stage
from team.models import Brand, User

RULE = "shipment"  # of creators.logic.lifecycle: who got a parcel is seeded


@dataclass(frozen=True)
class Sending:
    """What is known of one parcel that left. A blank carrier or tracking, or no cost, leaves what is there."""

    shipment_id: int
    sent_on: date
    carrier: str = ""
    tracking: str = ""
    shipping_cost: Decimal | None = None


@dataclass(frozen=True)
class Sent:
    """How many parcels left now, and how many were not planned any more or are not the brand's."""

    sent: int
    refused: int


@transaction.atomic
def send(brand: Brand, sendings: Sequence[Sending], *, by: User | None, now: datetime) -> Sent:
    """Mark planned shipments of the brand as sent: cost and address are fixed, deals and stages follow.

    All or nothing; raises IntegrityError (see `config.lib.refusals`) for a tracking number that another has.
    """
    rows = _sent(brand, sendings)
    ids = [pk for pk, _, _ in rows]
    with connection.cursor() as cursor:
        cursor.execute(_FIX_COSTS, {"ids": ids})
    freeze_addresses(ids, now=now)
    deals = {deal for _, _, deal in rows if deal}
    follow_deals(deals, by=by, now=now)
    advance({creator for _, creator, _ in rows}, brand=brand, stage=Stage.SEEDED, rule=RULE, now=now, by=by)
    return Sent(len(rows), len(sendings) - len(rows))


def send_all(shipments: QuerySet[Shipment], *, brand: Brand, on: date, by: User | None, now: datetime) -> Sent:
    """Mark all of these as sent on one day, with what is known of each."""
    ids = shipments.filter(brand=brand).order_by("pk").values_list("pk", flat=True)
    return send(brand, [Sending(pk, on) for pk in ids], by=by, now=now)


@transaction.atomic
def change_way(shipment: Shipment, *, by: User | None, now: datetime, **told: Any) -> None:
    """Other carrier, tracking, shipping cost or note (`told`). Where it was sent, the costs of its deal follow."""
    for name, value in told.items():
        setattr(shipment, name, value)
    shipment.save(update_fields=list(told))
    if shipment.deal_id and shipment.is_sent:
        follow_deals([shipment.deal_id], by=by, now=now)


def follow_deals(deal_ids: Collection[int], *, by: User | None, now: datetime) -> int:
    """Let product and shipping of these deals be the sums of their parcels that left. How many deals changed."""
    locked = Deal.objects.filter(pk__in=list(deal_ids)).order_by("pk").select_for_update(of=("self",))
    deals = list(locked.select_related("campaign__brand"))
    products, shippings = _products(deal_ids), _shippings(deal_ids)
    wanted: dict[Campaign, dict[int, Terms]] = defaultdict(dict)
    for deal in deals:
        wanted[deal.campaign][deal.creator_id] = Terms(
            fee=deal.fee, product_cost=products.get(deal.pk, ZERO), shipping_cost=shippings.get(deal.pk, ZERO),
            commission_percent=deal.commission_percent,
        )  # fmt: skip
    return sum(change_terms(campaign, terms, by=by, now=now) for campaign, terms in wanted.items())


def _sent(brand: Brand, sendings: Sequence[Sending]) -> list[tuple[int, int, int | None]]:
    """(shipment, creator, deal) of those that left. Locked in order first, so that two senders do not meet."""
    ids = [each.shipment_id for each in sendings]
    list(Shipment.objects.filter(brand=brand, pk__in=ids).order_by("pk").select_for_update(of=("self",)).values("pk"))
    values: dict[str, Any] = {
        "brand": brand.pk, "ids": ids, "days": [each.sent_on for each in sendings],
        "carriers": [each.carrier.strip() for each in sendings],
        "trackings": [each.tracking.strip() for each in sendings],
        "costs": [each.shipping_cost for each in sendings],
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_SEND, values)
        return cursor.fetchall()


def _products(deal_ids: Iterable[int]) -> dict[int, Decimal]:
    items = ShipmentItem.objects.filter(_own_money("shipment__"), shipment__deal__in=list(deal_ids))
    left = items.exclude(unit_cost=None).order_by().values("shipment__deal")
    return dict(left.annotate(total=Sum(F("quantity") * F("unit_cost"))).values_list("shipment__deal", "total"))


def _shippings(deal_ids: Iterable[int]) -> dict[int, Decimal]:
    left = Shipment.objects.sent().filter(_own_money(""), deal__in=list(deal_ids)).order_by().values("deal")
    return dict(left.annotate(total=Sum("shipping_cost")).values_list("deal", "total"))


def _own_money(way: str) -> Q:
    """Amounts in the deal's currency; one without was written while the brand had none."""
    return (
        Q(**{f"{way}currency": ""})
        | Q(**{f"{way}deal__currency": ""})
        | Q(**{f"{way}currency": F(f"{way}deal__currency")})
    )


_SEND = """
update campaigns_shipment s
set state = 'sent', sent_on = given.sent_on,
    carrier = coalesce(nullif(given.carrier, ''), s.carrier),
    tracking = coalesce(nullif(given.tracking, ''), s.tracking),
    shipping_cost = coalesce(given.cost, s.shipping_cost)
from unnest(%(ids)s::bigint[], %(days)s::date[], %(carriers)s::text[], %(trackings)s::text[],
            %(costs)s::numeric(16,3)[]) as given (id, sent_on, carrier, tracking, cost)
where s.id = given.id and s.brand_id = %(brand)s and s.state = 'planned'
returning s.id, s.creator_id, s.deal_id"""

_FIX_COSTS = """
update campaigns_shipmentitem i set unit_cost = p.unit_cost
from campaigns_product p where p.id = i.product_id and i.shipment_id = any(%(ids)s)"""
