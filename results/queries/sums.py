"""What was credited to each deal, summed by the database: from the roll-up, the credits, or under another policy.

One text defines the facts of a deal's day; the roll-up stores it and a report reads it live where the seal is broken.
Written as SQL, since Django cannot join a sum to a sum; the brand stands in every one of its conditions.
"""

# ruff: noqa: S608 - these texts are put together from constants only

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import connection
from django.db.backends.utils import CursorWrapper

from results.enums import CreditRule, EvidenceKind
from results.queries.policies import LINEAR, UNSTORED
from team.models import Brand

Count = int | Decimal  # a number of orders or customers: whole but for a policy that shares orders
_ZERO = Decimal(0)


@dataclass(frozen=True)
class CreditSums:
    """Sums over the orders of one deal. Amounts in the brand's currency; `commission` is that of all days."""

    orders: Count = 0
    code_orders: Count = 0
    link_orders: Count = 0
    new_customers: Count = 0
    unknown_customers: Count = 0
    gross: Decimal = _ZERO
    net: Decimal = _ZERO
    commission: Decimal = _ZERO
    corroborated: Count = 0
    conflicts: Count = 0

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
# An order that is shared counts for each creator by its share; `commission` is of the share already.
_SHARED_DAYS = re.sub(r"sum\(o\.(\w+)\)", r"sum(c.share * o.\1)", _DAYS.replace("count(*)", "sum(c.share)"))
_UNSTORED_DAYS = {
    policy: (_SHARED_DAYS if policy == LINEAR else _DAYS).format(credits=credits)
    for policy, credits in UNSTORED.items()
}

_SEALED = """
SELECT s.deal_id FROM results_creditseal s
WHERE s.brand_id = %(brand)s AND s.deal_id = ANY(%(deals)s) AND s.time_zone = %(zone)s
"""
_ROLLED_UP = f"SELECT deal_id, day_on, {', '.join(COLUMNS)} FROM results_creditday WHERE deal_id = ANY(%(sealed)s)"

# Commission is that of all days: a deal's cost falls into one period as a whole.
_IN_PERIOD = (
    "FILTER (WHERE day_on BETWEEN coalesce(%(first)s::date, '-infinity') AND coalesce(%(last)s::date, 'infinity'))"
)


def _sums(sources: list[str], *, within: str, whole: Collection[str]) -> str:
    """The sums of each deal over days from some sources; `within` filters all but the commission."""
    columns = ", ".join(
        f"coalesce(sum({name}) {'' if name == 'commission' else within}, 0){'::int' if name in whole else ''}"
        for name in COLUMNS
    )
    return f"SELECT deal_id, {columns} FROM ({' UNION ALL '.join(sources)}) days GROUP BY deal_id"


_COUNTS = frozenset(field.name for field in fields(CreditSums) if field.type == Count)


def credit_by_deal(
    brand: Brand, deals: Iterable[int], *, policy: str, first: date | None, last: date | None
) -> dict[int, CreditSums]:
    """Sums of each deal with any credit under `policy`, over the brand's days `first` to `last`, both included."""
    asked = sorted(deals)
    given: dict[str, Any] = {"brand": brand.pk, "deals": asked, "zone": brand.time_zone, "first": first, "last": last}
    within = _IN_PERIOD if first or last else ""
    with connection.cursor() as cursor:
        sources = [_UNSTORED_DAYS[policy]] if policy in UNSTORED else _stored_sources(cursor, given)
        cursor.execute(_sums(sources, within=within, whole=() if policy == LINEAR else _COUNTS), given)
        return {deal: CreditSums(**dict(zip(COLUMNS, sums, strict=True))) for deal, *sums in cursor.fetchall()}


def _stored_sources(cursor: CursorWrapper, given: dict[str, Any]) -> list[str]:
    """The roll-up for sealed deals, the credits themselves for the others, which `given` then names apart."""
    cursor.execute(_SEALED, given)
    sealed = [deal for (deal,) in cursor.fetchall()]
    given |= {"sealed": sealed, "deals": sorted(set(given["deals"]) - set(sealed))}
    return [_ROLLED_UP, STORED_DAYS] if given["deals"] else [_ROLLED_UP]
