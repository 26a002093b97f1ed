"""What each creator brought a brand, summed up anew for the list of creators. Repeating it changes nothing."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from campaigns.models import Deal
from results.logic.cac import cac_of_creators
from results.models import Outcome
from results.queries.reports import Figures, Lens, figures_of
from team.models import Brand

_FIELDS = ["deals", "cost", "orders", "new_customers", "low", "mid", "high", "method", "target", "made_at"]


def sum_up(brand: Brand, *, now: datetime) -> int:
    """Replace the brand's outcomes by what its deals say now. How many creators it has worked with.

    Cancelled deals are no deals, but what was spent on them and what came of them stays counted.
    """
    deals = list(Deal.objects.filter(brand=brand).select_related("campaign").order_by("pk"))
    by_creator: dict[int, list[tuple[Deal, Figures]]] = defaultdict(list)
    for deal, figures in zip(deals, figures_of(Lens(brand=brand), deals), strict=True):
        by_creator[deal.creator_id].append((deal, figures))
    rows = [_outcome(brand, creator, found, now) for creator, found in by_creator.items()]
    _estimate(rows)
    Outcome.objects.filter(brand=brand).exclude(creator__in=list(by_creator)).delete()
    Outcome.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["brand", "creator"], update_fields=_FIELDS, batch_size=1000
    )
    return len(rows)


def _outcome(brand: Brand, creator: int, found: Sequence[tuple[Deal, Figures]], now: datetime) -> Outcome:
    targets = [deal.campaign.target_cac for deal, _ in found if deal.campaign.target_cac is not None]
    return Outcome(
        brand=brand, creator_id=creator, made_at=now,
        deals=sum(deal.status != "cancelled" for deal, _ in found),
        cost=max(sum((figures.cost for _, figures in found), Decimal(0)), Decimal(0)),
        orders=sum(int(figures.credit.orders) for _, figures in found),
        new_customers=sum(int(figures.credit.new_customers) for _, figures in found),
        target=targets[-1] if targets else None,
    )  # fmt: skip


def _estimate(rows: Sequence[Outcome]) -> None:
    found = cac_of_creators([float(row.new_customers) for row in rows], [float(row.cost) for row in rows])
    for row, cac in zip(rows, found, strict=True):
        row.low, row.mid, row.high = cac.estimate.low, cac.estimate.mid, cac.estimate.high
        row.method = cac.estimate.method
