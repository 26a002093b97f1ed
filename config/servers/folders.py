"""Where the servers' files and sockets are, and that nobody else can reach them."""

import hashlib
import importlib.util
import os
import re
from pathlib import Path

from config.servers.refusal import CannotStart

# 104 bytes with the closing zero on macOS, 108 on Linux.
SOCKET_PATH_MAX = 103
LONGEST_SOCKET = ".s.PGSQL.5432.lock"
# What needs no quoting in an address: the path stands in DATABASE_URL and REDIS_URL.
PLAIN = re.compile(r"[A-Za-z0-9/._-]+")


def socket_folder(var: Path) -> Path:
    """Where the sockets are: beside the data, or under /tmp where that path would be too long or not plain."""
    near = var / "run"
    if PLAIN.fullmatch(str(near)) and len(os.fsencode(near / LONGEST_SOCKET)) <= SOCKET_PATH_MAX:
        return near
    # Not the temporary folder of the moment: every command must come to the same place.
    return Path("/tmp") / f"troupe-{os.getuid()}-{hashlib.sha256(os.fsencode(var)).hexdigest()[:12]}"  # noqa: S108


def private_folder(path: Path) -> Path:
    """The folder, made if it is missing, that nobody but its owner can enter.

    Raises CannotStart where it belongs to somebody else or is a link that could lead anywhere.
    """
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    found = path.lstat()
    if path.is_symlink() or found.st_uid not in _own_users():
        raise CannotStart(f"{path} belongs to somebody else. Remove it, or set TROUPE_VAR to another folder.", code=1)
    if found.st_mode & 0o077:
        path.chmod(0o700)
    return path


def own_var(var: Path) -> Path:
    """The installation's folder, made closed if it is missing. One that a person made keeps its mode."""
    if not var.exists():
        return private_folder(var)
    if not os.access(var, os.W_OK | os.X_OK):
        raise CannotStart(f"{var} cannot be written to. Set TROUPE_VAR to a folder of your own.", code=1)
    return var


def package_folder(name: str) -> Path:
    """Where an installed package is."""
    spec = importlib.util.find_spec(name)
    if spec is None or spec.origin is None:
        raise CannotStart(
            f"The package {name} is not installed. Install requirements-dev.txt, which has the embedded servers, or"
            " run PostgreSQL and Valkey yourself and set DATABASE_URL and REDIS_URL."
        )
    return Path(spec.origin).parent


def _own_users() -> set[int]:
    # Root hands the sockets to another user where it may not use a namespace (see rootless.py).
    return {0, 65534} if os.geteuid() == 0 else {os.geteuid()}
