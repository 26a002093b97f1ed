"""PostgreSQL refuses to run as root, so root runs it as somebody else on the same files.

First choice: user 65534 of a user namespace in which that user is root outside. Nothing changes owner, and a checkout
under root's closed home works. Where namespaces are forbidden (many containers), the data folder is given to the real
user 65534, who must be able to reach it.
"""

import ctypes
import os
import subprocess
import sys
from pathlib import Path

from config.servers.processes import Become
from config.servers.refusal import CannotStart

NOBODY = 65534
CLONE_NEWUSER = 0x10000000
_libc = ctypes.CDLL(None, use_errno=True)


def server_user(data: Path, sockets: Path, binary: Path) -> Become | None:
    """What a child does before it becomes PostgreSQL: nothing for an ordinary user.

    Raises CannotStart, naming the ways out, where root finds no user who may use both the folder and the program.
    """
    if os.geteuid() != 0:
        return None
    if data.stat().st_uid == 0 and _works(_in_namespace, data, binary):
        return _in_namespace
    if _works(_as_nobody, data.parent, binary, write=False) or _opened(data.parent, binary):
        for path in (sockets, data, *data.rglob("*")):
            os.chown(path, NOBODY, NOBODY, follow_symlinks=False)
        return _as_nobody
    raise CannotStart(
        f"PostgreSQL does not run as root, this machine forbids user namespaces, and user {NOBODY} cannot reach"
        f" {data} or {binary}. Run Troupe as an ordinary user, or move it to a folder that others may enter (such as"
        " /opt/troupe), or run PostgreSQL and Valkey yourself and set DATABASE_URL and REDIS_URL."
    )


def _in_namespace() -> None:
    user, group = os.geteuid(), os.getegid()
    if sys.platform != "linux" or _libc.unshare(CLONE_NEWUSER):
        raise OSError(ctypes.get_errno(), "unshare")
    maps = (("setgroups", "deny"), ("gid_map", f"{NOBODY} {group} 1"), ("uid_map", f"{NOBODY} {user} 1"))
    for name, text in maps:
        Path(f"/proc/self/{name}").write_text(text)


def _as_nobody() -> None:
    os.setgroups([])
    os.setgid(NOBODY)
    os.setuid(NOBODY)


def _works(become: Become, folder: Path, binary: Path, *, write: bool = True) -> bool:
    """Whether the program runs as that user, with the folder within reach."""

    def prepare() -> None:
        become()
        if not os.access(folder, os.R_OK | os.W_OK | os.X_OK if write else os.X_OK):
            raise PermissionError(folder)

    try:
        done = subprocess.run(
            [binary, "--version"], preexec_fn=prepare, cwd="/", capture_output=True, timeout=20, check=False
        )
    except (OSError, subprocess.SubprocessError):
        return False
    return done.returncode == 0


def _opened(var: Path, binary: Path) -> bool:
    """Let others pass through `var`, which we own, if that is all that stands in the way."""
    before = var.stat().st_mode & 0o777
    var.chmod(before | 0o011)
    if _works(_as_nobody, var, binary, write=False):
        return True
    var.chmod(before)
    return False
