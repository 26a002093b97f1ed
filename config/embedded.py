"""PostgreSQL and Valkey run from their wheels' programs under TROUPE_VAR, on sockets only, owned by one process.

Their addresses follow from TROUPE_VAR, so importing the settings starts nothing. `manage.py`, `start` and the test
session enter `servers()`: whoever gets the lock starts and stops them, others join. Nothing outside TROUPE_VAR and
the socket folder is created or changed. Not decided here: how the parts of Troupe run (config/servers/parts.py).
"""

import contextlib
import hashlib
import math
import os
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from config.servers import addresses
from config.servers.addresses import DATABASE, REDIS, given
from config.servers.children import Child, told_by
from config.servers.folders import own_var, private_folder, socket_folder
from config.servers.locks import Holder, Lock
from config.servers.postgres import Postgres
from config.servers.processes import carrying, end_all
from config.servers.refusal import CannotStart, check_room, full_disk_in_words
from config.servers.valkey import Valkey

__all__ = ["CannotStart", "database_url", "needed", "own_var", "redis_url", "servers", "socket_folder", "var_folder"]

BASE_DIR = Path(__file__).resolve().parent.parent
PATIENCE_SECONDS = 60
LEFTOVER_STEPS = ((signal.SIGTERM, 5), (signal.SIGKILL, 5))
# Commands that ask neither server; `start` runs its own.
WITHOUT_SERVERS = {
    "check", "collectstatic", "compilemessages", "demo_provider", "findstatic", "help", "makemessages",
    "makemigrations", "start", "startapp", "startproject", "version",
}  # fmt: skip


def var_folder() -> Path:
    """The one folder that this installation may write to."""
    return Path(os.environ.get("TROUPE_VAR") or BASE_DIR / "var").resolve()


def database_url(var: Path) -> str:
    """The address of the embedded database."""
    return addresses.embedded_database_url(socket_folder(var))


def redis_url(var: Path) -> str:
    """The address of the embedded Valkey."""
    return addresses.embedded_redis_url(socket_folder(var))


def needed(argv: list[str]) -> bool:
    """Whether a command line asks the servers for anything, as far as its name tells."""
    if len(argv) < 2 or argv[1].startswith("-") or {"--help", "-h"} & set(argv):
        return False
    return argv[1] not in WITHOUT_SERVERS or "--database" in argv


def run_id(var: Path) -> str:
    """The mark in the environment of every process that a start in this folder makes."""
    return hashlib.sha256(os.fsencode(var)).hexdigest()[:16]


def lock_of(var: Path) -> Lock:
    """The lock of whoever owns the servers in this folder."""
    return Lock(var / "servers.lock")


@contextlib.contextmanager
def servers(var: Path | None = None, *, fast: bool = False, command: str = "manage.py") -> Iterator[bool]:
    """Run the servers for a block, or join those that another process runs. Yields whether we own them.

    `fast` is for tests: their data does not survive a power cut. Raises CannotStart with what to do.
    """
    var = own_var(var or var_folder())
    lock, users = lock_of(var), Lock(var / "users.lock")
    is_owner = _own_or_join(var, lock, users)
    if is_owner:
        lock.sign(Holder(pid=os.getpid(), command=command))
    with lock.held(), users.held():
        if not is_owner:
            yield False
            return
        with running(var, users, fast=fast):
            yield True


def address_of_start(var: Path) -> str:
    """Where Troupe runs with this folder, or nothing."""
    lock = lock_of(var)
    if lock.take():
        lock.release()
        return ""
    holder = lock.holder()
    return holder.address if holder else ""


@contextlib.contextmanager
def owned(var: Path, holder: Holder) -> Iterator[Lock]:
    """Hold the lock of `var` for a block, as `start` does. Waits for a short command that has it. Yields the users'.

    Raises CannotStart where Troupe is already running there.
    """
    lock, users = lock_of(var), Lock(var / "users.lock")
    said = False
    while not lock.take():
        other = lock.holder()
        if other and other.address:
            raise CannotStart(f"Troupe is already running at {other.address} (process {other.pid}).", code=1)
        if not said:
            print(f"{_named(other)} uses the servers in {var}; starting when it ends.", file=sys.stderr)
            said = True
        time.sleep(0.1)
    lock.sign(holder)
    with lock.held(), users.held():
        yield users


