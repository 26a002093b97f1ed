"""What a new customer through one creator cost a brand, over all deals of that brand together."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from campaigns.models import Deal
from creators.models import Creator
from results.queries.reports import Figures, Lens, figures_of, first_order_day, totalled
from team.models import Brand


@dataclass(frozen=True)
class CreatorCac:
    """The figures of all time under code-first-1. `others` are further brands of the scope with deals."""

    brand: Brand
    deals: Sequence[Deal]
    figures: Figures
    since: date | None
    others: Sequence[Brand]


def creator_cac(creator: Creator, *, brand: Brand | None) -> CreatorCac | None:
    """For the brand, or where the creator has no deal there, for another of the open scope; None without a deal.

    The estimate learns from nobody (`poisson-jeffreys-1`), as that of any total.
    """
    found = Deal.objects.active().filter(creator=creator).select_related("campaign", "brand").order_by("-created_at")
    deals = list(found)
    brands = list(dict.fromkeys(deal.brand for deal in deals))
    chosen = brand if brand in brands else next(iter(brands), None)
    if chosen is None:
        return None
    own = [deal for deal in deals if deal.brand == chosen]
    figures = totalled(figures_of(Lens(brand=chosen), own), target=None)
    others = [each for each in brands if each != chosen]
    return CreatorCac(chosen, own, figures, first_order_day(chosen), others)
