"""Writing a campaign's brief, making everybody's version of it, and what creators do with theirs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from briefs.logic.content import STARTING_TEXT
from briefs.models import Acceptance, Brief, BriefVersion, Viewing
from briefs.queries.facts import values_of
from campaigns.actions.status import move_deals
from campaigns.enums import DealStatus
from campaigns.models import Campaign, Deal

TEXTS = [name for name in STARTING_TEXT if name not in ("messages", "message_text")]


def brief_of(campaign: Campaign) -> Brief:
    """The campaign's brief, made from our starting text on first sight."""
    start = {"brand_id": campaign.brand_id, **STARTING_TEXT}
    brief, _ = Brief.objects.get_or_create(campaign=campaign, defaults=start)
    brief.campaign = campaign  # with its brand, as the caller fetched it
    return brief


@dataclass(frozen=True)
class Made:
    """The outcome of one press: deals with a new version, with one that says the same, and those that lack what.

    `silent` are the deals of creators who asked not to be contacted.
    """

    made: int
    unchanged: int
    incomplete: Sequence[tuple[Deal, str]]
    silent: Sequence[Deal] = ()


def plan_versions(brief: Brief, deals: Sequence[Deal]) -> tuple[list[BriefVersion], Made]:
    """The versions that `make_versions` would write. A deal without link or code gets none: its brief would lie.

    Nor does one whose creator asked not to be contacted.
    """
    silent = [deal for deal in deals if deal.creator.no_contact_on]
    deals = [deal for deal in deals if not deal.creator.no_contact_on]
    values = values_of(brief.campaign, deals)
    latest = _latest(deals)
    shared = _shared_content(brief)
    new, unchanged, incomplete = [], 0, []
    for deal in deals:
        lacking = [name for name in ("link", "code") if not values[deal.pk][name]]
        content = {**shared, "values": {k: v for k, v in values[deal.pk].items() if k != "brief"}}
        if lacking:
            incomplete.append((deal, " and ".join(lacking)))
        elif deal.pk in latest and latest[deal.pk].content == content:
            unchanged += 1
        else:
            new.append(_version(deal, latest.get(deal.pk), content))
    return new, Made(len(new), unchanged, incomplete, silent)


def make_versions(brief: Brief, deals: Sequence[Deal], *, now: datetime) -> Made:
    """Freeze a new version for every deal whose brief would read differently, and move planned deals to briefed."""
    with transaction.atomic():
        Brief.objects.select_for_update(of=("self",)).get(pk=brief.pk)  # a second press waits for the first
        new, outcome = plan_versions(brief, deals)
        for version in new:
            version.made_at = now
        BriefVersion.objects.bulk_create(new)
        briefed = Deal.objects.filter(pk__in=[version.deal_id for version in new], status=DealStatus.PLANNED)
        move_deals(briefed, DealStatus.BRIEFED, now=now)
    return outcome


def _latest(deals: Sequence[Deal]) -> dict[int, BriefVersion]:
    newest = BriefVersion.objects.filter(deal__in=deals).order_by("deal_id", "-number").distinct("deal_id")
    return {version.deal_id: version for version in newest}


def _shared_content(brief: Brief) -> dict[str, Any]:
    """What every creator's version says alike; `values` beside it holds each one's own facts."""
    assets = [{"id": asset.pk, "title": asset.title, "address": asset.address} for asset in brief.assets.all()]
    return {
        "title": f"{brief.campaign.name} with {brief.campaign.brand.name}",
        "sections": {name: getattr(brief, name) for name in TEXTS},
        "messages": brief.messages,
        "assets": assets,
    }


def _version(deal: Deal, before: BriefVersion | None, content: dict[str, Any]) -> BriefVersion:
    number = before.number + 1 if before else 1
    return BriefVersion(brand_id=deal.brand_id, deal=deal, number=number, content=content)


def see(version: BriefVersion, *, now: datetime) -> None:
    """Note that the creator opened this version; only the first time counts."""
    Viewing.objects.bulk_create(
        [Viewing(brand_id=version.brand_id, version=version, seen_at=now)], ignore_conflicts=True
    )


class AlreadyAccepted(Exception):
    """This version was accepted before; the first typed name stays."""


def accept(version: BriefVersion, *, typed_name: str, now: datetime) -> None:
    """Note that the creator accepts, and move the deal on. Raises AlreadyAccepted."""
    try:
        with transaction.atomic():
            Acceptance.objects.create(
                brand_id=version.brand_id, version=version, typed_name=typed_name, accepted_at=now
            )
            see(version, now=now)
            open_deal = Deal.objects.filter(pk=version.deal_id, status__in=(DealStatus.PLANNED, DealStatus.BRIEFED))
            move_deals(open_deal, DealStatus.ACCEPTED, now=now)
    except IntegrityError as error:
        raise AlreadyAccepted from error


def revoke_link(deal: Deal) -> None:
    """Make every brief link of this deal that was handed out so far invalid."""
    Deal.objects.filter(pk=deal.pk).update(brief_key=deal.brief_key + 1)
