"""Which way a deal may go: the table that the one action for statuses and every menu read."""

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
