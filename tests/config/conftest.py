"""Folders for tests that run servers of their own."""

import os
import shutil
import tempfile
from pathlib import Path

import pytest

from config import embedded
from config.servers.locks import Lock
from config.testing import migrations_fingerprint
from tests.config.running import Installation, Pair, end_everything, manage, server, until


@pytest.fixture
def var(tmp_path):
    """A folder for one installation; whatever runs for it ends with the test."""
    folder = tmp_path / "var"
    yield folder
    end_everything(folder)


@pytest.fixture
def long_var(tmp_path):
    """The same under a path of more than 140 characters."""
    folder = tmp_path / ("long-" * 30) / "var"
    folder.parent.mkdir()
    yield folder
    end_everything(folder)


@pytest.fixture(scope="session")
def seeds() -> Path:
    """A finished installation to copy, made once for these migrations and kept for the next run."""
    place = embedded.var_folder() / f"seed-{migrations_fingerprint()}"
    lock = Lock(embedded.var_folder() / "seed.lock")
    until(lock.take, "another worker to make the seed", seconds=180)
    with lock.held():
        if not place.exists():
            _make_seed(place)
    return place


def _make_seed(place: Path) -> None:
    for old in place.parent.glob("seed-*"):
        shutil.rmtree(old)
    with tempfile.TemporaryDirectory(dir=place.parent) as folder:
        draft = Path(folder) / "var"
        script = "from team.models import User; print(User.objects.count())"
        said = manage("shell", "--no-imports", "-c", script, var=draft).stdout
        (draft / "said").write_text(said)
        shutil.copytree(draft, place, ignore=shutil.ignore_patterns("run", "log"))


@pytest.fixture
def seeded_var(var, seeds):
    """An installation with tables and no people."""
    shutil.copytree(seeds, var)
    return var


@pytest.fixture
def pair(seeded_var):
    """Start the two servers of an installation, as often as a test likes."""
    started: list[Pair] = []

    def start(var: Path = seeded_var) -> Pair:
        started.append(Pair(var))
        return started[-1]

    yield start
    for one in started:
        if one.process.poll() is None:
            one.process.kill()
            one.process.wait()


@pytest.fixture
def make_installation(tmp_path):
    """Make an installation with its tables; its database goes with the test."""
    if not os.environ.get("TROUPE_TEST_TEMPLATE"):
        pytest.skip("needs the session's own servers")
    worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0")
    made: list[str] = []

    def make(name: str) -> Installation:
        database = f"backup_{name}_{worker}"
        made.append(database)
        with server() as connection:
            connection.execute(f"drop database if exists {database} with (force)")
            connection.execute(f"create database {database} template {os.environ['TROUPE_TEST_TEMPLATE']}")
        return Installation(database, tmp_path / name)

    yield make
    with server() as connection:
        for database in made:
            connection.execute(f"drop database {database} with (force)")
