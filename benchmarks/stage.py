"""An installation of its own for benchmarks and torture tests: web server and shipper in a passing folder."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from config.servers.parts import WEB_THREADS

BASE_DIR = Path(__file__).resolve().parent.parent
THREADS = WEB_THREADS


def environment(var: Path, database_url: str, redis_url: str) -> dict[str, str]:
    """What the parts of this installation run with."""
    keep = {
        name: value for name, value in os.environ.items() if not name.startswith(("TROUPE_", "DJANGO_", "PYTEST_"))
    }
    return {
        **keep, "TROUPE_VAR": str(var), "DATABASE_URL": database_url, "REDIS_URL": redis_url,
        "PYTHONPATH": str(BASE_DIR), "DJANGO_SETTINGS_MODULE": "config.settings", "SECRET_KEY": "x" * 50,
    }  # fmt: skip


def free_port() -> int:
    """A port that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def web_command(application: str, port: int, workers: int, *, threads: int = THREADS) -> list[str]:
    """Granian as `start` runs it."""
    size = ["--workers", str(workers), "--blocking-threads", str(threads), "--respawn-failed-workers"]
    place = ["--host", "127.0.0.1", "--port", str(port)]
    return [sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws", "--log-level", "error", *place, *size,
            application]  # fmt: skip


@contextmanager
def process(command: Sequence[str], env: dict[str, str], *, log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Run a command in a session of its own for a block; whatever is left of it is killed after."""
    with log.open("ab") as out:
        child = subprocess.Popen(command, env=env, cwd=BASE_DIR, stdout=out, stderr=out, start_new_session=True)
        try:
            yield child
        finally:
            for number in (signal.SIGCONT, signal.SIGTERM):
                _signal_group(child.pid, number)
            with suppress(subprocess.TimeoutExpired):
                child.wait(10)
            _signal_group(child.pid, signal.SIGKILL)
            child.wait(10)


def _signal_group(leader: int, number: signal.Signals) -> None:
    with suppress(ProcessLookupError):
        os.killpg(leader, number)


def wait_for_port(port: int, seconds: float = 30) -> None:
    """Wait until somebody listens."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise TimeoutError(f"nothing listens on port {port}")
