"""Real servers and a real `start` for tests: started, asked, killed, and surely ended."""

import contextlib
import itertools
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil
import psycopg
import pytest

from config import embedded
from config.servers import addresses, processes

ROOT = Path(__file__).resolve().parent.parent.parent
_numbers = itertools.count()
# Tests, documents and what tools leave behind are not needed to run.
NOT_COPIED = shutil.ignore_patterns(".git", ".venv", "var", "tests", "docs", "__pycache__", ".*_cache", ".hypothesis")
PART_MARKS = {
    "postgres": "bin/postgres -D",
    "valkey": "valkey-server",
    "web": "granian",
    "worker": "config.celery worker",
    "beat": "config.celery beat",
    "click shipper": "ship_clicks",
}


def until(condition: Callable[[], Any], what: str, seconds: float = 240) -> Any:
    """Wait for the condition and return what it gave; fail after the deadline, naming it."""
    end = time.monotonic() + seconds
    while True:
        if found := condition():
            return found
        if time.monotonic() > end:
            pytest.fail(f"waited {seconds} s for: {what}")
        time.sleep(0.05)


def free_port() -> int:
    """A port of this machine that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def environment(var: Path, **more: str) -> dict[str, str]:
    """The environment of somebody who has just cloned Troupe, and nothing of this test session's."""
    ours = ("TROUPE_", "DATABASE_URL", "REDIS_URL", "PYTEST", "DJANGO_", "SECRET_KEY", "CUSTOMER_KEY", "COV_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return kept | {"TROUPE_VAR": str(var)} | more


def copy_checkout(target: Path) -> Path:
    """A second checkout of the code under test."""
    shutil.copytree(ROOT, target, ignore=NOT_COPIED, symlinks=True)
    return target


def manage(*arguments: str, var: Path, code: int = 0, root: Path = ROOT, env: dict[str, str] | None = None):
    """Run `manage.py` to its end and return what it said; `code` is the exit code it must have."""
    command = [sys.executable, "manage.py", *arguments]
    done = subprocess.run(
        command,
        cwd=root,
        env=environment(var, **(env or {})),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == code, done.stderr
    return done


def living(var: Path) -> list[psutil.Process]:
    """Everything that runs for this folder."""
    servers = processes.working_in(var / "postgres", var / "valkey")
    parts = [process for process in processes.carrying(embedded.run_id(var)) if process not in servers]
    return servers + parts


def end_everything(var: Path) -> None:
    """Kill what a test left running, and its socket folder."""
    for process in living(var):
        with contextlib.suppress(psutil.NoSuchProcess):
            process.kill()
    sockets = embedded.socket_folder(var)
    if sockets.parent != var:
        shutil.rmtree(sockets, ignore_errors=True)


class Background:
    """A process of ours with its output in files."""

    def __init__(
        self, command: list[str], *, var: Path, root: Path = ROOT, env: dict[str, str] | None = None
    ) -> None:
        self.var = var
        outside = root.parent if root in var.parents else var.parent
        name = f"said-{next(_numbers)}"
        self.out, self.err = outside / f"{name}.out", outside / f"{name}.err"
        with self.out.open("w") as out, self.err.open("w") as err:
            self.process = subprocess.Popen(
                command, cwd=root, env=environment(var, **(env or {})), stdin=subprocess.PIPE, stdout=out, stderr=err
            )

    def said(self, text: str) -> str:
        """Wait for this text on standard output; returns all of it."""

        def found() -> str:
            if self.process.poll() is not None and text not in self.out.read_text():
                pytest.fail(f"ended with {self.process.returncode}: {self.err.read_text()}")
            return self.out.read_text() if text in self.out.read_text() else ""

        return until(found, f"{text!r} on standard output")

    def signal(self, number: signal.Signals) -> int:
        """Send a signal and wait for the end; the exit code."""
        self.process.send_signal(number)
        return self.process.wait(60)


class Pair(Background):
    """Just the two servers, run by `embedded.servers` as a command would."""

    SCRIPT = (
        "import sys; from config import embedded\n"
        "with embedded.servers(command='a test') as is_owner:\n"
        "    print('owner' if is_owner else 'joined', flush=True); sys.stdin.read()"
    )

    def __init__(self, var: Path) -> None:
        super().__init__([sys.executable, "-B", "-c", self.SCRIPT], var=var)

    def finish(self) -> int:
        """Let it end by itself; the exit code."""
        assert self.process.stdin is not None
        self.process.stdin.close()
        return self.process.wait(60)


class Start(Background):
    """`manage.py start`, with the pages it serves."""

    def __init__(
        self,
        var: Path,
        *,
        root: Path = ROOT,
        port: int = 0,
        command: list[str] | None = None,
        env: dict[str, str] | None = None,
    ) -> None:
        self.port = port or free_port()
        command = command or [sys.executable, "manage.py", "start"]
        super().__init__(command, var=var, root=root, env={"PORT": str(self.port)} | (env or {}))

    def is_healthy(self) -> bool:
        """Whether the database answers through the web server."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=10) as answer:
                return answer.read() == b"ok"
        except (OSError, urllib.error.URLError):
            return False

    def part(self, name: str) -> psutil.Process | None:
        """The process that runs this part now."""
        with contextlib.suppress(psutil.NoSuchProcess):
            for child in psutil.Process(self.process.pid).children():
                with contextlib.suppress(psutil.NoSuchProcess):
                    if PART_MARKS[name] in " ".join(child.cmdline()):
                        return child
        return None


class Installation:
    """A database of its own on this session's servers, given by address, and a folder."""

    def __init__(self, name: str, var: Path) -> None:
        self.name, self.var = name, var
        host = os.environ[addresses.DATABASE]
        self.urls = {
            "DATABASE_URL": host.replace("/postgres?", f"/{name}?"),
            "REDIS_URL": f"{os.environ[addresses.REDIS].partition('?')[0]}?db=63",
        }

    def manage(self, *arguments: str, code: int = 0):
        return manage(*arguments, var=self.var, code=code, env=self.urls)

    def brands(self) -> list[str]:
        with psycopg.connect(self.urls["DATABASE_URL"]) as connection:
            return [row[0] for row in connection.execute("select slug from team_brand")]


def server() -> psycopg.Connection:
    """The server of this test session, where databases are made."""
    return psycopg.connect(os.environ[addresses.DATABASE], autocommit=True)
