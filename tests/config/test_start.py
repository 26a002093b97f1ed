"""The whole of Troupe in one process tree: its lines, its order, kills, and what is in the way."""

import re
import signal
import socket
import stat
import sys
from functools import partial
from pathlib import Path

import psutil
import pytest

from config.servers.children import Child
from config.servers.parts import Process
from config.servers.refusal import CannotStart
from tests.config.running import PART_MARKS, Start, copy_checkout, end_everything, free_port, living, manage, until

pytestmark = pytest.mark.servers


@pytest.fixture
def start(seeded_var):
    """Start Troupe on a prepared installation, as often as a test likes."""
    started: list[Start] = []

    def run(**options) -> Start:
        started.append(Start(seeded_var, **options))
        return started[-1]

    yield run
    for one in started:
        if one.process.poll() is None:
            one.process.kill()
            one.process.wait()
    end_everything(seeded_var)


def facts_outside_var(root: Path) -> dict[str, tuple[int, int, int]]:
    """Mode, owner and size of everything in a checkout but `var`."""
    found = {}
    for path in [root.parent.parent, root, *root.rglob("*")]:
        if root / "var" not in [path, *path.parents]:
            facts = path.lstat()
            found[str(path)] = (stat.S_IMODE(facts.st_mode), facts.st_uid, facts.st_size if path.is_file() else 0)
    return found


def test_a_fresh_checkout_in_a_closed_folder_started_by_a_script(tmp_path):
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    root = copy_checkout(closed / "inner" / "troupe")
    before = facts_outside_var(root)
    # A shell that is no terminal's starts its background jobs with SIGINT ignored.
    script = ["sh", "-c", f'{sys.executable} manage.py start & echo $! > ../pid; wait $!; echo "ended $?"']
    troupe = Start(root / "var", root=root, command=script)

    try:
        lines = troupe.said("Set up:").splitlines()
        was_healthy = troupe.is_healthy()
        psutil.Process(int((root.parent / "pid").read_text())).send_signal(signal.SIGINT)
        ended = troupe.said("ended")
        left, after = living(root / "var"), facts_outside_var(root)
    finally:
        end_everything(root / "var")

    site = f"http://localhost:{troupe.port}"
    assert lines[0] == f"Troupe is at {site}/"
    assert re.fullmatch(f"Set up: {site}/setup/[A-Za-z0-9_-]{{20,}}/", lines[1])
    assert was_healthy
    assert "ended 0" in ended
    assert left == []
    assert after == before


def is_another(troupe: Start, name: str, old: psutil.Process) -> bool:
    now = troupe.part(name)
    return now is not None and now.pid != old.pid


def test_a_killed_part_comes_back_and_a_second_start_is_refused(start, seeded_var):
    troupe = start()
    troupe.said("Set up:")

    for name in PART_MARKS:
        old = troupe.part(name)
        old.kill()
        until(partial(is_another, troupe, name, old), f"{name} to come back")
        until(troupe.is_healthy, f"health after {name} was killed")
    again = manage("start", var=seeded_var, code=1, env={"PORT": str(free_port())})
    joined = manage("shell", "--no-imports", "-c", "print('joined')", var=seeded_var)
    code = troupe.signal(signal.SIGTERM)

    assert again.stderr.startswith(f"Troupe is already running at http://localhost:{troupe.port}/")
    assert joined.stdout == "joined\n"
    assert "web died (signal 9); starting it again in 0.5 s." in troupe.err.read_text()
    assert code == 0
    assert living(seeded_var) == []


def test_after_each_kill_comes_a_good_start_on_the_same_port(start, seeded_var):
    troupe = start()
    troupe.said("Set up:")

    for with_all_parts in (False, True):
        for victim in [psutil.Process(troupe.process.pid), *(living(seeded_var) if with_all_parts else [])]:
            victim.kill()
        troupe.process.wait(60)
        troupe = start(port=troupe.port)
        troupe.said("Set up:")

        assert troupe.is_healthy()
    assert troupe.signal(signal.SIGINT) == 0


def test_a_taken_port_is_said_with_who_has_it(seeded_var):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        said = manage("start", var=seeded_var, code=1, env={"PORT": str(port)}).stderr

    me = psutil.Process()
    assert said == (
        f"Port {port} is taken by {me.name()} (process {me.pid})."
        f" Stop that, or choose another port: PORT={port + 1} make run\n"
    )


def test_start_names_the_given_address_that_does_not_answer(var):
    given = {
        "DATABASE_URL": "postgres://127.0.0.1:1/x",
        "REDIS_URL": "redis://127.0.0.1:1/0",
        "PORT": str(free_port()),
    }

    said = manage("start", var=var, code=3, env=given).stderr

    assert "PostgreSQL does not answer at DATABASE_URL=postgres://127.0.0.1:1/x." in said
    assert "Valkey does not answer at REDIS_URL=redis://127.0.0.1:1/0." in said


def test_given_servers_are_used_and_none_started(make_installation):
    given = make_installation("start")
    given.var.mkdir()
    troupe = Start(given.var, env=given.urls)

    troupe.said("Set up:")
    children = [child.name() for child in psutil.Process(troupe.process.pid).children()]
    code = troupe.signal(signal.SIGTERM)

    assert len(children) == 4
    assert {"postgres", "valkey-server"}.isdisjoint(children)
    assert not (given.var / "postgres").exists()
    assert code == 0


@pytest.fixture
def failing(tmp_path) -> Child:
    """A part that always dies at once, with a last word."""
    command = [sys.executable, "-c", "import sys; sys.exit('the reason')"]
    return Child(Process("part", command, folder=tmp_path, log=tmp_path / "part.log", patience=1, env={}))


def die(child: Child, *, now: float) -> None:
    assert child.process
    child.process.wait(30)
    child.look_after(now)


def test_a_part_that_keeps_dying_is_started_again_more_and_more_slowly(failing, capsys):
    failing.start()
    now = 1000.0

    for pause in (0.5, 1, 2, 4):
        die(failing, now=now)
        failing.look_after(now + pause - 0.01)
        assert failing.process is None
        now += pause
        failing.look_after(now)
        assert failing.process is not None

    assert re.findall(r"again in (\S+) s", capsys.readouterr().err) == ["0.5", "1", "2", "4"]


def test_the_fifth_death_in_a_minute_stops_everything_with_the_end_of_its_log(failing):
    failing.start()
    for now in (0, 10, 20, 30):
        die(failing, now=now)
        failing.look_after(now + 9)

    with pytest.raises(CannotStart, match=r"part died five times in a minute; stopping.*\n.*the reason"):
        die(failing, now=40)


def test_five_deaths_in_more_than_a_minute_stop_nothing(failing):
    failing.start()

    for now in range(0, 600, 61):
        die(failing, now=now)
        failing.look_after(now + 31)

    assert failing.process is not None
