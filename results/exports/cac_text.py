"""The CAC report in words: what it says, what its figures mean, and the whole of it for a terminal."""

from config.lib import words
from config.lib.words import money
from results.logic.sentences import cac_sentence, cac_words, counted, since_sentence, target_sentence
from results.logic.text_table import text_table
from results.queries.dominance import dominant_codes
from results.queries.policies import CODE_FIRST, FIRST_CLICK, LINEAR, LINK_FIRST
from results.queries.reports import CacReport, Figures

_HEADER = ("Creator", "Code", "Orders", "New", "Unknown", "Net", "Cost", "ROAS", "Cost of a new customer")


def report_text(report: CacReport) -> str:
    """The report for a terminal, a line a deal."""
    query, currency = report.query, report.query.brand.currency
    rows = [_cells(row.handle, row.code or "", row.figures, currency) for row in report.rows]
    table = text_table(_HEADER, [*rows, _cells("Total", "", report.totals, currency)], left=2)
    head = f"{query.campaign.name}, {period_words(report)}, {query.policy}, {counted(report.deals, 'deal')}"
    # The text of the stored policy stays as it always was.
    credited = [] if query.policy == CODE_FIRST else [credit_sentence(report)]
    notes = [
        *credited,
        *footnotes(report),
        *(f"{code.row.handle}: {code.sentence}." for code in dominant_codes(report)),
    ]
    return "\n".join([head, *summary(report), "", table, "", *notes])


def period_words(report: CacReport) -> str:
    """`all time`, `from 1 Mar 2026`, `1 Mar 2026 to 31 Mar 2026`."""
    first, last = report.query.first, report.query.last
    if first and last:
        return f"{words.day(first)} to {words.day(last)}"
    return f"from {words.day(first)}" if first else f"up to {words.day(last)}" if last else "all time"


def summary(report: CacReport) -> list[str]:
    """What a new customer cost, and how that stands to the target."""
    totals, currency = report.totals, report.query.brand.currency
    said = [cac_sentence(totals.estimate, currency)]
    if report.query.target is not None:
        said.append(target_sentence(totals.cac.p_below_target, float(report.query.target), currency))
    return [sentence for sentence in said if sentence]


_CREDIT = {
    CODE_FIRST: "a code on the order goes before a link.",
    LINK_FIRST: "a link on the order goes before a code. Computed for this report, not stored.",
    FIRST_CLICK: "the earliest touch that names a creator: the click whose id the order carries, if it lies in the "
    "30 days before it, else the order's UTMs, else its code. Computed for this report, not stored.",
    LINEAR: "equal shares for the creators whom an order's code, UTMs and click name, so counts are sums of shares, "
    "and an interval takes such a sum as that many customers. Computed for this report, not stored.",
}


def credit_sentence(report: CacReport) -> str:
    """Who gets an order under the report's policy."""
    return f"Credit by {report.query.policy}: {_CREDIT[report.query.policy]}"


def footnotes(report: CacReport) -> list[str]:
    """What the figures hold and what they leave out."""
    return [note for note in (*_about_people(report), *_about_money(report)) if note]


def _about_people(report: CacReport) -> list[str]:
    credit = report.totals.credit
    unknown = f"{counted(credit.unknown_customers, 'order')} without an e-mail may or may not be a new customer's."
    disputed = f"{counted(credit.conflicts, 'order')} also carried evidence for another creator."
    return [
        since_sentence(report.since, report.query.brand.history_complete_on),
        unknown if credit.unknown_customers else "",
        disputed if credit.conflicts else "",
    ]


def _about_money(report: CacReport) -> list[str]:
    costs, currency = report.totals.costs, report.query.brand.currency
    apart = ", ".join(money(amount, code) for code, amount in costs.apart.items())
    beside = f"boost {money(costs.boost, currency)} and overhead {money(costs.overhead, currency)}"
    started = "A deal's costs, its commission included, fall in the period of the deal's start."
    waiting = f"{counted(report.waiting, 'order')} of this brand in a foreign currency without a rate: in no sum."
    return [
        f"Cost is {_parts(report.totals, currency)}.",
        f"Not in the cost: {beside}." if costs.boost or costs.overhead else "",
        started if report.query.first or report.query.last else "",
        f"Costs in other currencies, in no sum: {apart}." if apart else "",
        waiting if report.waiting else "",
        "Net is after refunds; a shop's refund amount may hold tax and shipping.",
    ]


def _parts(figures: Figures, currency: str) -> str:
    costs = figures.costs
    named = [("fees", costs.fee), ("product", costs.product), ("shipping", costs.shipping), ("other", costs.other)]
    parts = [f"{name} {money(amount, currency)}" for name, amount in named if amount or name != "other"]
    return f"{', '.join(parts)} and commission {money(figures.commission, currency)}"


def _cells(handle: str, code: str, figures: Figures, currency: str) -> list[str]:
    credit = figures.credit
    counts = [words.count(n) for n in (credit.orders, credit.new_customers, credit.unknown_customers)]
    amounts = [money(credit.net, currency), money(figures.cost, currency)]
    roas = words.UNKNOWN if figures.roas is None else f"{figures.roas:.2f}"
    return [handle, code, *counts, *amounts, roas, cac_words(figures.estimate, currency)]
