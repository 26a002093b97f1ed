"""Which way a parcel may go: the table that the actions and every menu read."""

from campaigns.enums import ShipmentState as S

MOVES: dict[str, tuple[S, ...]] = {
    S.PLANNED: (S.SENT, S.CANCELLED),
    S.SENT: (S.DELIVERED, S.RETURNED),
    S.DELIVERED: (S.RETURNED,),
    S.RETURNED: (),
    S.CANCELLED: (),
}
DAY_OF = {S.DELIVERED: "delivered_on", S.RETURNED: "ended_on", S.CANCELLED: "ended_on"}
"""Where the day of a move is kept. Sending has an action of its own."""


def sources_of(to: str) -> list[str]:
    """The states from which a parcel may come to `to`."""
    return [state for state, ways in MOVES.items() if to in ways]
