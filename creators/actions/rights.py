"""Adding, changing and revoking rights and the platform's permissions. The overlay "whitelisted" follows at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import product

from django.db import transaction

from creators.actions.whitelisting import follow_rights
from creators.enums import ContentStatus
from creators.models import Content, Creator, PlatformPermission, Right
from team.models import Brand, User


@dataclass(frozen=True)
class Terms:
    """What was agreed for every row of a right. `end` is exclusive; None is for ever. No title is all content."""

    first: date
    end: date | None
    title: str = ""
    url: str = ""
    price: Decimal | None = None
    currency: str = ""
    terms: str = ""
    note: str = ""


@transaction.atomic
def add_rights(
    creator: Creator,
    *,
    brand: Brand,
    kind: str,
    places: Sequence[str],
    territories: Sequence[str],
    agreed: Terms,
    by: User | None,
    today: date,
    now: datetime,
) -> list[Right]:
    """One row per place and territory ("" is worldwide). Raises IntegrityError where one is already held."""
    content = content_named(creator, brand=brand, title=agreed.title, url=agreed.url)
    rows = [
        Right(
            brand=brand,
            creator=creator,
            kind=kind,
            place=place,
            territory=territory,
            content=content,
            made_by=by,
            made_at=now,
            **_fields(agreed),
        )
        for place, territory in product(places, territories or [""])
    ]
    made = Right.objects.bulk_create(rows)
    follow_rights(brand, creator_ids=[creator.pk], today=today, now=now)
    return made  # fmt: skip


@transaction.atomic
def change_right(right: Right, *, agreed: Terms, territory: str, today: date, now: datetime) -> None:
    """Write other terms. Raises IntegrityError where they overlap another right or cut an ad short."""
    for name, value in _fields(agreed).items():
        setattr(right, name, value)
    right.territory = territory
    right.content = content_named(right.creator, brand=right.brand, title=agreed.title, url=agreed.url)
    right.save()
    follow_rights(right.brand, creator_ids=[right.creator_id], today=today, now=now)


@transaction.atomic
def revoke_right(right: Right, *, on: date, why: str, today: date, now: datetime) -> None:
    """End a right: `on` is the first day without it. Raises IntegrityError where an ad runs on that day or later."""
    right.revoked_on, right.revoked_why = on, why
    right.save(update_fields=["revoked_on", "revoked_why"])
    follow_rights(right.brand, creator_ids=[right.creator_id], today=today, now=now)


def add_permission(
    right: Right, *, kind: str, code: str, starts_on: date, days: int | None, by: User | None, now: datetime
) -> PlatformPermission:
    """Record a Spark code or a partnership permission; `days` None has no expiry."""
    return PlatformPermission.objects.create(
        brand=right.brand, right=right, kind=kind, code=code, starts_on=starts_on, days=days, made_by=by, made_at=now
    )


def remove_permission(permission: PlatformPermission) -> None:
    """Take a mistaken permission away; the history keeps it."""
    permission.delete()


def content_named(creator: Creator, *, brand: Brand, title: str, url: str = "") -> Content | None:
    """The creator's piece of this title, made if there is none; None for all content. An address makes it posted."""
    if not title:
        return None
    status = ContentStatus.POSTED if url else ContentStatus.PROMISED
    piece, is_new = Content.objects.get_or_create(
        creator=creator, brand=brand, title=title, defaults={"url": url, "status": status}
    )
    if url and not is_new and piece.url != url:
        piece.url, piece.status = url, ContentStatus.POSTED
        piece.save(update_fields=["url", "status"])
    return piece


def _fields(agreed: Terms) -> dict[str, object]:
    return {
        "during": (agreed.first, agreed.end), "price": agreed.price, "terms": agreed.terms, "note": agreed.note,
        "currency": agreed.currency if agreed.price is not None else "",
    }  # fmt: skip
