"""What benchmarks of one process share: servers of their own in a passing folder, somebody signed in, pages asked
for, and a line a figure: `name value bound ok|short`. To be imported before any settings: it says where they are.

Server time is the time inside the request handling: from Django's handler taking the request, through middleware,
view, database and templates, to the last byte of the answer. On an idle core, in one thread, the median of nine
requests after two that warm the caches up and are not counted.
"""

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
_FOLDER = tempfile.TemporaryDirectory(prefix="troupe-bench-", ignore_cleanup_errors=True)
os.environ["TROUPE_VAR"] = _FOLDER.name
os.environ["TROUPE_TESTING"] = "1"

import django  # noqa: E402 (the settings read the environment)

from config import embedded  # noqa: E402

RUNS = 9
WARMING = 2
MILLISECONDS, QUERIES = 60, 12

Page = tuple[str, str]
"""Name and address."""


@contextmanager
def installed(*, fast: bool = True) -> Iterator[None]:
    """An empty installation for a block; `fast` does without what keeps data through a power cut."""
    with embedded.servers(fast=fast):
        django.setup()
        from django.core.management import call_command  # noqa: PLC0415 (Django is set up just now)

        call_command("migrate", verbosity=0)
        yield


def signed_in() -> Any:
    """A client whose person owns a new brand, the brand and the person."""
    from django.test import Client  # noqa: PLC0415

    from team.models import Brand, Membership, User  # noqa: PLC0415

    brand = Brand.objects.create(name="Bench", slug="bench", currency="GBP")
    user = User.objects.create_user("bench@example.com", "not a real password")
    Membership.objects.create(user=user, brand=brand, role="owner")
    client = Client(SERVER_NAME="localhost")
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client, brand, user


def timed(work: Callable[[], object]) -> float:
    """The seconds that it took."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def line(name: str, value: float, bound: float | None) -> bool:
    """Print a figure beside its bar; True where it is over."""
    is_short = bound is not None and value > bound
    print(name, f"{value:.2f}", "-" if bound is None else f"{bound:g}", "short" if is_short else "ok", flush=True)
    return is_short


def pages(client: Any, asked: Iterable[Page]) -> list[bool]:
    """Three lines a page: its first time, its milliseconds and its queries. True for each that is over its bar."""
    if (load := os.getloadavg()[0]) > 1:
        print(f"the load of this machine is {load:.1f}: times are too long", file=sys.stderr)
    return [is_short for name, address in asked for is_short in _page(client, name, address)]


def _page(client: Any, name: str, address: str) -> Iterator[bool]:
    from django.db import connection  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    ask = partial(_asked, client, address)
    line(f"first_ms:{name}", timed(ask) * 1000, None)
    for _ in range(WARMING - 1):
        ask()
    took = statistics.median(timed(ask) for _ in range(RUNS)) * 1000
    with CaptureQueriesContext(connection) as captured:
        ask()
    yield line(f"ms:{name}", took, MILLISECONDS)
    yield line(f"queries:{name}", len(captured), QUERIES)


def _asked(client: Any, address: str) -> None:
    answer = client.get(address)
    if answer.status_code != 200:
        raise SystemExit(f"{address} answered {answer.status_code}")
