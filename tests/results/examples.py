"""What the tests of reports have in common: credited orders with their evidence, made without an import."""

from decimal import Decimal

from results.models import Credit, Evidence
from tests.factories import make_order


def make_credit(deal, *, rule="code", commission="0", others=(), **fields):
    """An order credited to `deal`, with winning evidence, and losing evidence for `others`: pairs (deal, kind)."""
    order = make_order(deal.brand, **fields)
    Credit.objects.create(
        brand=deal.brand, order=order, deal=deal, rule=rule, policy="code-first-1", commission=Decimal(commission)
    )
    won = "code" if rule == "code" else "utm_content"
    make_evidence(order, deal, won, won=True, reason="The only one.")
    for other, kind in others:
        make_evidence(order, other, kind, won=False, reason="A code goes before a link.")
    return order


def make_evidence(order, deal, kind, **fields):
    """Something on an order that points at a deal's creator."""
    return Evidence.objects.create(
        brand=order.brand,
        order=order,
        kind=kind,
        value="X",
        creator=deal.creator,
        deal=deal,
        could_win=True,
        **fields,
    )
