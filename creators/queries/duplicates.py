"""Which creators to compare, found by what they share, and the facts to compare them by."""

# ruff: noqa: S608 - these texts are put together from constants only

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet

from creators.enums import DuplicateState
from creators.logic.duplicates import SHORTEST_FOLD, Person
from creators.models import Duplicate, Profile
from creators.queries.creators import creators_found_by

# What more creators than this share (an agency's address, a common name) tells nothing about any two of them.
_SHARED_BY = 8
_FOLD = "regexp_replace(handle, '[._0-9-]', '', 'g')"
_EMAIL = """
  case when lower(trim(value)) ~ '@(gmail|googlemail)\\.com$'
    then replace(regexp_replace(split_part(lower(trim(value)), '@', 1), '\\+.*$', ''), '.', '') || '@'
         || split_part(lower(trim(value)), '@', 2)
    else regexp_replace(lower(trim(value)), '\\+[^@]*@', '@') end"""
_SOUND = "regexp_replace(regexp_replace(words, '[aeiouhy ]', '', 'g'), '(.)\\1+', '\\1', 'g')"
_KEYS = f"""
  select creator_id, 'e' || {_EMAIL} as key from creators_contact where kind = 'email'
  union all select creator_id, 'c' || lower(trim(value)) from creators_contact where kind in ('phone', 'web')
  union all select creator_id, 'h' || {_FOLD} from creators_profile where length({_FOLD}) >= {SHORTEST_FOLD}
  union all select id, 'n' || words from names
  union all select id, 'p' || words || '|' || upper(country) from names where country <> ''
  union all select id, 's' || {_SOUND} || '|' || upper(country) from names
    where country <> ''"""
_NAMES = """
  select id, country, array_to_string(array(select unnest(string_to_array(sort_name, ' ')) order by 1), ' ') as words
  from creators_creator where erased_on is null"""
_PAIRS = f"""
with names as materialized ({_NAMES}), keys as ({_KEYS}), groups as (
  select array_agg(distinct creator_id) as ids from keys group by key
  having count(distinct creator_id) between 2 and {_SHARED_BY} {{new}}
)
select distinct one, other from groups, unnest(ids) one, unnest(ids) other where one < other {{of_new}}"""


def pairs() -> list[tuple[int, int]]:
    """Every pair of creators that shares something worth comparing, the lower id first."""
    with connection.cursor() as cursor:
        cursor.execute(_PAIRS.format(new="", of_new=""))
        return cursor.fetchall()


def pairs_of(creator_ids: Collection[int]) -> list[tuple[int, int]]:
    """The same where at least one of the two is among these."""
    ids = list(creator_ids)
    # Looked up in a hash, which && of arrays is not, nor an array of another type than the column's.
    new = "and bool_or(creator_id = any(%s::bigint[]))"
    of_new = "and (one = any(%s::bigint[]) or other = any(%s::bigint[]))"
    with connection.cursor() as cursor:
        cursor.execute(_PAIRS.format(new=new, of_new=of_new), [ids, ids, ids])
        return cursor.fetchall()


def persons(creator_ids: Iterable[int]) -> dict[int, Person]:
    """The facts of these creators, in three queries."""
    ids = set(creator_ids)
    emails: dict[int, set[str]] = defaultdict(set)
    contacts: dict[int, set[str]] = defaultdict(set)
    handles: dict[int, set[tuple[str, str]]] = defaultdict(set)
    for creator, kind, value in _rows("creators_contact", "creator_id, kind, value", ids):
        (emails if kind == "email" else contacts)[creator].add(value.strip().lower())
    for creator, platform, handle in _rows("creators_profile", "creator_id, platform, handle", ids):
        handles[creator].add((platform, handle))
    rows = _rows("creators_creator", "id, sort_name, country, city, language", ids)
    return {
        pk: Person(
            name=name, country=country, city=city, language=language, emails=frozenset(emails[pk]),
            contacts=frozenset(contacts[pk]), handles=frozenset(handles[pk]),
        )
        for pk, name, country, city, language in rows
    }  # fmt: skip


def _rows(table: str, columns: str, ids: Collection[int]) -> list[Any]:
    """Rows of some thousand creators, whose number is the first column.

    They go out as one array: taking as many parameters apart would take longer than all the rest.
    """
    creator = columns.partition(",")[0]
    with connection.cursor() as cursor:
        cursor.execute(f"select {columns} from {table} where {creator} = any(%s::bigint[])", [list(ids)])
        return cursor.fetchall()


@dataclass(frozen=True)
class DuplicateFilter:
    """What the list is narrowed to. Blank words and platform: all."""

    words: str = ""
    state: str = DuplicateState.OPEN
    least: float = 0.0


def duplicates(wanted: DuplicateFilter) -> QuerySet[Duplicate]:
    """The pairs, the surest first."""
    rows = Duplicate.objects.select_related("first", "second", "decided_by").filter(score__gte=wanted.least)
    if wanted.state:
        rows = rows.filter(state=wanted.state)
    if wanted.words:
        found = creators_found_by(wanted.words)
        rows = rows.filter(Q(first__in=found) | Q(second__in=found))
    return rows


def with_profiles(rows: Iterable[Duplicate]) -> list[Duplicate]:
    """The rows with `first.shown` and `second.shown`: the profiles of both, in one query."""
    listed = list(rows)
    ids = {pk for row in listed for pk in (row.first_id, row.second_id)}
    profiles = defaultdict(list)
    for profile in Profile.objects.filter(creator__in=ids).order_by("-is_main", "platform"):
        profiles[profile.creator_id].append(profile)
    for row in listed:
        row.first.shown = profiles[row.first_id]  # type: ignore[attr-defined]
        row.second.shown = profiles[row.second_id]  # type: ignore[attr-defined]
    return listed


def open_pairs_of(creator_id: int) -> list[Duplicate]:
    """The pairs of one creator that nobody has decided about, for their page."""
    return list(Duplicate.objects.open().about(creator_id).select_related("first", "second")[:3])
