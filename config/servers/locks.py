"""Who may start and stop the servers of a folder: one owner at a time, any number of users beside it.

The owner holds `servers.lock` alone. Users share `users.lock`, and an owner that wants to stop takes that one alone
first, so a long command is not cut off because a shorter one had come before it. A lock ends with its process.
"""

import contextlib
import fcntl
import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True)
class Holder:
    """Who has the servers: a command, and the address where Troupe is if that command is `start`."""

    pid: int
    command: str
    address: str = ""


class Lock:
    """A file lock that is taken without waiting."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._descriptor: int | None = None

    def take(self, *, shared: bool = False) -> bool:
        """Whether the lock is ours now."""
        descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(descriptor, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            return False
        if not shared:
            os.ftruncate(descriptor, 0)
        self._descriptor = descriptor
        return True

    def release(self) -> None:
        """Let others have it."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def sign(self, holder: Holder) -> None:
        """Leave word of who has it."""
        assert self._descriptor is not None  # noqa: S101 - for mypy; only ever called by the holder
        os.pwrite(self._descriptor, json.dumps(asdict(holder)).encode(), 0)

    def holder(self) -> Holder | None:
        """Who has it, if they have signed. Ask after `take` was refused."""
        with contextlib.suppress(OSError, ValueError, TypeError):
            return Holder(**json.loads(self._path.read_text()))
        return None

    @contextlib.contextmanager
    def held(self) -> Iterator[None]:
        """Give the lock back when the block ends."""
        try:
            yield
        finally:
            self.release()