@contextlib.contextmanager
def running(var: Path, users: Lock, *, fast: bool = False, patience: float = math.inf) -> Iterator[list[Child]]:
    """Start those servers whose address is not given, wait until they answer, and stop them after the block.

    The caller holds the lock. Commands that joined get `patience` seconds to end before the servers stop. Yields the
    children, so that `start` can look after them.
    """
    with full_disk_in_words(var):
        check_room(var)
        end_left_overs(var)
        sockets = private_folder(socket_folder(var))
        private_folder(var / "log")
        children = [Child(server) for server in _wanted(var, sockets, fast=fast)]
        _write_addresses(var)
    try:
        for child in children:
            with full_disk_in_words(var):
                child.start()
        for child in children:
            _wait_until_it_answers(child)
        try:
            yield children
        finally:
            _wait_for_users(users, patience)
    finally:
        for child in reversed(children):
            child.stop()
        if sockets.parent != var:
            with contextlib.suppress(OSError):
                sockets.rmdir()


def end_left_overs(var: Path) -> None:
    """End every process that an earlier start in this folder left behind. Only for who holds the lock."""
    end_all(lambda: carrying(run_id(var)), LEFTOVER_STEPS)


def _wanted(var: Path, sockets: Path, *, fast: bool) -> list[Postgres | Valkey]:
    wanted: list[Postgres | Valkey] = []
    if not given(DATABASE) or given(DATABASE) == database_url(var):
        wanted.append(Postgres(var, sockets, fast=fast))
    if not given(REDIS) or given(REDIS).startswith(redis_url(var)):
        wanted.append(Valkey(var, sockets, fast=fast))
    return wanted


def _own_or_join(var: Path, lock: Lock, users: Lock) -> bool:
    """Get the lock, or a share in the servers of whoever has it, once they answer. Whether we own them."""

    def answer() -> bool:
        database, valkey = given(DATABASE) or database_url(var), given(REDIS) or redis_url(var)
        return addresses.database_answers(database) and addresses.redis_answers(valkey)

    end = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < end:
        if lock.take():
            return True
        if users.take(shared=True):
            if answer():
                return False
            users.release()
        time.sleep(0.05)
    raise CannotStart(f"{_named(lock.holder())} holds {var}, and no servers answer there. Stop it and try again.")


def _wait_for_users(users: Lock, patience: float) -> None:
    """Let commands that joined us finish; from here on nobody joins."""
    said, end = False, time.monotonic() + patience
    while not users.take() and time.monotonic() < end:
        if not said:
            print("Another command still uses these servers; they stop when it ends.", file=sys.stderr)
            said = True
        time.sleep(0.1)


def _named(holder: Holder | None) -> str:
    return f"`{holder.command}` (process {holder.pid})" if holder else "Another command"


def _wait_until_it_answers(child: Child) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while not child.part.answers():
        if child.is_dead():
            if not child.part.recover():
                raise _did_not_start(child)
            child.start()
        if time.monotonic() > end:
            raise _did_not_start(child)
        time.sleep(0.02)


def _did_not_start(child: Child) -> CannotStart:
    return CannotStart(f"{child.part.name} did not start. {told_by(child.part)}")


def _write_addresses(var: Path) -> None:
    """Repeat the addresses in `run.env`, for scripts; nothing of ours reads it."""
    text = f"DATABASE_URL='{given(DATABASE) or database_url(var)}'\nREDIS_URL='{given(REDIS) or redis_url(var)}'\n"
    draft = var / f"run.env.{os.getpid()}"
    draft.touch(mode=0o600)
    draft.write_text(text)
    draft.rename(var / "run.env")
