"""Asking to vet creators, filling in the checklist, and giving the verdict. A verdict is replaced, never changed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction

from creators.enums import VettingItem, VettingVerdict
from creators.models import Creator, Vetting, VettingScore
from team.models import Brand, User


class Overtaken(Exception):
    """Somebody else gave a verdict, or began a vetting, since the form was opened."""


@dataclass(frozen=True)
class Score:
    """What was said of one item: 1 to 5 or not judged, with a note."""

    score: int | None = None
    note: str = ""


_ASK = """
insert into creators_vetting (brand_id, creator_id, made_by_id, made_at)
select %(brand)s, creator.id, %(by)s, %(now)s from creators_creator creator
where creator.id = any(%(creators)s) order by creator.id
on conflict (brand_id, creator_id) where decided_at is null do nothing"""


def ask_to_vet(creator_ids: Iterable[int], *, brand: Brand, by: User | None, now: datetime) -> int:
    """Put creators on the list of those who wait for a verdict of the brand. How many are new on it."""
    values: dict[str, Any] = {
        "brand": brand.pk,
        "creators": list(creator_ids),
        "by": by.pk if by else None,
        "now": now,
    }
    with connection.cursor() as cursor:
        cursor.execute(_ASK, values)
        return cursor.rowcount


@transaction.atomic
def keep_scores(
    creator: Creator,
    *,
    brand: Brand,
    scores: Mapping[VettingItem, Score],
    reason: str,
    seen: int | None,
    by: User | None,
    now: datetime,
) -> Vetting:
    """Write down the checklist as far as it is filled in; the vetting stays open.

    `seen` is the newest vetting that the person saw in the form, None for none. Raises `Overtaken` where there is
    another by now.
    """
    vetting = _open(creator, brand=brand, seen=seen, by=by, now=now)
    vetting.reason = reason.strip()
    vetting.save(update_fields=["reason"])
    vetting.scores.all().delete()
    VettingScore.objects.bulk_create(
        VettingScore(brand=brand, vetting=vetting, item=item, score=told.score, note=told.note.strip())
        for item, told in scores.items()
        if told.score is not None or told.note.strip()
    )
    return vetting


@transaction.atomic
def give_verdict(
    creator: Creator,
    *,
    brand: Brand,
    scores: Mapping[VettingItem, Score],
    verdict: VettingVerdict | str,
    reason: str,
    seen: int | None,
    by: User | None,
    now: datetime,
) -> Vetting:
    """Write down the checklist and end the vetting with a verdict, which replaces the one before.

    Raises `Overtaken` (see `keep_scores`), and IntegrityError for perhaps or no without a reason.
    """
    vetting = keep_scores(creator, brand=brand, scores=scores, reason=reason, seen=seen, by=by, now=now)
    Vetting.objects.standing().filter(brand=brand, creator=creator).update(replaced_at=now)
    vetting.verdict, vetting.decided_by, vetting.decided_at = VettingVerdict(verdict), by, now
    vetting.save(update_fields=["verdict", "decided_by", "decided_at"])
    return vetting


@transaction.atomic
def ask_for_figures(creator: Creator, *, brand: Brand, on: date, by: User | None, now: datetime) -> Vetting:
    """Note that the creator was asked for audience figures; a day noted before stays. Begins a vetting if need be."""
    vetting = _newest(creator, brand) or _open(creator, brand=brand, seen=None, by=by, now=now)
    if vetting.audience_asked_on is None and vetting.audience_received_on is None:
        vetting.audience_asked_on = on
        vetting.save(update_fields=["audience_asked_on"])
    return vetting


@transaction.atomic
def receive_figures(creator: Creator, *, brand: Brand, on: date, by: User | None, now: datetime) -> Vetting:
    """Note the day on which the creator's audience figures came, asked for or not. Begins a vetting if need be.

    Raises IntegrityError for a day before the question.
    """
    vetting = _newest(creator, brand) or _open(creator, brand=brand, seen=None, by=by, now=now)
    vetting.audience_received_on = on
    vetting.save(update_fields=["audience_received_on"])
    return vetting


def _open(creator: Creator, *, brand: Brand, seen: int | None, by: User | None, now: datetime) -> Vetting:
    newest = _newest(creator, brand)
    if (newest.pk if newest else None) != seen:
        raise Overtaken("Somebody else wrote in this vetting meanwhile. Look at it again before you save.")
    if newest and newest.decided_at is None:
        return newest
    return Vetting.objects.create(brand=brand, creator=creator, made_by=by, made_at=now)


def _newest(creator: Creator, brand: Brand) -> Vetting | None:
    rows = Vetting.objects.select_for_update(of=("self",)).filter(brand=brand, creator=creator, replaced_at=None)
    return rows.order_by("-decided_at", "-pk").first()
