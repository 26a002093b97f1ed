"""Where a person is named in what is not theirs: on orders that came through them, and in uploaded lists."""

# ruff: noqa: S608 - names of tables come from our own models

import io
import json
import re
import zipfile
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import IO, Any, Protocol

from django.core.files.storage import default_storage
from django.db import connection
from django.db.models import Case, F, Q, QuerySet, TextField, Value, When
from django.db.models.functions import Cast, Concat

from campaigns.actions.roster_conflicts import BELONGS_TO
from campaigns.models import RosterRow
from desk.logic.person_keys import ERASED
from results.models import Evidence, Order, RawOrder, StagedOrder
from team.models import Job

_CHUNK = 1024 * 1024
_KEPT_OPTIONS = ("campaign", "read", "result_url", "retry_url", "skip_bad", "currency")


class Named(Protocol):
    """What names the person: handles by platform with the word each becomes, and addresses."""

    @property
    def handles(self) -> Mapping[tuple[str, str], str]: ...
    @property
    def emails(self) -> frozenset[str]: ...


@dataclass(frozen=True)
class Shared:
    """A handle that somebody else has too: only orders that name this platform, or led to this creator, are meant."""

    platform: str
    creators: Collection[int]


def forget_on_orders(handle: str, word: str, *, shared: Shared | None = None) -> None:
    """Write `word` for the handle wherever an order's `utm_content` named it, so that credit stays what it was."""
    name = re.escape(handle).replace("/", r"\/")
    values: dict[str, Any] = {
        "alone": rf"^(@?){name}(?=((_post|-)[0-9]+)?$)",
        "inside": rf"(utm_content[\s\"]*[=:]+[\s\"]*(?:@|%40)?){name}(?=(?:_post|-)[0-9]+|[^a-z0-9._-]|$)",
        "word": rf"\1{word}", "everywhere": shared is None, "platform": shared.platform if shared else "",
        "creators": list(shared.creators) if shared else [],
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_MEANT, [values[each] for each in ("everywhere", "alone", "platform", "creators")])
        values["orders"] = [order for (order,) in cursor.fetchall()]
        for statement, names in _FORGET:
            cursor.execute(statement, [values[each] for each in names])


# Values have no names in these texts: what passes the triggers puts one of its own before them.
_ORDER, _STAGED = Order._meta.db_table, StagedOrder._meta.db_table
_RAW, _EVIDENCE = RawOrder._meta.db_table, Evidence._meta.db_table
_OF_PLATFORM = "lower(trim(utm ->> 'utm_source')) = %s"
_MEANT = f"""
select id from {_ORDER} where not %s and utm ->> 'utm_content' ~* %s
  and ({_OF_PLATFORM} or id in (select order_id from {_EVIDENCE} where creator_id = any(%s)))"""
_ROWS = "set rows = regexp_replace(rows::text, %s, %s, 'gi')::jsonb where rows::text ~* %s"
_CONTENT = """set utm = jsonb_set(utm, '{utm_content}', to_jsonb(regexp_replace(utm ->> 'utm_content', %s, %s, 'i')))
  where utm ->> 'utm_content' ~* %s"""
_VALUE = "set value = regexp_replace(value, %s, %s, 'i') where value ~* %s"
_IN_ROWS, _IN_CONTENT = ("inside", "word", "inside"), ("alone", "word", "alone")
_THESE = ("everywhere", "orders")
_FORGET = (
    (
        f"update {_STAGED} {_ROWS} and (%s or order_id = any(%s) or {_OF_PLATFORM})",
        (*_IN_ROWS, *_THESE, "platform"),
    ),
    (
        f"update {_STAGED} {_CONTENT} and (%s or order_id = any(%s) or {_OF_PLATFORM})",
        (*_IN_CONTENT, *_THESE, "platform"),
    ),
    (f"update {_ORDER} {_CONTENT} and (%s or id = any(%s))", (*_IN_CONTENT, *_THESE)),
    (f"update {_RAW} {_ROWS} and (%s or order_id = any(%s))", (*_IN_ROWS, *_THESE)),
    (f"update {_EVIDENCE} {_VALUE} and (%s or order_id = any(%s))", (*_IN_CONTENT, *_THESE)),
)


