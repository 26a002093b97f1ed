"""Clicks on disk before they are in PostgreSQL: one line a click, one file a thread, one `write` a line.

A file is locked (shared) by its writer for as long as it is open, so whoever can lock it alone knows that its writer
has let go, be it by closing or by dying. Nothing here waits for another process.
"""

import contextlib
import errno
import fcntl
import logging
import os
import secrets
import threading
import time
import weakref
from pathlib import Path

from django.conf import settings

ROTATE_BYTES = 1_000_000
ROTATE_SECONDS = 5.0
SUFFIX = ".jsonl"
DRAFT = ".new"

logger = logging.getLogger(__name__)


class SpoolFile:
    """The open file of one thread. Closing it, or dying, hands it over to the shipper."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = folder / f"{time.time_ns()}-{os.getpid()}-{secrets.token_hex(4)}{DRAFT}"
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND | os.O_CLOEXEC
        self.size = 0
        self.until = time.monotonic() + ROTATE_SECONDS
        self.descriptor = os.open(draft, flags, 0o600)
        try:
            # Locked before it has the name that the shipper looks for, so it is never seen without its writer.
            fcntl.flock(self.descriptor, fcntl.LOCK_SH)
            draft.rename(draft.with_suffix(SUFFIX))
        except OSError:
            draft.unlink(missing_ok=True)
            self.close()
            raise
        _open_files.add(self)

    def write(self, line: bytes) -> None:
        """Append the line as a whole, or leave the file as it was and raise OSError."""
        written = os.write(self.descriptor, line)
        if written != len(line):
            os.ftruncate(self.descriptor, self.size)
            raise OSError(errno.ENOSPC, "no room for a whole line")
        self.size += written

    def is_spent(self) -> bool:
        """Whether the next line belongs in a new file. An empty one is kept: a full disk must not fill with names."""
        return self.size >= ROTATE_BYTES or (self.size > 0 and time.monotonic() >= self.until)

    def close(self) -> None:
        """Let go of the file; safe to call twice."""
        descriptor, self.descriptor = self.descriptor, -1
        if descriptor >= 0:
            os.close(descriptor)

    __del__ = close


_own = threading.local()
_open_files: weakref.WeakSet[SpoolFile] = weakref.WeakSet()
_lost = 0
_lost_lock = threading.Lock()


def append(line: bytes) -> bool:
    """Write one click down, and say whether there was room. A click that finds none is counted, never retried."""
    try:
        _file_of_this_thread().write(line)
    except OSError as error:
        _count_lost(error)
        return False
    return True


def _file_of_this_thread() -> SpoolFile:
    file: SpoolFile | None = getattr(_own, "file", None)
    if file is None or file.is_spent():
        close()
        file = _own.file = SpoolFile(settings.CLICKS_FOLDER)
    return file


def close() -> None:
    """Close the file of this thread, so that the shipper may delete it."""
    file: SpoolFile | None = getattr(_own, "file", None)
    _own.file = None
    if file is not None:
        file.close()


def _count_lost(error: OSError) -> None:
    global _lost
    with _lost_lock:
        _lost += 1
        first = _lost == 1
    if first:
        logger.error("clicks cannot be written down; the redirect goes on without them", exc_info=error)


def take_lost() -> int:
    """How many clicks found no room since this was last asked. Whoever asks has to tell."""
    global _lost
    with _lost_lock:
        lost, _lost = _lost, 0
    return lost


def put_back_lost(lost: int) -> None:
    """Count clicks again that nobody could be told about."""
    global _lost
    with _lost_lock:
        _lost += lost


def waiting(folder: Path) -> tuple[int, int]:
    """How many files, and how many bytes, wait on this machine. Read lines stay until their writer has let go."""
    sizes = []
    for path in folder.glob(f"*{SUFFIX}"):
        with contextlib.suppress(FileNotFoundError):
            sizes.append(path.stat().st_size)
    return len(sizes), sum(sizes)


def _forget_parents_files() -> None:
    """After a fork: the parent's files are the parent's. Only our copies are closed; its locks stay its own."""
    global _own, _open_files, _lost, _lost_lock
    for file in list(_open_files):
        file.close()
    _own, _open_files, _lost, _lost_lock = threading.local(), weakref.WeakSet(), 0, threading.Lock()


os.register_at_fork(after_in_child=_forget_parents_files)
