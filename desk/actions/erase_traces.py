"""Where a person is named in what is not theirs: on orders that came through them, and in uploaded lists."""

# ruff: noqa: S608 - names of tables come from our own models

import re
import zipfile
from collections.abc import Mapping
from typing import Any, Protocol

from django.core.files.storage import default_storage
from django.db import connection
from django.db.models import Q

from campaigns.models import RosterRow
from desk.logic.person_keys import ERASED
from results.models import Evidence, Order, RawOrder, StagedOrder
from team.models import Job

_LARGEST_SEARCHED = 64 * 1024 * 1024
_KEPT_OPTIONS = ("campaign", "read", "result_url", "retry_url", "skip_bad", "currency")


class Named(Protocol):
    """What names the person: handles by platform with the word each becomes, and addresses."""

    @property
    def handles(self) -> Mapping[tuple[str, str], str]: ...
    @property
    def emails(self) -> frozenset[str]: ...


def forget_on_orders(handle: str, word: str) -> None:
    """Write `word` for the handle wherever an order's `utm_content` named it, so that credit stays what it was."""
    name = re.escape(handle).replace("/", r"\/")
    alone = rf"^(@?){name}(?=((_post|-)[0-9]+)?$)"
    inside = rf"(utm_content[\s\"]*[=:]+[\s\"]*(?:@|%40)?){name}(?=(?:_post|-)[0-9]+|[^a-z0-9._-]|$)"
    with connection.cursor() as cursor:
        for table in (Order._meta.db_table, StagedOrder._meta.db_table):
            cursor.execute(
                f"update {table} set utm = jsonb_set(utm, '{{utm_content}}', "
                "to_jsonb(regexp_replace(utm ->> 'utm_content', %s, %s, 'i'))) where utm ->> 'utm_content' ~* %s",
                [alone, rf"\1{word}", alone],
            )
        for table in (RawOrder._meta.db_table, StagedOrder._meta.db_table):
            cursor.execute(
                f"update {table} set rows = regexp_replace(rows::text, %s, %s, 'gi')::jsonb where rows::text ~* %s",
                [inside, rf"\1{word}", inside],
            )
        table = Evidence._meta.db_table
        cursor.execute(
            f"update {table} set value = regexp_replace(value, %s, %s, 'i') where value ~* %s",
            [alone, rf"\1{word}", alone],
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
    told = [_forget_in(job, words, is_known=job.pk in jobs) for job in Job.objects.all()]
    return [name for name in told if name]


def _forget_in(job: Job, words: list[str], *, is_known: bool) -> str:
    """The name of the job's file where that names the person; its options and result are cut to what names nobody."""
    told = f"{job.options} {job.result} {job.error} {job.file_name}".lower()
    in_file = bool(job.file) and (is_known or _names(job.file.name or "", words))
    if not in_file and not any(word in told for word in words):
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
    if not default_storage.exists(file) or default_storage.size(file) > _LARGEST_SEARCHED:
        return False
    with default_storage.open(file) as stream:
        if zipfile.is_zipfile(stream):
            with zipfile.ZipFile(stream) as book:
                text = b"\n".join(book.read(part) for part in book.namelist())
        else:
            stream.seek(0)
            text = stream.read()
    plain = text.decode("utf-8", "ignore").lower() + text.decode("utf-16", "ignore").lower()
    return any(word in plain for word in words)
