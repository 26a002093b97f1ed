"""The day on which a deal's contract was signed. Who signs is contracted; nothing else is in a contract yet."""

from datetime import date, datetime

from django.db import transaction

from campaigns.actions.lifecycle import settle
from campaigns.enums import DealStatus
from campaigns.models import Deal
from config.lib.words import day
from creators.actions.lifecycle import advance
from creators.enums import NoteKind, Stage
from creators.models import Note
from team.models import User


class ContractRefused(Exception):
    """A signature that cannot be, or cannot be taken back; the text says why and what to do."""


@transaction.atomic
def sign(deal: Deal, *, on: date, today: date, by: User | None, now: datetime) -> None:
    """Note that both signed on a day of the brand; the creator is contracted. Raises ContractRefused.

    The same day again changes nothing.
    """
    held = _held(deal)
    if held.status == DealStatus.CANCELLED:
        raise ContractRefused("This deal was cancelled. Plan it again before its contract is signed.")
    if on > today:
        raise ContractRefused("The contract cannot be signed on a day that has not come yet.")
    if held.signed_on not in (None, on):
        raise ContractRefused(f"It was signed on {day(held.signed_on)}. Take that back first.")
    if held.signed_on is None:
        held.signed_on = on
        held.save(update_fields=["signed_on"])
    advance(
        [held.creator_id], brand=held.brand, stage=Stage.CONTRACTED, rule="signed", now=now, by=by,
        why=f"Contract for {held.campaign.name} signed on {day(on)}"[:200],
    )  # fmt: skip


@transaction.atomic
def take_back(deal: Deal, *, why: str, by: User | None, now: datetime) -> None:
    """Note that the contract was not signed after all, while nothing followed. The reason stays as a note.

    Raises ContractRefused without a signature or a reason, or once the deal was live.
    """
    held = _held(deal)
    if held.signed_on is None:
        raise ContractRefused("No contract is signed.")
    if not why.strip():
        raise ContractRefused("Say why the signature is taken back.")
    if held.status in (DealStatus.LIVE, DealStatus.COMPLETED):
        raise ContractRefused("The deal went live after it was signed, so the signature stays.")
    text = f"{held.campaign.name}: the signature of {day(held.signed_on)} was taken back. {why.strip()}"
    held.signed_on = None
    held.save(update_fields=["signed_on"])
    Note.objects.create(
        brand=held.brand, creator_id=held.creator_id, kind=NoteKind.NOTE, text=text, told_at=now, made_by=by,
        made_at=now,
    )  # fmt: skip
    settle(held.brand, creator_ids=[held.creator_id], now=now, why=text[:200])


def _held(deal: Deal) -> Deal:
    deals = Deal.objects.select_related("brand", "campaign").select_for_update(of=("self",))
    return deals.get(pk=deal.pk)
