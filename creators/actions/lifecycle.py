"""Moving creators through the stages of a brand. A span is only ever closed and followed by another."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import connection, transaction

from creators.enums import Stage, Track
from creators.logic.lifecycle import RANK, RULES
from creators.models import Creator
from creators.queries.lifecycle import SETTLES
from team.models import Brand, User


@transaction.atomic
def move(
    creator_ids: Iterable[int], *, brand: Brand, stage: Stage | str, why: str, by: User | None, now: datetime
) -> int:
    """Put creators into a stage of the brand from `now` on; those already in it stay as they are. How many moved.

    Raises ValueError for an unknown stage or without a reason.
    """
    values = _values(creator_ids, brand=brand, stage=stage, why=why, by=by, now=now)
    lock(values["creators"])
    return _moved(values["creators"], values)


@transaction.atomic
def advance(
    creator_ids: Iterable[int], *, brand: Brand, stage: Stage | str, rule: str, now: datetime, why: str = "",
    by: User | None = None, at: datetime | None = None,
) -> int:  # fmt: skip
    """Move creators forward to a stage because of a fact. How many moved; doing it again changes nothing.

    `rule` is a name of `creators.logic.lifecycle.RULES`, whose words are the reason unless `why` gives better ones;
    `by` is whose doing the fact is, where a person's; `at` is when it was, where not now. Who is as far or further
    stays, and so does whom a person moved, or who became inactive, after it. Who has no stage or is inactive moves
    otherwise, and comes back from inactive as contacted at least. Raises KeyError for an unknown rule.
    """
    values = _values(creator_ids, brand=brand, stage=stage, why=why or RULES[rule].why, by=by, now=now)
    values["rule"] = RULES[rule].key
    lock(values["creators"])
    if at is not None:
        values["creators"] = _open_to(at, values)
    inactive = _those_in([Stage.INACTIVE], values)
    moved = _moved(inactive, values | _coming_back(Stage(stage), rule)) if inactive else 0
    before = [each for each in Stage if RANK[each] < RANK[Stage(stage)]]
    standing = _those_in([each for each in Stage if each not in before], values)
    return moved + _moved([each for each in values["creators"] if each not in {*standing, *inactive}], values)


def _coming_back(stage: Stage, rule: str) -> dict:
    if RANK[stage] >= RANK[Stage.CONTACTED]:
        return {"stage": stage.value, "rule": RULES[rule].key}
    return {"stage": Stage.CONTACTED.value, "rule": RULES["return"].key}


@transaction.atomic
def set_by_rule(
    creator_ids: Iterable[int], *, brand: Brand, stage: Stage | str, rule: str, now: datetime, why: str = ""
) -> int:
    """Put creators where a rule wants them, also back: for who has weighed all facts. How many moved."""
    values = _values(creator_ids, brand=brand, stage=stage, why=why or RULES[rule].why, by=None, now=now)
    values["rule"] = RULES[rule].key
    lock(values["creators"])
    return _moved(values["creators"], values)


@transaction.atomic
def begin(
    creator_ids: Iterable[int], *, brand: Brand, stage: Stage | str, why: str, by: User | None, now: datetime
) -> int:
    """Put only those creators into a stage who have none with the brand. How many began."""
    values = _values(creator_ids, brand=brand, stage=stage, why=why, by=by, now=now)
    lock(values["creators"])
    with connection.cursor() as cursor:
        values["moment"] = _moment(values)
        cursor.execute(_OPEN, values)
        return cursor.rowcount


def _moved(creator_ids: Iterable[int], values: dict) -> int:
    values = values | {"creators": list(creator_ids)}
    with connection.cursor() as cursor:
        values["moment"] = _moment(values)
        cursor.execute(_CLOSE, values)
        cursor.execute(_OPEN, values)
        return cursor.rowcount


def _those_in(stages: Sequence[Stage], values: dict) -> set[int]:
    with connection.cursor() as cursor:
        cursor.execute(_IN, values | {"stages": [stage.value for stage in stages]})
        return {creator for (creator,) in cursor.fetchall()}


def _open_to(at: datetime, values: dict) -> list[int]:
    """Those for whom a fact of that moment still says something."""
    with connection.cursor() as cursor:
        cursor.execute(_SETTLED, values | {"at": at})
        settled = {creator for (creator,) in cursor.fetchall()}
    return [each for each in values["creators"] if each not in settled]


def _moment(values: dict) -> datetime:
    with connection.cursor() as cursor:
        cursor.execute(_MOMENT, values)
        return cursor.fetchone()[0]


def _values(
    creator_ids: Iterable[int], *, brand: Brand, stage: Stage | str, why: str, by: User | None, now: datetime
) -> dict:
    if not why.strip():
        raise ValueError("A move needs a reason.")
    return {
        "creators": sorted(set(creator_ids)),
        "brand": brand.pk,
        "track": Track.STAGE.value,
        "stage": Stage(stage).value,
        "why": why.strip()[:200],
        "rule": "",
        "by": by.pk if by else None,
        "now": now,
    }


def lock(creator_ids: Iterable[int]) -> None:
    """Have two who move one creator at once go one after the other. Rows that point to the creator are let in."""
    # Without a span there is no other row to lock.
    with connection.cursor() as cursor:
        cursor.execute(
            f"select from {Creator._meta.db_table} where id = any(%s) order by id for no key update",
            [list(creator_ids)],
        )


# All of them move at one moment: `now`, or just after the latest beginning or end where that is later, since no span
# may be empty or overlap.
_MOMENT = """
select greatest(%(now)s, max(lower(during)) + interval '1 microsecond', max(upper(during)))
from creators_lifecyclespan
where creator_id = any(%(creators)s) and brand_id = %(brand)s and track = %(track)s"""

_IN = """
select creator_id from creators_lifecyclespan
where creator_id = any(%(creators)s) and brand_id = %(brand)s and track = %(track)s and upper_inf(during)
  and stage = any(%(stages)s)"""

_SETTLED = f"""
select creator_id from creators_lifecyclespan
where creator_id = any(%(creators)s) and brand_id = %(brand)s and track = %(track)s
  and {SETTLES} and lower(during) >= %(at)s"""  # noqa: S608 (made of constants)

_CLOSE = """
update creators_lifecyclespan set during = tstzrange(lower(during), %(moment)s)
where creator_id = any(%(creators)s) and brand_id = %(brand)s and track = %(track)s and upper_inf(during)
  and stage <> %(stage)s"""

# Only creators without an open span: those who stay, and after `_CLOSE` nobody else, have one. A join stays one pass
# however many they are; `not in` is tried row against row once its list does not fit the memory for a hash.
_OPEN = """
with held as materialized (
  select creator_id from creators_lifecyclespan
  where creator_id = any(%(creators)s) and brand_id = %(brand)s and track = %(track)s and upper_inf(during)
)
insert into creators_lifecyclespan (creator_id, brand_id, track, stage, during, rule, why, made_by_id, made_at)
select creator.id, %(brand)s, %(track)s, %(stage)s, tstzrange(%(moment)s, null), %(rule)s, %(why)s, %(by)s, %(now)s
from unnest(%(creators)s::bigint[]) as creator (id)
left join held on held.creator_id = creator.id
where held.creator_id is null"""
