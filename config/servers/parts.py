"""The processes of Troupe that `start` runs beside the servers: web, Celery worker, beat, click shipper."""

import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from config.servers.processes import Steps, spawn

# Each thread keeps a database connection; pages wait for PostgreSQL and little else.
WEB_THREADS = 4  # of each worker; twice as many answer no more, since one at a time runs Python
WORKER_PROCESSES = 2
LOG_LIMIT_BYTES = 10 * 2**20


@dataclass(frozen=True)
class Process:
    """A part that is a command of ours; it is stopped with SIGTERM, within `patience` seconds."""

    name: str
    command: Sequence[str]
    folder: Path
    log: Path
    patience: float
    env: Mapping[str, str] = field(repr=False)

    @property
    def stop_steps(self) -> Steps:
        """Ask, then kill."""
        return ((signal.SIGTERM, self.patience), (signal.SIGKILL, 5))

    def start(self) -> subprocess.Popen[bytes]:
        """Start it as a direct child, with its output in its log."""
        if self.log.exists() and self.log.stat().st_size > LOG_LIMIT_BYTES:
            self.log.replace(self.log.with_suffix(".log.1"))
        return spawn(self.command, log=self.log, cwd=self.folder, env=self.env)

    def answers(self) -> bool:
        """Nothing is asked of it."""
        return True

    def recover(self) -> bool:
        """Nothing to mend."""
        return False


@dataclass(frozen=True)
class Plan:
    """What every part of one start has in common."""

    folder: Path
    var: Path
    env: Mapping[str, str]

    def process(self, name: str, *command: str, patience: float) -> Process:
        """A part that runs this Python with these arguments."""
        return Process(
            name=name,
            command=[sys.executable, *command],
            folder=self.folder,
            log=self.var / "log" / f"{name.replace(' ', '-')}.log",
            patience=patience,
            env={**os.environ, **self.env, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONUNBUFFERED": "1"},
        )


def web(plan: Plan, *, host: str, port: int, workers: int) -> Process:
    """The web server."""
    # One worker that dies takes its server along and both are started again; of several, only that one is.
    respawn = ["--respawn-failed-workers"] if workers > 1 else []
    place = ["--host", host, "--port", str(port)]
    size = ["--workers", str(workers), "--blocking-threads", str(WEB_THREADS)]
    quiet = ["--no-ws", "--log-level", "warning"]
    command = ["-m", "granian", "--interface", "wsgi", *place, *size, *quiet, *respawn, "config.wsgi:application"]
    return plan.process("web", *command, patience=10)


def worker(plan: Plan) -> Process:
    """The Celery worker."""
    size = ["--concurrency", str(WORKER_PROCESSES), "--loglevel", "warning"]
    # Nobody asks other workers anything here, and asking delays the start by a second.
    alone = ["--without-gossip", "--without-mingle"]
    return plan.process("worker", "-m", "celery", "-A", "config.celery", "worker", *size, *alone, patience=15)


def beat(plan: Plan) -> Process:
    """Celery's clock. Two of them would be harmless."""
    schedule = ["--schedule", str(plan.var / "beat-schedule"), "--pidfile", "", "--loglevel", "warning"]
    return plan.process("beat", "-m", "celery", "-A", "config.celery", "beat", *schedule, patience=5)


def shipper(plan: Plan) -> Process:
    """What moves clicks from files into the database."""
    return plan.process("click shipper", "manage.py", "ship_clicks", patience=10)
