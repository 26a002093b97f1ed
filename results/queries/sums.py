"""What was credited to each deal, summed by the database: from the roll-up, the credits, or under another policy.

One text defines the facts of a deal's day; the roll-up stores it and a report reads it live where the seal is broken.
Written as SQL, since Django cannot join a sum to a sum; the brand stands in every one of its conditions.
"""

# ruff: noqa: S608 - these texts are put together from constants only

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import connection
from django.db.backends.utils import CursorWrapper

from campaigns.models import Campaign, Deal
from results.enums import CreditRule, EvidenceKind
from team.models import Brand

CODE_FIRST = "code-first-1"
LINK_FIRST = "link-first-1"
POLICIES = (CODE_FIRST, LINK_FIRST)
_ZERO = Decimal(0)


@dataclass(frozen=True)
class CreditSums:
    """Sums over the orders of one deal. Amounts in the brand's currency; `commission` is that of all days."""

    orders: int = 0
    code_orders: int = 0
    link_orders: int = 0
    new_customers: int = 0
    unknown_customers: int = 0
    gross: Decimal = _ZERO
    net: Decimal = _ZERO
    commission: Decimal = _ZERO
    corroborated: int = 0
    conflicts: int = 0

    @classmethod
    def total(cls, sums: Iterable["CreditSums"]) -> "CreditSums":
        """All of them together."""
        rows = list(sums)
        totals: dict[str, Any] = {name: sum(getattr(row, name) for row in rows) for name in COLUMNS}
        return cls(**totals) if rows else cls()


COLUMNS = tuple(field.name for field in fields(CreditSums))

# Credits of `deals`, each with what the evidence that lost says beside the rule that won. Most orders have none.
_CREDITS = f"""
SELECT c.deal_id, c.order_id, c.rule, c.commission, coalesce(v.linked, false) AS linked,
       coalesce(v.disputed, false) AS disputed
FROM results_credit c
LEFT JOIN (
    SELECT e.order_id, bool_or(e.kind <> '{EvidenceKind.CODE}' AND e.creator_id = d.creator_id) AS linked,
           bool_or(e.creator_id <> d.creator_id) AS disputed
    FROM results_credit k
    JOIN campaigns_deal d ON d.id = k.deal_id
    JOIN results_evidence e ON e.order_id = k.order_id AND e.could_win AND NOT e.won
    WHERE k.brand_id = %(brand)s AND k.deal_id = ANY(%(deals)s) AND e.brand_id = %(brand)s
    GROUP BY e.order_id
) v ON v.order_id = c.order_id
WHERE c.brand_id = %(brand)s AND c.deal_id = ANY(%(deals)s)
"""

# The same under link-first-1: the first link that counts, else the first code; commission half-even per order.
_LINK_FIRST = f"""
SELECT t.deal_id, t.order_id, t.rule, t.linked, t.disputed,
       CASE WHEN mod(abs(cents), 1) = 0.5 THEN 2 * round(cents / 2) ELSE round(cents) END / 100 AS commission
FROM (
    SELECT DISTINCT ON (e.order_id) e.order_id, e.deal_id, o.net * d.commission_percent AS cents,
           CASE e.kind WHEN '{EvidenceKind.CODE}' THEN '{CreditRule.CODE}' ELSE '{CreditRule.LINK}' END AS rule,
           bool_or(e.kind <> '{EvidenceKind.CODE}') OVER same_order AS linked,
           min(e.creator_id) OVER same_order <> max(e.creator_id) OVER same_order AS disputed
    FROM results_evidence e
    JOIN results_order o ON o.id = e.order_id
    JOIN campaigns_deal d ON d.id = e.deal_id
    WHERE e.brand_id = %(brand)s AND o.brand_id = %(brand)s AND o.not_counted = '' AND e.could_win
    WINDOW same_order AS (PARTITION BY e.order_id)
    ORDER BY e.order_id, (e.kind = '{EvidenceKind.CODE}'), (e.kind <> '{EvidenceKind.UTM_ID}'), e.won DESC, e.id
) t
WHERE t.deal_id = ANY(%(deals)s)
"""

