"""The codes of a report that a person should look at, with the numbers behind them."""

from dataclasses import dataclass
from datetime import datetime

from results.enums import CreditRule
from results.logic.dominance import Burst, Shares, burst, is_dominant, sentence
from results.models import Credit
from results.queries.policies import CODE_FIRST
from results.queries.reports import CacReport, DealRow, in_period


@dataclass(frozen=True)
class DominantCode:
    """A deal's code that brings much of everything. It changes nothing in the report."""

    row: DealRow
    shares: Shares
    burst: Burst

    @property
    def sentence(self) -> str:
        """The numbers in words."""
        return sentence(self.shares, self.burst)


def dominant_codes(report: CacReport) -> list[DominantCode]:
    """The dominant codes of a report under code-first-1, the heaviest first; other policies do not rest on codes."""
    if report.query.policy != CODE_FIRST:
        return []
    heavy = [(row, _shares(row, report)) for row in report.rows]
    heavy = [(row, shares) for row, shares in heavy if is_dominant(shares, creators=report.deals)]
    heavy.sort(key=lambda pair: -pair[1].new_customers)
    return [DominantCode(row, shares, burst(_moments(row, report))) for row, shares in heavy]


def _shares(row: DealRow, report: CacReport) -> Shares:
    # Whole numbers under code-first-1, the only policy that gets here.
    own, every = row.figures.credit, report.totals.credit
    return Shares(
        new_customers=int(own.new_customers),
        all_new_customers=int(every.new_customers),
        orders=int(own.code_orders),
        linked=int(own.corroborated),
        others_orders=int(every.code_orders - own.code_orders),
        others_linked=int(every.corroborated - own.corroborated),
    )


def _moments(row: DealRow, report: CacReport) -> list[datetime]:
    uses = Credit.objects.filter(brand=report.query.brand, deal=row.deal, rule=CreditRule.CODE)
    uses = uses.filter(in_period(report.query, "order__ordered_at"), order__not_counted="")
    return list(uses.order_by().values_list("order__ordered_at", flat=True))
