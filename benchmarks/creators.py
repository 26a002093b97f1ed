"""Creators at 100,000: how long an import takes beside raw COPY, how fast the list answers, how much memory it takes.

`python -m benchmarks.creators [rows]`. Works with embedded servers of its own in a temporary folder.
"""

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
_FOLDER = tempfile.TemporaryDirectory(prefix="troupe-bench-", ignore_cleanup_errors=True)
os.environ["TROUPE_VAR"] = _FOLDER.name
os.environ["TROUPE_TESTING"] = "1"

import django  # noqa: E402 (the settings read the environment)

from config import embedded  # noqa: E402

PATHS = (
    "", "?page=2", "?q=creator.9999", "?q=ann", "?platform=tiktok", "?tier=micro", "?sort=followers", "?stage=live",
    "?stage=none", "?country=Spain", "?niche=vegan",
)  # fmt: skip
_PLATFORMS = ("tiktok", "instagram", "youtube")


def main(rows: int) -> int:
    """Print one line a figure; 1 if a bar is missed."""
    with embedded.servers(fast=False):
        django.setup()
        return _measure(rows)


def _measure(rows: int) -> int:
    from django.core.management import call_command  # noqa: PLC0415 (Django is set up just now)

    call_command("migrate", verbosity=0)
    roster = _roster(Path(os.environ["TROUPE_VAR"]) / "roster.csv", rows)
    took, peak = _in_own_process(roster)
    again, _ = _in_own_process(roster)
    copied = _raw_copy()
    short = [
        _line("import_seconds", took, None),
        _line("import_again_seconds", again, None),
        _line("copy_seconds", copied, None),
        _line("import_over_copy", took / copied, 3.0),
        _line("import_peak_mb", peak, 250),
    ]
    short += _list_times()
    return int(any(short))


def _line(name: str, value: float, bound: float | None) -> bool:
    is_short = bound is not None and value > bound
    print(name, f"{value:.2f}", "-" if bound is None else bound, "short" if is_short else "ok", flush=True)
    return is_short


def _roster(path: Path, rows: int) -> Path:
    with path.open("w") as file:
        file.write("handle,platform,name,email,followers,language,country,region,city,niches,notes\n")
        for n in range(rows):
            country = ("Spain", "France", "Germany", "Italy")[n % 4]
            name, niche = ("Anna", "Bo", "Cy", "Di")[n % 4], ("vegan", "food")[n % 2]
            file.write(
                f"creator.{n},{_PLATFORMS[n % 3]},{name} Nr {n},c{n}@example.com,{(n * 7919) % 120_000},English,"
                f'{country},South,Town {n % 500},"{niche}, travel",Likes reels\n'
            )
    return path


def _in_own_process(roster: Path) -> tuple[float, float]:
    """Seconds of the import alone (less what an import of one row takes), and the peak of its memory in MB."""
    command = [sys.executable, "manage.py", "import_creators", "--format", "json"]
    one = roster.with_name("one.csv")
    one.write_text("handle,platform\nwarm.up,x\n")
    empty = _timed(lambda: subprocess.run([*command, str(one)], check=True, capture_output=True))
    took = _timed(lambda: subprocess.run([*command, str(roster)], check=True, capture_output=True))
    return took - empty, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def _raw_copy() -> float:
    """Seconds that COPY of the same rows into the same tables takes, with their indexes, constraints and triggers."""
    from django.db import connection, transaction  # noqa: PLC0415

    tables = ("creators_creator", "creators_profile", "creators_contact")
    with connection.cursor() as cursor:
        data = {}
        for table in tables:
            with cursor.copy(f"copy {table} to stdout") as copy:
                data[table] = b"".join(bytes(chunk) for chunk in copy)
        cursor.execute(f"truncate {', '.join(tables)} cascade")

        def write() -> None:
            with transaction.atomic():
                for table in tables:
                    with cursor.copy(f"copy {table} from stdin") as copy:
                        copy.write(data[table])

        return _timed(write)


def _list_times() -> Iterator[bool]:
    from django.db import connection  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    client = _signed_in()
    with connection.cursor() as cursor:
        cursor.execute("vacuum analyze")
    for query in PATHS:
        path = f"/creators/{query}"
        answer = client.get(path)
        if answer.status_code != 200:
            raise SystemExit(f"{path} answered {answer.status_code}")
        times = [_timed(partial(client.get, path)) * 1000 for _ in range(9)]
        with CaptureQueriesContext(connection) as captured:
            client.get(path)
        yield _line(f"list_ms{query or '?'}", statistics.median(times), 60)
        yield _line(f"list_queries{query or '?'}", len(captured), 12)


def _signed_in():
    from django.test import Client  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from creators.actions import lifecycle  # noqa: PLC0415
    from creators.models import Creator  # noqa: PLC0415
    from team.models import Brand, Membership, User  # noqa: PLC0415

    brand = Brand.objects.create(name="Bench", slug="bench", currency="GBP")
    user = User.objects.create_user("bench@example.com", "not a real password")
    Membership.objects.create(user=user, brand=brand, role="owner")
    ids = list(Creator.objects.order_by("pk").values_list("pk", flat=True))
    for part, stage in ((ids[::3], "live"), (ids[1::3], "prospect")):
        move = partial(lifecycle.move, part, brand=brand, stage=stage, why="Benchmark", by=None, now=timezone.now())
        _line(f"move_{len(part)}_seconds", _timed(move), None)
    client = Client(SERVER_NAME="localhost")
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000))
