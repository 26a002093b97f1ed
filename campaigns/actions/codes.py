"""Giving codes to creators, for ever, and remembering codes that orders carried."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from campaigns.logic.codes import folded
from campaigns.models import Code, SeenCode
from team.models import Brand

BATCH = 5_000


@dataclass(frozen=True)
class ClaimedCodes:
    """`new` codes were written; `taken` ones belong to another creator of the brand (code by creator id)."""

    new: int
    taken: dict[int, str]


@transaction.atomic
def claim_codes(
    brand: Brand, code_by_creator: Mapping[int, str], *, percent: Decimal | None, now: datetime
) -> ClaimedCodes:
    """Give each creator the code as written, unless they have it. A code of somebody else is left and told.

    Whether a creator may have a second code is the caller's decision: it asks before it calls.
    """
    rows = [
        Code(brand=brand, creator_id=creator, code=code.strip(), percent=percent, created_at=now)
        for creator, code in code_by_creator.items()
    ]
    before = Code.objects.filter(brand=brand).count()
    Code.objects.bulk_create(rows, ignore_conflicts=True, batch_size=BATCH)
    owners = owners_of(brand, code_by_creator.values())
    taken = {creator: code for creator, code in code_by_creator.items() if owners.get(folded(code)) != creator}
    return ClaimedCodes(new=Code.objects.filter(brand=brand).count() - before, taken=taken)


def owners_of(brand: Brand, codes: Iterable[str]) -> dict[str, int]:
    """Whose these codes are in the brand: creator id by folded code, without the codes of nobody."""
    wanted = {folded(code) for code in codes}
    return dict(Code.objects.filter(brand=brand, folded__in=wanted).values_list("folded", "creator_id"))


def note_seen_codes(brand: Brand, codes: Iterable[str]) -> None:
    """Remember codes that stood on the brand's orders, so that no new code is the same as one of them."""
    marks = [SeenCode(brand=brand, folded=code[:64]) for code in sorted({folded(code) for code in codes} - {""})]
    SeenCode.objects.bulk_create(marks, ignore_conflicts=True, batch_size=BATCH)