def forget_in_conflicts(name: str) -> None:
    """Rows of other people, which say whose code they ask for, say it without the name."""
    said, blank = (json.dumps(BELONGS_TO % each, ensure_ascii=False)[1:-1] for each in (name, ERASED))
    with connection.cursor() as cursor:
        cursor.execute(
            f"update {RosterRow._meta.db_table} set conflicts = replace(conflicts::text, %s, %s)::jsonb "
            "where position(%s in conflicts::text) > 0",
            [said, blank, said],
        )


def forget_uploads(named: Named) -> list[str]:
    """Staged rows of roster files that are about the person, and whatever jobs still say. The files that go."""
    mine = Q(pk__in=[])
    for platform, handle in named.handles:
        mine |= Q(platform=platform, handle=handle)
    for email in named.emails:
        mine |= Q(email__iexact=email)
    rows = RosterRow._base_manager.filter(mine)
    jobs = set(rows.values_list("job", flat=True))
    rows._raw_delete(rows.db)  # type: ignore[attr-defined]
    words = [word.lower() for word in (*(handle for _, handle in named.handles), *named.emails) if len(word) > 2]
    told = [_forget_in(job, words, is_known=job.pk in jobs) for job in _jobs_to_look_at(words, jobs)]
    return [name for name in told if name]


def _jobs_to_look_at(words: Iterable[str], known: Collection[int]) -> QuerySet[Job]:
    """Jobs that hold one of the words (`told`), and those that still have a file, which may hold one."""
    texts = [Cast(name, TextField()) for name in ("options", "result")]
    said = Concat(*texts, F("error"), F("file_name"), output_field=TextField())
    held = [When(said__iregex=_alone(word), then=Value(True)) for word in words]
    jobs = Job.objects.alias(said=said).annotate(told=Case(*held, default=Value(False)))
    return jobs.filter(Q(told=True) | Q(pk__in=known) | ~Q(file=""))


def _forget_in(job: Any, words: list[str], *, is_known: bool) -> str:
    """The name of the job's file where that names the person; its options and result are cut to what names nobody."""
    in_file = bool(job.file) and (is_known or _names(job.file.name or "", words))
    if not in_file and not job.told:
        return ""
    job.options = {key: value for key, value in job.options.items() if key in _KEPT_OPTIONS}
    job.result = _numbers(job.result)
    job.error, job.file_name = (ERASED if job.error else ""), (ERASED if job.file_name else "")
    name = str(job.file.name) if in_file else ""
    job.file = "" if in_file else job.file
    job.save(update_fields=["options", "result", "error", "file", "file_name"])
    return name


def _numbers(result: Any) -> dict[str, Any]:
    return {key: value for key, value in dict(result).items() if isinstance(value, int | float)}


def _names(file: str, words: list[str]) -> bool:
    if not default_storage.exists(file):
        return False
    with default_storage.open(file) as stored:
        stream: Any = stored.file
        if not zipfile.is_zipfile(stream):
            stream.seek(0)
            return _holds(stream, words)
        with zipfile.ZipFile(stream) as book:
            return any(_holds(book.open(part), words) for part in book.namelist())


def _holds(stream: IO[bytes], words: list[str]) -> bool:
    """Whether the text has one of these words, read piece by piece so that a file of any size may come."""
    start = stream.read(2)
    encoding = "utf-16" if start in (BOM_UTF16_LE, BOM_UTF16_BE) else "utf-8"
    stream.seek(0)
    text, longest, kept = io.TextIOWrapper(stream, encoding, errors="ignore"), max(map(len, words), default=0), ""
    while piece := text.read(_CHUNK).lower():
        seen = kept + piece
        if any(word in seen and re.search(_alone(word), seen) for word in words):
            return True
        kept = seen[max(0, len(seen) - longest) :]
    return False


def _alone(word: str) -> str:
    """The word where it is no part of another one, for PostgreSQL and Python alike: "ana" is not in "banana"."""
    return rf"(^|[^a-z0-9_]){re.escape(word)}($|[^a-z0-9_])"
