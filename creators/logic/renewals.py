"""What a longer right would cost by its own price, and the words to ask the creator with."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_EVEN, Decimal

from config.lib.words import day as day_words
from config.lib.words import money

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


def renewal(
    *, end: date, days: int, paid: Decimal | None, paid_days: int | None, currency: str, today: date
) -> Renewal:
    """The same price a day as was paid, rounded half-even to the cent. It begins where the right ends, or today.

    Without a price or an end there is nothing to go by, and the reason says so.
    """
    first = max(end, today)
    if paid is None or not paid_days:
        return Renewal(first, days, None, currency, "No price is recorded for this right, so name one.")
    price = (paid * days / paid_days).quantize(CENT, ROUND_HALF_EVEN)
    reason = f"{money(paid, currency)} for {paid_days} days, the same for each day."
    return Renewal(first, days, price, currency, reason)


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
        f"our right to use {what} ({use}, {where}) {verb} on {last}. "
        f"We would like to have it for {offer.days} more days, from {day_words(offer.first)} to "
        f"{day_words(offer.last_on)}, for {price}.",
    ]
    if needs:
        lines.append(f"We would also need a new {needs} for that time.")
    lines.append("Is that all right with you?")
    return "\n\n".join(lines)
