"""Which way a deal may go, when it is paid, and which days it is about."""

from datetime import date, timedelta
from decimal import Decimal

from campaigns.enums import DealStatus as S

MOVES: dict[str, tuple[S, ...]] = {
    S.PLANNED: (S.BRIEFED, S.ACCEPTED, S.LIVE, S.CANCELLED),
    S.BRIEFED: (S.PLANNED, S.ACCEPTED, S.LIVE, S.CANCELLED),
    S.ACCEPTED: (S.BRIEFED, S.LIVE, S.COMPLETED, S.CANCELLED),
    S.LIVE: (S.ACCEPTED, S.COMPLETED, S.CANCELLED),
    S.COMPLETED: (S.LIVE,),
    S.CANCELLED: (S.PLANNED,),
}


def may_move(status: str, to: str) -> bool:
    """Whether a deal may go from one status to another."""
    return to in MOVES[status]


def sources_of(to: str) -> list[str]:
    """The statuses from which a deal may come to `to`."""
    return [status for status in MOVES if may_move(status, to)]


def is_paid(fee: Decimal, commission_percent: Decimal) -> bool:
    """Whether a creator is paid money: a fee or a commission. Without either the deal is a gift."""
    return fee > 0 or commission_percent > 0


def days_at_stake(starts_on: date | None, ends_on: date | None, *, today: date) -> tuple[date, date | None]:
    """First day and day after the last in which a new deal would be at work, given the dates it has.

    What lies behind is not at stake any more, but for a deal that is over already.
    """
    end = ends_on + timedelta(days=1) if ends_on else None
    first = starts_on or today
    if end is None or end > today:
        return max(first, today), end
    return min(first, ends_on or first), end
