"""What a longer right would cost, and the words to ask the creator with.

Paid usage and whitelisting cost a percentage (`creators.logic.usage`) of the last fee paid or of the fair rate. Where
that says nothing (organic reposts, more than 90 days, no fee known) or is in another currency, the right's own price
a day does.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_EVEN, Decimal

from config.lib.words import day as day_words
from config.lib.words import money
from creators.enums import RightKind
from creators.logic.usage import Usage, uplift_for

CENT = Decimal("0.01")


@dataclass(frozen=True)
class Renewal:
    """A right that goes on: from `first`, for `days`, for `price` (None: nothing to go by), with the reason."""

    first: date
    days: int
    price: Decimal | None
    currency: str
    reason: str

    @property
    def last_on(self) -> date:
        """The last day of the renewal."""
        return self.first + timedelta(days=self.days - 1)


@dataclass(frozen=True)
class Base:
    """The fee that usage is a percentage of, and where it is from: "the last fee paid (2 Nov 2026)"."""

    amount: Decimal
    currency: str
    words: str


@dataclass(frozen=True)
class Bought:
    """What was paid for the right itself, for how many days (None: for ever)."""

    price: Decimal | None
    days: int | None
    currency: str


def renewal(*, kind: str, end: date, days: int, base: Base | None, bought: Bought, today: date) -> Renewal:
    """The price of `days` more, rounded half-even to the cent. They begin where the right ends, or today.

    A percentage of a fee in another currency than the right's gives way to the right's own price. With nothing to go
    by there is no price, and the reason says so.
    """
    first = max(end, today)
    added, why = _by_uplift(kind, days, base)
    same, paid = _by_day(days, bought)
    if added is not None and base is not None and (same is None or base.currency == bought.currency):
        return Renewal(first, days, added, base.currency, f"{why} {paid}".strip())
    said = (
        f"{paid} The same for each day." if same is not None else "No price is recorded for this right, so name one."
    )
    if added is not None:
        said = f"That is in another currency than the right, whose own price counts. {said}"
    return Renewal(first, days, same, bought.currency, f"{why} {said}".strip())


def _by_day(days: int, bought: Bought) -> tuple[Decimal | None, str]:
    """The right's own price for as many days, and what it was."""
    if bought.price is None or not bought.days:
        return None, ""
    price = (bought.price * days / bought.days).quantize(CENT, ROUND_HALF_EVEN)
    return price, f"This right cost {money(bought.price, bought.currency)} for {bought.days} days."


def _by_uplift(kind: str, days: int, base: Base | None) -> tuple[Decimal | None, str]:
    """The percentage of the fee, on one platform, and how it came about."""
    if kind == RightKind.ORGANIC:
        return None, ""
    added = uplift_for(Usage(days=days, whitelisting=kind == RightKind.WHITELISTING))
    if added.percent is None:
        return None, added.reason
    if base is None:
        return None, "No fee of this creator is known that usage could be a percentage of."
    price = (base.amount * Decimal(str(added.percent)) / 100).quantize(CENT, ROUND_HALF_EVEN)
    return price, f"{added.reason} The fee is {base.words}: {money(base.amount, base.currency)}."


def renewal_text(
    offer: Renewal, *, name: str, use: str, piece: str, territory: str, end: date, needs: str, is_over: bool
) -> str:
    """A message to the creator, to be sent as it is. `needs` names the platform's permission to renew, if any."""
    what = f"“{piece}”" if piece else "your content"
    where = territory or "worldwide"
    last = day_words(end - timedelta(days=1))
    verb = "ended" if is_over else "ends"
    price = money(offer.price, offer.currency) if offer.price is not None else "[price]"
    lines = [
        f"Hi {name},",
        f"Our right to use {what} ({use}, {where}) {verb} on {last}. "
        f"We would like to have it for {offer.days} more days, from {day_words(offer.first)} to "
        f"{day_words(offer.last_on)}, for {price}.",
    ]
    if needs:
        lines.append(f"We would also need a new {needs} for that time.")
    lines.append("Is that all right with you?")
    return "\n\n".join(lines)
