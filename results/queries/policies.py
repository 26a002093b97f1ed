"""Who gets an order under the policies that are not stored, computed from the evidence on it, and from its click.

`link-first-1`: the first link that counts, else the first code. `first-click-1`: the earliest touch that names a
creator: the click whose id the order carries, if it lies in the 30 days before it; else its UTMs, which were there
before anything was typed; else the first code, typed at the checkout. `linear-1`: equal shares for the creators whom
these name. An order carries the latest landing alone, so no policy knows of landings before that.
"""

# ruff: noqa: S608 - these texts are put together from constants only

from dataclasses import dataclass
from decimal import Decimal

from django.db import connection

from campaigns.enums import Medium
from campaigns.models import Campaign, Deal
from results.enums import CreditRule, EvidenceKind
from team.models import Brand

CODE_FIRST = "code-first-1"
LINK_FIRST = "link-first-1"
FIRST_CLICK = "first-click-1"
LINEAR = "linear-1"
POLICIES = (CODE_FIRST, LINK_FIRST, FIRST_CLICK, LINEAR)

_CODE, _LINK = f"'{EvidenceKind.CODE}'", f"'{EvidenceKind.UTM_ID}'"
_CLICK = f"'{EvidenceKind.CLICK_ID}'"
_RULE = f"CASE kind WHEN {_CODE} THEN '{CreditRule.CODE}' ELSE '{CreditRule.LINK}' END"
# The deal's percent of its share of net, half-even to the cent per order.
_COMMISSION = "CASE WHEN mod(abs(cents), 1) = 0.5 THEN 2 * round(cents / 2) ELSE round(cents) END / 100"

_NAMED = """
SELECT e.order_id, e.deal_id, e.creator_id, e.kind, e.won, e.id, o.net
FROM results_evidence e JOIN results_order o ON o.id = e.order_id
WHERE e.brand_id = %(brand)s AND o.brand_id = %(brand)s AND o.not_counted = '' AND e.could_win
"""
_CLICKED = f"""
SELECT e.order_id, d.id, d.creator_id, e.kind, e.won, e.id, o.net
FROM results_evidence e
JOIN results_order o ON o.id = e.order_id
JOIN results_click k ON k.brand_id = %(brand)s AND o.ordered_at >= k.clicked_at
     AND o.ordered_at < k.clicked_at + interval '30 days' AND k.id = CASE
     WHEN e.value ~ '^[0-9a-f]{{8}}-([0-9a-f]{{4}}-){{3}}[0-9a-f]{{12}}$' THEN e.value::uuid END
JOIN campaigns_trackinglink l ON l.id = k.link_id AND l.medium = '{Medium.INFLUENCER}'
JOIN campaigns_deal d ON d.id = l.deal_id
WHERE e.brand_id = %(brand)s AND o.brand_id = %(brand)s AND o.not_counted = '' AND e.kind = {_CLICK}
"""


def _chosen(touches: str, *, order: str) -> str:
    """All of an order to the first of its touches."""
    return f"""
SELECT t.deal_id, t.order_id, t.rule, t.linked, t.disputed, 1 AS share, {_COMMISSION} AS commission
FROM (
    SELECT DISTINCT ON (t.order_id) t.order_id, t.deal_id, t.net * d.commission_percent AS cents, {_RULE} AS rule,
           bool_or(kind <> {_CODE}) OVER same_order AS linked,
           min(t.creator_id) OVER same_order <> max(t.creator_id) OVER same_order AS disputed
    FROM ({touches}) t JOIN campaigns_deal d ON d.id = t.deal_id
    WINDOW same_order AS (PARTITION BY t.order_id)
    ORDER BY t.order_id, {order}, won DESC, t.id
) t
WHERE t.deal_id = ANY(%(deals)s)
"""


_LINKS_FIRST = f"(kind = {_CODE}), (kind <> {_LINK})"
_CLICKS_FIRST = f"(kind <> {_CLICK}), {_LINKS_FIRST}"
_CODES_FIRST = f"(kind <> {_CODE}), (kind = {_CLICK}), (kind <> {_LINK})"
_TOUCHES = f"{_NAMED} UNION ALL {_CLICKED}"

# A creator whom several touches name has one share, for the deal of that which code-first would take.
_SHARED = f"""
SELECT t.deal_id, t.order_id, t.rule, t.linked, t.disputed, t.share, {_COMMISSION} AS commission
FROM (
    SELECT t.*, n > 1 AS disputed, 1.0 / n AS share, t.net * d.commission_percent / n AS cents
    FROM (
        SELECT each.*, count(*) OVER (PARTITION BY order_id) AS n
        FROM (
            SELECT DISTINCT ON (order_id, creator_id) order_id, creator_id, deal_id, net, {_RULE} AS rule,
                   bool_or(kind <> {_CODE}) OVER (PARTITION BY order_id, creator_id) AS linked
            FROM ({_TOUCHES}) t
            ORDER BY order_id, creator_id, {_CODES_FIRST}, won DESC, id
        ) each
    ) t JOIN campaigns_deal d ON d.id = t.deal_id
) t
WHERE t.deal_id = ANY(%(deals)s)
"""

# The credits of `deals` under each, one row an order and deal: deal, order, rule, commission, share, and whether a
# link names the same creator (`linked`) and anything another one (`disputed`).
UNSTORED = {
    LINK_FIRST: _chosen(_NAMED, order=_LINKS_FIRST),
    FIRST_CLICK: _chosen(_TOUCHES, order=_CLICKS_FIRST),
    LINEAR: _SHARED,
}


@dataclass(frozen=True)
class UnstoredCredit:
    """An order, or its `share`, as a policy gives it to a deal without storing it; `order` and `deal` are ids."""

    order: int
    deal: int
    handle: str
    rule: str
    commission: Decimal
    share: Decimal
    disputed: bool


def unstored_credits(brand: Brand, campaign: Campaign, *, policy: str) -> list[UnstoredCredit]:
    """What a policy of `UNSTORED` would credit to the campaign's deals."""
    deals = list(Deal.objects.filter(brand=brand, campaign=campaign).values_list("pk", flat=True))
    with connection.cursor() as cursor:
        cursor.execute(_with_handles(UNSTORED[policy]), {"brand": brand.pk, "deals": deals})
        return [UnstoredCredit(*row) for row in cursor.fetchall()]


def _with_handles(credits: str) -> str:
    return f"""
SELECT c.order_id, c.deal_id, p.handle, c.rule, c.commission, c.share::numeric, c.disputed
FROM ({credits}) c
JOIN campaigns_deal d ON d.id = c.deal_id
JOIN creators_profile p ON p.id = d.profile_id
ORDER BY c.order_id, p.handle, c.deal_id
"""
