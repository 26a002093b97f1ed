"""The report's figures in sentences that a manager can say with a straight face."""

from datetime import date

from config.lib.estimates import Estimate
from config.lib.words import UNKNOWN, Number, count, day, money, percent, rough_money

# Below this many new customers an interval says little but "we do not know yet".
FEW = 3


def cac_sentence(estimate: Estimate, currency: str) -> str:
    """What one new customer cost, how sure that is, and what it rests on."""
    if estimate.low is None:
        return "No cost is recorded, so the cost of a new customer is not known."
    if estimate.mid is None or estimate.high is None:
        return f"No new customer yet: each would cost more than {rough_money(estimate.low, currency)}."
    low, mid, high = (rough_money(value, currency) for value in (estimate.low, estimate.mid, estimate.high))
    told = f"Each new customer cost about {mid} ({percent(estimate.level * 100)} sure: {low} to {high})"
    return f"{told}, from {counted(estimate.n, 'new customer')}."


def cac_words(estimate: Estimate, currency: str) -> str:
    """The same as an entry of a table."""
    if estimate.low is None:
        return "no cost recorded"
    low = rough_money(estimate.low, currency)
    if estimate.mid is None or estimate.high is None:
        return f"more than {low} each, no new customer yet"
    return f"{rough_money(estimate.mid, currency)} ({low} to {rough_money(estimate.high, currency)})"


def standing(estimate: Estimate) -> str:
    """What to say of a creator whose figure is not to be read as a rank; blank where it may be."""
    if estimate.low is None:
        return "no cost recorded"
    if not estimate.n:
        return "no new customer yet"
    return "too few orders" if estimate.n < FEW else ""


def target_sentence(chance: float | None, target: float, currency: str) -> str:
    """How likely the cost of a new customer lies below the target; blank where it is not known."""
    if chance is None:
        return ""
    return f"The chance that it lies below the target of {money(target, currency)} is {chance_words(chance)}."


def chance_words(chance: float | None) -> str:
    """`40%`; never a certainty, since an interval knows none; a dash where it is not known."""
    if chance is None:
        return UNKNOWN
    return "over 99%" if chance > 0.99 else "under 1%" if chance < 0.01 else percent(chance * 100, 0)


def since_sentence(first: date | None, complete: date | None) -> str:
    """What "new" means: new to the brand's records, which begin somewhere."""
    if complete and (first is None or complete <= first):
        return f"New customers are new to our records, which the brand calls complete since {day(complete)}."
    return f"New customers are new to our records since {day(first)}." if first else "No order has come in yet."


def counted(number: Number, noun: str) -> str:
    """`1 order`, `2 orders`."""
    return f"{count(number)} {noun}{'' if number == 1 else 's'}"
