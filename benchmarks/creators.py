"""Creators at 100,000: how long an import takes beside raw COPY, how much memory it takes, and how fast the list, the
pages of one creator, the signals and the boards answer when a brand knows something of all of them.

`python -m benchmarks.creators [rows]`. Works with embedded servers of its own in a temporary folder. Prints `name
value bound ok|short` a line; ends with 1 if any bar is short. What a server time is: see `benchmarks.measure`.
"""

import os
import resource
import subprocess
import sys
from functools import partial
from pathlib import Path
from random import Random

from benchmarks.measure import installed, line, pages, signed_in, timed
from benchmarks.roster_pages import creator_pages, list_pages, other_pages

_PLATFORMS = ("tiktok", "instagram", "youtube")


def main(rows: int) -> int:
    """Print one line a figure; 1 if a bar is missed."""
    with installed(fast=False):
        return _measure(rows)


def _measure(rows: int) -> int:
    roster = _roster(Path(os.environ["TROUPE_VAR"]) / "roster.csv", rows)
    took, peak = _in_own_process(roster)
    again, _ = _in_own_process(roster)
    copied = _raw_copy()
    short = [
        line("import_seconds", took, None),
        line("import_again_seconds", again, None),
        line("copy_seconds", copied, None),
        line("import_over_copy", took / copied, 2.0),
        line("import_peak_mb", peak, 250),
    ]
    short += _pages(rows)
    return int(any(short))


def _roster(path: Path, rows: int) -> Path:
    chance = Random(1)  # names in no order, so that they tell nothing of what else is known
    with path.open("w") as file:
        file.write("handle,platform,name,email,followers,language,country,region,city,niches,notes\n")
        for n in range(rows):
            country, niche = ("Spain", "France", "Germany", "Italy")[n % 4], ("vegan", "food")[n % 2]
            file.write(
                f"creator.{n},{_PLATFORMS[n % 3]},{_name(chance)},c{n}@example.com,{(n * 7919) % 120_000},English,"
                f'{country},South,Town {n % 500},"{niche}, travel",Likes reels\n'
            )
    return path


def _name(chance: Random) -> str:
    first = chance.choice(("Anna", "Bo", "Chiara", "Dmitri", "Eve", "Femi", "Gil", "Hana"))
    return f"{first} {''.join(chance.choices('abcdefghijklmnopqrstuvwxyz', k=7)).title()}"


def _in_own_process(roster: Path) -> tuple[float, float]:
    """Seconds of the import alone (less what an import of one row takes), and the peak of its memory in MB."""
    command = [sys.executable, "manage.py", "import_creators", "--format", "json"]
    one = roster.with_name("one.csv")
    one.write_text("handle,platform\nwarm.up,x\n")
    empty = timed(lambda: subprocess.run([*command, str(one)], check=True, capture_output=True))
    took = timed(lambda: subprocess.run([*command, str(roster)], check=True, capture_output=True))
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

        return timed(write)


def _pages(rows: int) -> list[bool]:
    from django.db import connection  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from benchmarks import roster_facts  # noqa: PLC0415

    client, brand, user = signed_in()
    _stages(brand)
    line("facts_seconds", timed(partial(roster_facts.fill, brand, user)), None)
    creator, profile = roster_facts.fill_one(brand, user)
    with connection.cursor() as cursor:
        cursor.execute("vacuum analyze")
    asked = (*list_pages(rows, today=timezone.now().date()), *creator_pages(creator, profile), *other_pages())
    return pages(client, asked)


def _stages(brand) -> None:
    """Two thirds of the creators get a stage, by the action of the bulk form."""
    from django.utils import timezone  # noqa: PLC0415

    from creators.actions import lifecycle  # noqa: PLC0415
    from creators.models import Creator  # noqa: PLC0415

    ids = list(Creator.objects.order_by("pk").values_list("pk", flat=True))
    for part, stage in ((ids[::3], "live"), (ids[1::3], "prospect")):
        move = partial(lifecycle.move, part, brand=brand, stage=stage, why="Benchmark", by=None, now=timezone.now())
        line(f"move_{len(part)}_seconds", timed(move), None)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000))
