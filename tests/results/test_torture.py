"""Every answered click is stored exactly once, whatever is killed, frozen, stopped and started on the way."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import psutil
import psycopg
import pytest

from benchmarks import load
from benchmarks.stage import BASE_DIR, environment, free_port, process, wait_for_port, web_command
from config import embedded

pytestmark = pytest.mark.servers

LOAD_SECONDS = 11
CONNECTIONS = 4
# What may be stored without having been answered: a request under way when its worker or the client went.
UNDER_WAY = 10 * CONNECTIONS
LINKS = 5


class Installation:
    """Servers, web workers and a shipper of their own in a passing folder."""

    def __init__(self, var: Path, stack: contextlib.ExitStack) -> None:
        self.var = var
        self.stack = stack
        self.port = free_port()
        self.servers = contextlib.ExitStack()
        stack.callback(lambda: self.servers.close())
        self.start_servers()
        self.url = embedded.database_url(var)
        self.env = environment(var, self.url, embedded.redis_url(var))

    def start_servers(self) -> None:
        """Start PostgreSQL and Valkey."""
        self.servers.enter_context(embedded.servers(self.var, fast=True))

    def stop_servers(self) -> None:
        """Stop both, really."""
        self.servers.close()

    def manage(self, *arguments: str) -> str:
        """A command of ours, to its end."""
        command = [sys.executable, "manage.py", *arguments]
        done = subprocess.run(command, env=self.env, cwd=BASE_DIR, capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def start_web(self) -> subprocess.Popen[bytes]:
        """Two web workers."""
        command = web_command("config.wsgi:application", self.port, 2)
        web = self.stack.enter_context(process(command, self.env, log=self.var / "web.log"))
        wait_for_port(self.port)
        return web

    def start_shipper(self) -> subprocess.Popen[bytes]:
        """A shipper."""
        command = [sys.executable, "manage.py", "ship_clicks"]
        return self.stack.enter_context(process(command, self.env, log=self.var / "shipper.log"))

    def stored(self) -> list[str]:
        """The ids of all clicks in the database."""
        with psycopg.connect(self.url) as connection:
            return [str(row[0]) for row in connection.execute("select id from results_click")]


@pytest.fixture
def installation(tmp_path, monkeypatch):
    """An installation that knows nothing of the test session's own servers."""
    for name in ("DATABASE_URL", "REDIS_URL"):
        monkeypatch.delenv(name, raising=False)
    with contextlib.ExitStack() as stack:
        yield Installation(tmp_path / "var", stack)


def a_worker(web: subprocess.Popen[bytes]) -> psutil.Process:
    """The web worker with the most memory: the others are helpers."""
    return max(psutil.Process(web.pid).children(), key=lambda child: child.memory_info().rss)


def wait(seconds: float) -> None:
    """Let the load go on."""
    threading.Event().wait(seconds)


def frozen(pid: int, seconds: float) -> None:
    """Freeze a process for a while."""
    os.kill(pid, signal.SIGSTOP)
    wait(seconds)
    os.kill(pid, signal.SIGCONT)


def torment(troupe: Installation, web: subprocess.Popen[bytes], shipper: subprocess.Popen[bytes]) -> None:
    """Everything that may go wrong with the processes, one after the other."""
    wait(1)
    shipper.send_signal(signal.SIGKILL)
    wait(0.5)
    shipper = troupe.start_shipper()
    a_worker(web).kill()
    wait(1)
    frozen(shipper.pid, 0.7)
    frozen(a_worker(web).pid, 0.7)
    troupe.stop_servers()
    wait(1)
    troupe.start_servers()
    shipper.send_signal(signal.SIGKILL)
    troupe.start_shipper()


def test_every_answered_click_is_stored_exactly_once(installation):
    troupe = installation
    troupe.manage("migrate", "--verbosity", "0")
    slugs = troupe.manage("shell", "--no-imports", "-c", f"from benchmarks.links import make; print(*make({LINKS}))")
    web, shipper = troupe.start_web(), troupe.start_shipper()
    plan = load.Plan(
        port=troupe.port, paths=[f"/r/{slug}" for slug in slugs.split()], connections=CONNECTIONS, processes=1,
        seconds=LOAD_SECONDS, keep_clicks=True, pause=0.005,
    )  # fmt: skip
    results: list[load.Load] = []
    client = threading.Thread(target=lambda: results.append(load.run(plan)))

    client.start()
    torment(troupe, web, shipper)
    client.join(LOAD_SECONDS + 30)
    stored = _stored_in_the_end(troupe)

    [result] = results
    answered = result.clicks
    assert len(answered) > 200
    assert len(set(answered)) == len(answered)
    assert set(answered) - set(stored) == set()
    assert len(set(stored)) == len(stored)
    assert len(stored) - len(answered) <= UNDER_WAY
    assert _lines_on_disk(troupe) <= set(stored)
    troupe.manage("shell", "--no-imports", "-c", "from results.tasks import roll_up_clicks; roll_up_clicks()")
    with psycopg.connect(troupe.url) as connection:
        [total] = connection.execute("select sum(clicks) from results_clickday").fetchone() or (0,)
    assert total == len(stored)


def _stored_in_the_end(troupe: Installation) -> list[str]:
    """What is stored once nothing new arrives: the web server may still hold its last file open."""
    end = time.monotonic() + 20
    while _lines_on_disk(troupe) - set(troupe.stored()) and time.monotonic() < end:
        wait(0.3)
    return troupe.stored()


def _lines_on_disk(troupe: Installation) -> set[str]:
    """The ids of clicks that still lie in files; a file may be deleted while we look."""
    found: set[str] = set()
    for path in (troupe.var / "clicks").glob("*.jsonl"):
        with contextlib.suppress(FileNotFoundError):
            found |= {
                json.loads(line)[0] for line in path.read_bytes().splitlines(keepends=True) if line.endswith(b"\n")
            }
    return found
