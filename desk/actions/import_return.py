"""Giving known creators back what an import wrote over, all of them in a few statements."""

import json
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.db import connection

from campaigns.models import ImportedRow
from creators.logic.names import sort_name
from creators.models import Contact
from desk.queries.import_undo import changed_fields, kept_fields


def return_fields(rows: Sequence[ImportedRow]) -> None:
    """The creators' own fields, but for what somebody wrote over since. Of two lines of one creator the first counts,
    since it knew what stood there before the file."""
    wanted: dict[int, dict[str, Any]] = defaultdict(dict)
    for row in reversed(rows):
        wanted[row.creator_id] |= _former(row)
    alike = defaultdict(list)
    for creator, values in wanted.items():
        alike[tuple(sorted(values))].append({"id": creator, **values})
    with connection.cursor() as cursor:
        for names, creators in alike.items():
            if names:
                columns = ", ".join(f"{name} = wanted.{name}" for name in names)
                cursor.execute(_FIELDS.format(columns=columns), [json.dumps(creators)])


def _former(row: ImportedRow) -> dict[str, Any]:
    kept = kept_fields(row)
    values = {name: value for name, value in changed_fields(row).items() if name not in kept}
    return values | {"sort_name": sort_name(values["name"])} if "name" in values else values


def return_contacts(rows: Sequence[ImportedRow]) -> None:
    """Without the e-mail that the file brought."""
    brought = {(row.creator_id, row.contact) for row in rows if row.contact}
    there = Contact.objects.filter(kind="email", creator__in={creator for creator, _ in brought})
    gone = [pk for pk, *what in there.values_list("pk", "creator", "value") if tuple(what) in brought]
    Contact.objects.filter(pk__in=gone).delete()


def return_followers(rows: Sequence[ImportedRow]) -> None:
    """The profiles' followers, where they are still what the file said."""
    told = [(*row.before["followers"], row.after["followers"][0]) for row in rows if "followers" in row.before]
    if told:
        with connection.cursor() as cursor:
            cursor.execute(_FOLLOWERS, [list(each) for each in zip(*told, strict=True)])


_FIELDS = """
update creators_creator set {columns}
from jsonb_populate_recordset(null::creators_creator, %s::jsonb) wanted where creators_creator.id = wanted.id"""

_FOLLOWERS = """
update creators_profile set followers = wanted.before
from unnest(%s::bigint[], %s::bigint[], %s::bigint[]) as wanted (before, id, after)
where creators_profile.id = wanted.id
  and creators_profile.followers is not distinct from wanted.after"""