_DAYS = f"""
SELECT c.deal_id, (o.ordered_at AT TIME ZONE %(zone)s)::date AS day_on, count(*) AS orders,
       count(*) FILTER (WHERE c.rule = '{CreditRule.CODE}') AS code_orders,
       count(*) FILTER (WHERE c.rule = '{CreditRule.LINK}') AS link_orders,
       count(*) FILTER (WHERE o.is_first) AS new_customers,
       count(*) FILTER (WHERE o.customer = '') AS unknown_customers,
       sum(o.gross) AS gross, sum(o.net) AS net, sum(c.commission) AS commission,
       count(*) FILTER (WHERE c.rule = '{CreditRule.CODE}' AND c.linked) AS corroborated,
       count(*) FILTER (WHERE c.disputed) AS conflicts
FROM ({{credits}}) c
JOIN results_order o ON o.id = c.order_id AND o.brand_id = %(brand)s AND o.not_counted = ''
GROUP BY 1, 2
"""
STORED_DAYS = _DAYS.format(credits=_CREDITS)
_LINK_FIRST_DAYS = _DAYS.format(credits=_LINK_FIRST)

_SEALED = """
SELECT s.deal_id FROM results_creditseal s
WHERE s.brand_id = %(brand)s AND s.deal_id = ANY(%(deals)s) AND s.time_zone = %(zone)s
"""
_ROLLED_UP = f"SELECT deal_id, day_on, {', '.join(COLUMNS)} FROM results_creditday WHERE deal_id = ANY(%(sealed)s)"

# Commission is that of all days: a deal's cost falls into one period as a whole.
_IN_PERIOD = (
    "FILTER (WHERE day_on BETWEEN coalesce(%(first)s::date, '-infinity') AND coalesce(%(last)s::date, 'infinity'))"
)


def _sums(sources: list[str], *, within: str) -> str:
    """The sums of each deal over days from some sources; `within` filters all but the commission."""
    columns = ", ".join(
        f"coalesce(sum({name}) {'' if name == 'commission' else within}, 0){'::int' if kind is int else ''}"
        for name, kind in _KINDS.items()
    )
    return f"SELECT deal_id, {columns} FROM ({' UNION ALL '.join(sources)}) days GROUP BY deal_id"


_KINDS = {field.name: field.type for field in fields(CreditSums)}


def credit_by_deal(
    brand: Brand, deals: Iterable[int], *, policy: str, first: date | None, last: date | None
) -> dict[int, CreditSums]:
    """Sums of each deal with any credit under `policy`, over the brand's days `first` to `last`, both included."""
    asked = sorted(deals)
    given: dict[str, Any] = {"brand": brand.pk, "deals": asked, "zone": brand.time_zone, "first": first, "last": last}
    within = _IN_PERIOD if first or last else ""
    with connection.cursor() as cursor:
        sources = [_LINK_FIRST_DAYS] if policy == LINK_FIRST else _stored_sources(cursor, given)
        cursor.execute(_sums(sources, within=within), given)
        return {deal: CreditSums(**dict(zip(COLUMNS, sums, strict=True))) for deal, *sums in cursor.fetchall()}


def _stored_sources(cursor: CursorWrapper, given: dict[str, Any]) -> list[str]:
    """The roll-up for sealed deals, the credits themselves for the others, which `given` then names apart."""
    cursor.execute(_SEALED, given)
    sealed = [deal for (deal,) in cursor.fetchall()]
    given |= {"sealed": sealed, "deals": sorted(set(given["deals"]) - set(sealed))}
    return [_ROLLED_UP, STORED_DAYS] if given["deals"] else [_ROLLED_UP]


@dataclass(frozen=True)
class LinkFirstCredit:
    """One order as link-first-1 would credit it; `order` and `deal` are their ids."""

    order: int
    deal: int
    handle: str
    rule: str
    commission: Decimal


_LINK_FIRST_ORDERS = f"""
SELECT c.order_id, c.deal_id, p.handle, c.rule, c.commission
FROM ({_LINK_FIRST}) c
JOIN campaigns_deal d ON d.id = c.deal_id
JOIN creators_profile p ON p.id = d.profile_id
"""


def link_first_credits(brand: Brand, campaign: Campaign) -> list[LinkFirstCredit]:
    """The orders that link-first-1 would credit to the campaign's deals. Nothing is stored."""
    deals = list(Deal.objects.filter(brand=brand, campaign=campaign).values_list("pk", flat=True))
    with connection.cursor() as cursor:
        cursor.execute(_LINK_FIRST_ORDERS, {"brand": brand.pk, "deals": deals})
        return [LinkFirstCredit(*row) for row in cursor.fetchall()]
