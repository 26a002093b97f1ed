"""The one error of this folder: servers cannot be had, said in a sentence that a person can act on."""

import contextlib
import errno
import shutil
from collections.abc import Iterator
from pathlib import Path

NO_SERVER = 3
FULL_ERRORS = (errno.ENOSPC, errno.EDQUOT)
# A fresh cluster is 40 MB, and PostgreSQL writes its log in files of 16 MB.
ROOM_NEEDED = 100 * 2**20


class CannotStart(Exception):
    """Something must be done first; the text says what. `code` is the exit code of the command."""

    def __init__(self, sentence: str, *, code: int = NO_SERVER) -> None:
        super().__init__(sentence)
        self.code = code


def full_disk(folder: Path) -> CannotStart:
    """The refusal for a disk without room."""
    free = shutil.disk_usage(folder).free // 2**20
    return CannotStart(
        f"The disk that holds {folder} is full ({free} MB free). Troupe needs {ROOM_NEEDED // 2**20} MB to start:"
        " free some space, or set TROUPE_VAR to a folder on another disk.",
        code=1,
    )


def check_room(folder: Path) -> None:
    """Refuse where PostgreSQL would stop half-way for want of room."""
    if shutil.disk_usage(folder).free < ROOM_NEEDED:
        raise full_disk(folder)


def lack_of_room(folder: Path) -> str:
    """The sentence about a full disk with a space behind it, or nothing."""
    return f"{full_disk(folder)} " if shutil.disk_usage(folder).free < ROOM_NEEDED else ""


@contextlib.contextmanager
def full_disk_in_words(folder: Path) -> Iterator[None]:
    """Turn "no space left" from any write in the block into the sentence about the disk."""
    try:
        yield
    except OSError as error:
        if error.errno in FULL_ERRORS:
            raise full_disk(folder) from error
        raise
