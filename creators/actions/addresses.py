"""Keeping postal addresses: one a creator, the newest wins, the old one is gone."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from creators.enums import AddressSource
from creators.logic.addresses import LONGEST
from creators.models import Address, Creator, Merge
from team.models import User


@transaction.atomic
def keep_addresses(
    parts_by_creator: Mapping[int, Mapping[str, str]], *, source: AddressSource, by: User | None, now: datetime
) -> int:
    """Keep an address for each of these creators, in place of the one that they had. A blank name is the creator's.

    Returns how many are new or other than before. Raises IntegrityError where a part is missing.
    """
    names = dict(Creator.objects.filter(pk__in=list(parts_by_creator)).values_list("pk", "name"))
    wanted = [
        Address(
            creator_id=pk, source=source, given_by=by, given_at=now,
            **{part: parts.get(part, "") for part in LONGEST if part != "name"}, name=parts.get("name") or names[pk],
        )
        for pk, parts in parts_by_creator.items()
    ]  # fmt: skip
    known = Address.objects.in_bulk([each.creator_id for each in wanted], field_name="creator")
    changed = [each for each in wanted if differs(known.get(each.creator_id), each)]
    Address.objects.bulk_create(
        changed, update_conflicts=True, unique_fields=["creator"],
        update_fields=[*LONGEST, "source", "given_by", "given_at"],
    )  # fmt: skip
    return len(changed)


def differs(known: Address | None, wanted: Address) -> bool:
    """Whether an address is new or other than the one that is there."""
    return known is None or any(getattr(known, part) != getattr(wanted, part) for part in LONGEST)


@transaction.atomic
def forget_address(creator: Creator) -> None:
    """Erase a creator's address, and what a merge put aside of another. Parcels keep their copy for its time."""
    Address.objects.filter(creator=creator).delete()
    for merge in Merge.objects.select_for_update().filter(kept=creator).exclude(journal=[]):
        merge.journal = [step for step in merge.journal if step["model"] != Address._meta.label]
        merge.save(update_fields=["journal"])
