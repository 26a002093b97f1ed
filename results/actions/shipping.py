"""Moving clicks from the files of this machine into PostgreSQL.

Reading a line twice is harmless, since its id is the primary key. A file is deleted only when it can be locked alone,
which means that its writer has let go, and has been read to its end.
"""

import contextlib
import fcntl
import logging
import os
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from django.db import DataError, connection, transaction

from results.actions.spool import DRAFT, SUFFIX
from results.logic.click_lines import BadLine, Row, row_of

READ_BYTES = 2_000_000
DRAFT_SECONDS = 60
ASIDE = "aside"
SHORTEST_REST, LONGEST_REST = 0.5, 5.0
RESTS = 2
"""So many times as long as it worked the shipper rests: in a rush the machine is the visitors'."""

ParsedLine = tuple[bytes, Row]
logger = logging.getLogger(__name__)

_INCOMING = """
create temporary table if not exists incoming_click (
    id uuid, clicked_at timestamptz, link_id bigint, kind text, visitor bytea, network text, agent text,
    referrer text, is_qr boolean
) on commit delete rows
"""
_COPY = "copy incoming_click from stdin"
# The brand and its clock come from the link, which is held until the end; clicks of a deleted link drop out. The mark
# is updated even where it stands, so that a roll-up that is about to remove it waits for these clicks or leaves it.
_STORE = """
with link as materialized (
    select id, brand_id from campaigns_trackinglink
    where id in (select link_id from incoming_click) order by id for key share
), stored as (
    insert into results_click
        (id, brand_id, link_id, clicked_at, kind, visitor, network, agent, referrer, is_qr)
    select i.id, link.brand_id, i.link_id, i.clicked_at, i.kind, i.visitor, i.network, i.agent, i.referrer, i.is_qr
    from incoming_click i join link on link.id = i.link_id
    on conflict (id) do nothing
    returning link_id, brand_id, clicked_at
), marked as (
    insert into results_dirtyday (brand_id, link_id, day_on)
    select distinct s.brand_id, s.link_id, (s.clicked_at at time zone brand.time_zone)::date
    from stored s join team_brand brand on brand.id = s.brand_id
    order by 2, 3
    on conflict (link_id, day_on) do update set day_on = excluded.day_on
)
select count(*) from stored
"""


def store(rows: Sequence[Row]) -> int:
    """Store these clicks and mark their days, in one transaction, and say how many of them were new."""
    if not rows:
        return 0
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_INCOMING)
        cursor.execute("truncate incoming_click")
        with connection.wrap_database_errors, cursor.copy(_COPY) as copy:
            copy.set_types(["uuid", "timestamptz", "int8", "text", "bytea", "text", "text", "text", "bool"])
            for row in rows:
                copy.write_row(row)
        cursor.execute(_STORE)
        return cursor.fetchone()[0]


def rest_after(worked: float) -> float:
    """How long to rest, in seconds, after a turn that took `worked`."""
    return min(max(SHORTEST_REST, RESTS * worked), LONGEST_REST)


class Shipper:
    """One machine's shipper. It remembers how far each open file was read; forgetting that costs time only."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.read_to: dict[str, int] = {}
        self.bad = 0

    def turn(self) -> int:
        """Go over all files once and say how many clicks were new. An unreachable database raises."""
        stored = 0
        paths = sorted(self.folder.glob(f"*{SUFFIX}"))
        for path in paths:
            with contextlib.suppress(FileNotFoundError):
                stored += self._ship(path)
        self.read_to = {path.name: self.read_to[path.name] for path in paths if path.name in self.read_to}
        self._drop_drafts()
        return stored

    def _ship(self, path: Path) -> int:
        stored = 0
        with path.open("rb") as file:
            alone = _locked_alone(file)
            # A file whose writer is alive may grow as fast as it is read, so each turn has its own end.
            end = os.fstat(file.fileno()).st_size
            while (begin := self.read_to.get(path.name, 0)) < end:
                lines, behind = _whole_lines(file, begin, last=alone)
                if behind == begin:
                    break
                stored += self._store(path.name, lines)
                self.read_to[path.name] = behind
            if alone and self.read_to.get(path.name, 0) >= os.fstat(file.fileno()).st_size:
                path.unlink()
                self.read_to.pop(path.name, None)
        return stored

    def _store(self, name: str, lines: list[bytes]) -> int:
        clicks, bad = _parsed(lines)
        self._set_aside(name, bad)
        return sum(self._stored_in_parts(name, clicks))

    def _stored_in_parts(self, name: str, clicks: list[ParsedLine]) -> Iterator[int]:
        """Store them together, or, where the database refuses one, in halves until the refused one stands alone."""
        try:
            yield store([row for _, row in clicks])
        except DataError:
            if len(clicks) == 1:
                self._set_aside(name, [clicks[0][0]])
                return
            middle = len(clicks) // 2
            yield from self._stored_in_parts(name, clicks[:middle])
            yield from self._stored_in_parts(name, clicks[middle:])

    def _set_aside(self, name: str, lines: Iterable[bytes]) -> None:
        """Keep refused lines in a file of the same name, to be moved back once mended; they never stop the others."""
        for line in lines:
            self.bad += 1
            logger.error("a line of a click file is damaged and was set aside", extra={"file": name})
            with contextlib.suppress(OSError):
                aside = self.folder / ASIDE
                aside.mkdir(mode=0o700, exist_ok=True)
                with (aside / name).open("ab") as kept:
                    kept.write(line.rstrip(b"\n") + b"\n")

    def _drop_drafts(self) -> None:
        """Delete files whose writer died between making and naming them; they are empty."""
        for path in self.folder.glob(f"*{DRAFT}"):
            with contextlib.suppress(FileNotFoundError):
                if time.time() - path.stat().st_mtime > DRAFT_SECONDS:
                    path.unlink()


def _locked_alone(file: BinaryIO) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _whole_lines(file: BinaryIO, start: int, *, last: bool) -> tuple[list[bytes], int]:
    """Lines from `start` on, and where the next one starts. With `last` an unfinished line is the end of the file."""
    file.seek(start)
    data = file.read(READ_BYTES)
    end = data.rfind(b"\n") + 1
    is_all = last and start + len(data) == os.fstat(file.fileno()).st_size
    if is_all or (end == 0 and len(data) == READ_BYTES):  # no click is so long: damaged, to be set aside
        end = len(data)
    return [line for line in data[:end].split(b"\n") if line], start + end


def _parsed(lines: list[bytes]) -> tuple[list[ParsedLine], list[bytes]]:
    clicks, bad = [], []
    for line in lines:
        try:
            clicks.append((line, row_of(line)))
        except BadLine:
            bad.append(line)
    return clicks, bad
