"""Creators about whom there are doubts stay out of new deals, unless somebody gives a reason that is then kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from campaigns.models import Campaign
from campaigns.queries.doubts import Doubts, Unpaid, doubts_about, unpaid_so_far
from creators.queries.assessments import Confirmation


class Doubted(Exception):
    """There are doubts about somebody, and no reason to take them all the same. The text names one."""


class SignalsConfirmed(Doubted):
    """Somebody's signals were confirmed."""


class NotVetted(Doubted):
    """Somebody is to be paid without a verdict that they fit."""


class EngagedElsewhere(Doubted):
    """Somebody promised the campaign's category to another brand."""


class AskedForSilence(Doubted):
    """Somebody asked not to be contacted. No reason helps."""


@dataclass(frozen=True)
class Reasons:
    """Why creators are taken all the same; blank is no reason.

    `overruled`: against confirmed signals. `unvetted`: paid without a verdict. `refused`: against the verdict "no".
    `engaged`: against a promise to another brand.
    """

    overruled: str = ""
    unvetted: str = ""
    refused: str = ""
    engaged: str = ""


NO_REASONS = Reasons()
_MOST = 300


@dataclass(frozen=True)
class Kept:
    """What is written down in one deal."""

    overruled: str = ""
    unvetted: str = ""
    engaged: str = ""


def reasons_to_keep(
    campaign: Campaign,
    paid_by_creator: Mapping[int, bool],
    reasons: Reasons,
    *,
    today: date,
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> dict[int, Kept]:
    """What to write down in the deal of each creator, new or given other terms; `paid_by_creator` says who is paid.

    Raises a `Doubted` where a reason is missing. Who is in the campaign already is asked about only on beginning to
    be paid.
    """
    doubts = doubts_about(campaign, paid_by_creator, today=today, starts_on=starts_on, ends_on=ends_on)
    paid = [pk for pk, is_paid in paid_by_creator.items() if is_paid]
    unpaid = unpaid_so_far(campaign, paid) if paid else Unpaid({}, frozenset())
    _refuse(doubts, unpaid, frozenset(paid), reasons)
    refused = {*doubts.refused, *unpaid.refused}
    unvetted = (doubts.unvetted & frozenset(paid)) | unpaid.unvetted
    found = {*doubts.confirmed, *doubts.engaged, *refused, *unvetted}
    return {
        pk: Kept(
            overruled=_cut(reasons.overruled, pk in doubts.confirmed),
            unvetted=_cut(reasons.refused, pk in refused) or _cut(reasons.unvetted, pk in unvetted),
            engaged=_cut(reasons.engaged, pk in doubts.engaged),
        )
        for pk in found
    }


def _refuse(doubts: Doubts, unpaid: Unpaid, paid: frozenset[int], reasons: Reasons) -> None:
    for silent in doubts.silent.values():
        raise AskedForSilence(f"{silent.name} asked not to be contacted, so there is no new deal.")
    for confirmation in doubts.confirmed.values() if not reasons.overruled.strip() else ():
        raise SignalsConfirmed(words_of(confirmation))
    for engaged in doubts.engaged.values() if not reasons.engaged.strip() else ():
        raise EngagedElsewhere(f"{engaged.name} is {engaged.words}. Give a reason to add this creator all the same.")
    for said in [*doubts.refused.values(), *unpaid.refused.values()] if not reasons.refused.strip() else ():
        raise NotVetted(f"The verdict on {said.name} is no: {said.reason.rstrip('.')}. Give a reason all the same.")
    missing = (doubts.unvetted & paid) | unpaid.unvetted
    if missing and not reasons.unvetted.strip():
        raise NotVetted(
            "One creator has no verdict yet. Vet them first, or give a reason to pay without."
            if len(missing) == 1
            else f"{len(missing)} creators have no verdict yet. Vet them first, or give a reason to pay without."
        )


def words_of(confirmation: Confirmation) -> str:
    """The sentence for people."""
    return (
        f"Signals of {confirmation.profile} were confirmed: {confirmation.reason.rstrip('.')}. "
        "Give a reason to add this creator all the same."
    )


def _cut(reason: str, applies: bool) -> str:
    return reason.strip()[:_MOST] if applies else ""
