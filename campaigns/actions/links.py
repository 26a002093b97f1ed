"""Links and codes for a whole campaign in one press: a plan, and the same plan written.

The unique indexes decide: a slug or code that somebody else took in the meantime is refused by the database, and the
whole press is planned anew. A second press makes nothing new.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from django.db import IntegrityError, connection, transaction

from campaigns.enums import Medium
from campaigns.logic.links import LinkFacts, PlannedLink, planned_links
from campaigns.logic.utm import DEFAULT_DESTINATION, BadDestination, checked, tagged
from campaigns.models import Campaign, Code, TrackingLink
from campaigns.queries.links import code_owners, deal_facts, seen_codes
from config.lib.codes import new_slug
from team.models import Brand

ATTEMPTS = 5


@dataclass(frozen=True)
class LinkWish:
    """What the person asks for. Blank or None: as the campaign says; `deal_ids` None: all deals not cancelled."""

    destination: str = ""
    percent: Decimal | None = None
    medium: str = Medium.INFLUENCER
    another_post: bool = False
    deal_ids: Collection[int] | None = None


@dataclass(frozen=True)
class LinkPlan:
    """The press, row by row. With `problems` nothing may be written; `warnings` are worth reading first."""

    destination: str
    percent: Decimal
    rows: list[PlannedLink]
    problems: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def new_links(self) -> list[PlannedLink]:
        """The rows whose link this press makes."""
        return [row for row in self.rows if row.new]

    @property
    def new_codes(self) -> list[PlannedLink]:
        """One row for each creator who gets a code."""
        return list({row.deal.creator_id: row for row in self.rows if row.code_is_new}.values())


class CannotMake(Exception):
    """The plan has problems; the words say which."""


def plan(campaign: Campaign, wish: LinkWish) -> LinkPlan:
    """What `make` would do now, without writing anything."""
    destination, problems, warnings = _destination(campaign, wish.destination)
    percent = campaign.discount_percent if wish.percent is None else wish.percent
    if not 0 <= percent <= 100:
        problems += ("The percent lies between 0 and 100.",)
    rows = planned_links(
        deal_facts(campaign, medium=wish.medium, deal_ids=wish.deal_ids),
        percent=percent,
        owners=code_owners(campaign),
        seen=seen_codes(campaign),
        another_post=wish.another_post,
    )
    return LinkPlan(destination=destination, percent=percent, rows=rows, problems=problems, warnings=warnings)


def make(campaign: Campaign, wish: LinkWish, *, now: datetime, slug: Callable[[], str] = new_slug) -> LinkPlan:
    """Plan again, write the new links and codes in one transaction, and return the plan with them filled in.

    Raises `CannotMake` where the plan has problems. `slug` draws a new slug.
    """
    for attempt in range(ATTEMPTS):
        try:
            return _make(campaign, wish, now=now, slug=slug)
        except IntegrityError:
            if attempt == ATTEMPTS - 1:
                raise
    raise AssertionError("unreachable")


@transaction.atomic
def _make(campaign: Campaign, wish: LinkWish, *, now: datetime, slug: Callable[[], str]) -> LinkPlan:
    # Presses of one brand go one after the other, so that two of them cannot generate the same code.
    Brand.objects.select_for_update(no_key=True).get(pk=campaign.brand_id)
    made = plan(campaign, wish)
    if made.problems:
        raise CannotMake(" ".join(made.problems))
    Code.objects.bulk_create(
        Code(brand_id=campaign.brand_id, creator_id=row.deal.creator_id, code=row.code, percent=made.percent,
             created_at=now)
        for row in made.new_codes
    )  # fmt: skip
    ids = iter(_reserved_ids(len(made.new_links)))
    rows = [_with_link(row, next(ids), slug(), campaign, wish, made) if row.new else row for row in made.rows]
    TrackingLink.objects.bulk_create(
        TrackingLink(
            id=link.link_id, brand_id=campaign.brand_id, deal_id=row.deal.deal_id, slug=link.slug, post=row.post,
            medium=wish.medium, destination=link.destination, target=link.target, created_at=now,
        )
        for row in rows if row.new and (link := row.link)
    )  # fmt: skip
    return replace(made, rows=rows)


def _with_link(
    row: PlannedLink, link_id: int, slug: str, campaign: Campaign, wish: LinkWish, made: LinkPlan
) -> PlannedLink:
    target = tagged(
        made.destination, platform=row.deal.platform, medium=wish.medium, campaign=campaign.slug,
        handle=row.deal.handle, post=row.post, link_id=link_id,
    )  # fmt: skip
    link = LinkFacts(link_id=link_id, post=row.post, slug=slug, destination=made.destination, target=target)
    return replace(row, link=link)


def _reserved_ids(number: int) -> list[int]:
    """Ids for new links: `utm_id` is in the address before the row is written."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select nextval(pg_get_serial_sequence('campaigns_trackinglink', 'id')) from generate_series(1, %s)",
            [number],
        )
        return [row[0] for row in cursor.fetchall()]


def _destination(campaign: Campaign, wished: str) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """The page to lead to, with problems and warnings about it."""
    given = wished.strip() or campaign.destination or campaign.brand.shop_address
    if not given:
        warning = f"Neither the campaign nor the brand names a page, so links lead to {DEFAULT_DESTINATION}."
        return DEFAULT_DESTINATION, (), (warning,)
    try:
        return checked(given), (), ()
    except BadDestination as refusal:
        return given, (str(refusal),), ()


def switch(link: TrackingLink, *, on: bool, now: datetime) -> None:
    """Stop a link everywhere (within 5 seconds, see the redirect's cache), or let it lead again."""
    link.off_at = None if on else now
    link.save(update_fields=["off_at"])
