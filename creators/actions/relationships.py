"""What a brand keeps of its creators, one by one or for many: owner, tags, angles that worked.

Each statement makes the missing rows and changes only those that differ, so it can be repeated.
"""

from collections.abc import Iterable
from typing import Any

from django.db import connection, transaction

from creators.logic.tags import MOST, BadTags, cleaned_tags
from creators.models import Relationship
from team.models import Brand, User


@transaction.atomic
def set_owner(creator_ids: Iterable[int], *, brand: Brand, owner: User | None) -> int:
    """Say who looks after these creators for the brand; None: nobody. How many changed."""
    ids = sorted(set(creator_ids)) if owner is None else _kept(creator_ids, brand)
    held = Relationship.objects.filter(brand=brand, creator__in=ids)
    changed = held.exclude(owner=None) if owner is None else held.exclude(owner=owner)
    return changed.update(owner=owner)


@transaction.atomic
def add_tags(creator_ids: Iterable[int], *, brand: Brand, tags: Iterable[str]) -> int:
    """Give these creators the tags within the brand. How many lacked one.

    Raises BadTags for tags that cannot be kept, or where one of them would have over 20; then nothing is changed.
    """
    return _change(_ADD, _kept(creator_ids, brand), brand=brand, tags=tags)


@transaction.atomic
def remove_tags(creator_ids: Iterable[int], *, brand: Brand, tags: Iterable[str]) -> int:
    """Take the tags from these creators within the brand. How many had one."""
    return _change(_REMOVE, sorted(set(creator_ids)), brand=brand, tags=tags)


@transaction.atomic
def keep(creator_id: int, *, brand: Brand, owner: User | None, tags: Iterable[str], angles: str) -> Relationship:
    """Set all that the brand keeps of one creator. Raises BadTags."""
    _kept([creator_id], brand)
    held = Relationship.objects.select_for_update().get(brand=brand, creator=creator_id)
    told = (owner, cleaned_tags(tags), angles.strip())
    if (held.owner, held.tags, held.angles) != told:
        held.owner, held.tags, held.angles = told
        held.save(update_fields=["owner", "tags", "angles"])
    return held


def _kept(creator_ids: Iterable[int], brand: Brand) -> list[int]:
    """The ids in their order, each with a row, locked in that order: so no two bulk changes block each other."""
    ids = sorted(set(creator_ids))
    values: dict[str, Any] = {"ids": ids, "brand": brand.pk}
    with connection.cursor() as cursor:
        cursor.execute(_MAKE, values)
        cursor.execute(_LOCK, values)
    return ids


def _change(statement: str, ids: list[int], *, brand: Brand, tags: Iterable[str]) -> int:
    values: dict[str, Any] = {"ids": ids, "brand": brand.pk, "tags": cleaned_tags(tags), "most": MOST}
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        changed = cursor.rowcount
        cursor.execute(_TOO_MANY, values)
        if cursor.fetchone()[0]:
            raise BadTags(f"A creator has at most {MOST} tags.")
    return changed


_MAKE = """
insert into creators_relationship (brand_id, creator_id, tags, angles, made_at)
select %(brand)s, id, '{}', '', now() from unnest(%(ids)s::bigint[]) as wanted (id) order by id
on conflict (brand_id, creator_id) do nothing"""

_LOCK = """
select id from creators_relationship
where brand_id = %(brand)s and creator_id = any(%(ids)s) order by creator_id for update"""

_ADD = """
update creators_relationship
set tags = tags || array(select tag from unnest(%(tags)s::varchar[]) as new (tag) where tag <> all(tags))
where brand_id = %(brand)s and creator_id = any(%(ids)s) and not tags @> %(tags)s::varchar[]"""

_REMOVE = """
update creators_relationship
set tags = array(
  select tag from unnest(tags) with ordinality as old (tag, place)
  where tag <> all(%(tags)s::varchar[]) order by place
)
where brand_id = %(brand)s and creator_id = any(%(ids)s) and tags && %(tags)s::varchar[]"""

_TOO_MANY = """
select exists (
  select from creators_relationship
  where brand_id = %(brand)s and creator_id = any(%(ids)s) and cardinality(tags) > %(most)s
)"""
