"""Finding creators that may be one person, at night and after an import, and remembering who is not."""

import json
from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import connection, transaction

from creators.enums import DuplicateState
from creators.logic.duplicates import Verdict, judge
from creators.models import Creator, Duplicate
from creators.queries.duplicates import pairs, pairs_of, persons
from team.models import User

_BATCH = 2_000
_KEEP = """
insert into creators_duplicate (first_id, second_id, score, reasons, state, why, found_at)
select *, 'open', '', %s from unnest(%s::bigint[], %s::bigint[], %s::float8[], %s::jsonb[])
on conflict (first_id, second_id) do update set score = excluded.score, reasons = excluded.reasons
where creators_duplicate.state = 'open'
  and (creators_duplicate.score, creators_duplicate.reasons) is distinct from (excluded.score, excluded.reasons)"""


@transaction.atomic
def find_all(*, now: datetime) -> int:
    """Look at the whole roster. Open pairs that nothing speaks for any more go. How many are worth a look."""
    found = _keep(pairs(), now=now)
    open_pairs = Duplicate.objects.open().values_list("pk", "first", "second")
    over = [pk for pk, *pair in open_pairs if tuple(pair) not in found]
    Duplicate.objects.filter(pk__in=over).delete()
    return len(found)


@transaction.atomic
def find_for(creator_ids: Collection[int], *, now: datetime) -> int:
    """Look at these creators alone, against everybody. How many pairs are worth a look."""
    return len(_keep(pairs_of(creator_ids), now=now)) if creator_ids else 0


def find_new(*, since: datetime, now: datetime) -> int:
    """Look at the creators that came since then, as after an import."""
    return find_for(list(Creator.objects.filter(created_at__gte=since).values_list("pk", flat=True)), now=now)


def dismiss(duplicate: Duplicate, *, why: str, by: User, now: datetime) -> None:
    """These are two people. The pair is never suggested again."""
    duplicate.state, duplicate.why = DuplicateState.DISMISSED, why
    duplicate.decided_by, duplicate.decided_at = by, now
    duplicate.save(update_fields=["state", "why", "decided_by", "decided_at"])


def _keep(candidates: Sequence[tuple[int, int]], *, now: datetime) -> set[tuple[int, int]]:
    kept: set[tuple[int, int]] = set()
    for start in range(0, len(candidates), _BATCH):
        batch = candidates[start : start + _BATCH]
        known = persons({pk for pair in batch for pk in pair})
        told = {pair: judge(known[pair[0]], known[pair[1]]) for pair in batch if known.keys() >= set(pair)}
        worth = {pair: verdict for pair, verdict in told.items() if verdict.is_worth_telling}
        _store(worth, now=now)
        kept |= worth.keys()
    return kept


def _store(worth: dict[tuple[int, int], Verdict], *, now: datetime) -> None:
    rows = [(*pair, verdict.score, _as_json(verdict)) for pair, verdict in sorted(worth.items())]
    if rows:
        with connection.cursor() as cursor:
            cursor.execute(_KEEP, [now, *map(list, zip(*rows, strict=True))])


def _as_json(verdict: Verdict) -> str:
    return json.dumps([{"words": reason.words, "score": reason.score} for reason in verdict.reasons])
