"""Cost lines by hand. A line is never changed: a reversing line takes it back."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction

from campaigns.enums import TERM_KINDS, CostKind
from campaigns.models import CostLine, Deal
from team.models import User


class AlreadyReversed(Exception):
    """The line was taken back before, or is itself the taking back of another."""


def add_cost(
    deal: Deal, kind: CostKind | str, amount: Decimal, note: str, by: User | None, now: datetime
) -> CostLine:
    """Add one cost beside those that follow from the deal's terms, in the brand's currency."""
    return CostLine.objects.create(
        brand_id=deal.brand_id, deal=deal, kind=kind, amount=amount, currency=deal.currency, note=note,
        made_by=by, made_at=now,
    )  # fmt: skip


@transaction.atomic
def reverse_cost(line: CostLine, by: User | None, now: datetime, note: str = "") -> CostLine:
    """Take a line back in full. Where it follows from the deal's terms, the term becomes 0 with it."""
    deal = Deal.objects.select_for_update().get(pk=line.deal_id)
    if line.reverses_id or CostLine.objects.filter(reverses=line).exists():
        raise AlreadyReversed("This line is already taken back.")
    if line.from_terms:
        setattr(deal, TERM_KINDS[CostKind(line.kind)], Decimal(0))
        deal.save(update_fields=[TERM_KINDS[CostKind(line.kind)]])
    return CostLine.objects.create(
        brand_id=line.brand_id, deal=deal, kind=line.kind, amount=-line.amount, currency=line.currency,
        from_terms=line.from_terms, note=note, reverses=line, made_by=by, made_at=now,
    )  # fmt: skip
