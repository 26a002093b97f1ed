"""The test session's own servers, loaded by pytest before the settings are read; what a skipped test means.

The process that controls the run starts the servers once, its workers join. The data folder stays for the next run,
and in it a database with all migrations applied, named by their content, from which every worker copies its own.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path

import psycopg
import pytest

from config import embedded
from config.servers import addresses

BASE_DIR = Path(__file__).resolve().parent.parent
os.environ.setdefault("TROUPE_TESTING", "1")
os.environ.setdefault("TROUPE_VAR", str(BASE_DIR / "var" / "test"))

OWN = "TROUPE_TEST_SERVERS"
TEMPLATE = "TROUPE_TEST_TEMPLATE"
# A test that needs these is skipped aloud without them, and fails where the variable is set.
REQUIRED = {"browser": "TROUPE_REQUIRE_BROWSER", "data": "TROUPE_REQUIRE_DATA"}
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def chromium() -> str:
    """The browser that tests drive, or nothing where none is found. CHROMIUM names another."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUM_NAMES)), "")


def data_folder() -> Path:
    """The real input beside the checkout."""
    return Path(os.environ.get("TROUPE_DATA") or BASE_DIR.parent / "shared" / "data")


def _choose_addresses() -> None:
    """Point the settings at our own servers unless others are given; each worker has a Valkey database of its own."""
    var = embedded.var_folder()
    if not (addresses.given(addresses.DATABASE) or addresses.given(addresses.REDIS)):
        os.environ[OWN] = "1"
        os.environ[addresses.DATABASE] = embedded.database_url(var)
    base = addresses.given(addresses.REDIS) or embedded.redis_url(var)
    worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")
    os.environ[addresses.REDIS] = f"{base.partition('?')[0]}?db={worker}"


_choose_addresses()


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> None:
    """Start the servers, before pytest-django reads the settings."""
    if "PYTEST_XDIST_WORKER" in os.environ or not os.environ.get(OWN):
        return
    var = embedded.var_folder()
    var.parent.mkdir(mode=0o700, exist_ok=True)
    session = embedded.servers(var, fast=True, command="pytest")
    try:
        is_ours = session.__enter__()
    except embedded.CannotStart as refusal:
        raise pytest.UsageError(str(refusal)) from refusal
    early_config.add_cleanup(partial(_leave, session))
    if not is_ours:
        raise pytest.UsageError(f"Another test session runs in {var}. Let it end, or set TROUPE_VAR to another one.")
    (var / "static").mkdir(exist_ok=True)
    os.environ[TEMPLATE] = _template()


def _leave(session: AbstractContextManager[bool]) -> None:
    session.__exit__(None, None, None)


def _template() -> str:
    """The name of a database with the migrations of today, made if it is missing."""
    name = f"template_{migrations_fingerprint()}"
    with psycopg.connect(os.environ[addresses.DATABASE], autocommit=True) as connection:
        known = {row[0] for row in connection.execute("select datname from pg_database")}
        if name in known:
            return name
        for old in (other for other in known if other.startswith(("template_", "draft_"))):
            connection.execute(f'drop database "{old}" with (force)')  # type: ignore[call-overload]
        draft = name.replace("template_", "draft_")
        connection.execute(f'create database "{draft}"')  # type: ignore[call-overload]
        _migrate(draft)
        connection.execute(f'alter database "{draft}" rename to "{name}"')  # type: ignore[call-overload]
    return name


def _migrate(database: str) -> None:
    url = os.environ[addresses.DATABASE].replace("/postgres?", f"/{database}?")
    done = subprocess.run(
        [sys.executable, "manage.py", "migrate", "--verbosity=0"],
        cwd=BASE_DIR,
        env={**os.environ, addresses.DATABASE: url},
        check=False,
        timeout=300,
    )
    if done.returncode:
        raise pytest.UsageError("The migrations do not run; see above.")


def migrations_fingerprint() -> str:
    """What the tables are made from: our migrations and constraints, and the packages that bring their own."""
    digest = hashlib.sha256()
    others = (BASE_DIR / "config/lib/constraints.py", BASE_DIR / "requirements-dev.txt")
    for path in (*sorted(BASE_DIR.glob("*/migrations/*.py")), *others):
        digest.update(str(path.relative_to(BASE_DIR)).encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip what lacks a browser or the data, saying so."""
    if item.get_closest_marker("browser") and not chromium():
        pytest.skip("no Chromium found; install it, or set CHROMIUM")
    if item.get_closest_marker("data") and not data_folder().is_dir():
        pytest.skip(f"{data_folder()} is not there; set TROUPE_DATA")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]):
    """Turn a skip into a failure where what it lacks is required."""
    report = yield
    required = [name for name in REQUIRED.values() if os.environ.get(name) == "1"]
    wanted = [name for mark, name in REQUIRED.items() if name in required and item.get_closest_marker(mark)]
    if report.skipped and wanted and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"{wanted[0]}=1 forbids this skip: {call.excinfo.value if call.excinfo else ''}"
    return report


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    """Every test begins with an empty cache."""
    from django.core.cache import cache  # noqa: PLC0415 - this module is loaded before Django's settings

    cache.clear()
