"""The redirect with its click stored, against a bare Django redirect on the same web server and worker count.

`python -m benchmarks.redirect [--seconds 2] [--workers 1] [--threads 4]` prints one line a bar: `name value bound ok`
or `short`, and ends with 1 if any is short. It starts servers of its own in a passing folder and uses nothing but
loopback.
The two are measured in turns, several times, so that a busy machine is busy for both; what our turn left to store is
stored before the next turn of the other. `wrk` is used where installed.
"""

import argparse
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from functools import partial
from pathlib import Path

import psycopg

from benchmarks import load
from benchmarks.stage import THREADS, environment, free_port, process, wait_for_port, web_command
from config import embedded

ROUNDS = 9
CONNECTIONS = 32
LINKS = 120
SHIP_SECONDS = 120


def main() -> int:
    """Run it and say whether every bar is met."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=2.0, help="of each measurement; at most 60")
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--threads", type=int, default=THREADS, help="of each worker; `start` gives it as many")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="troupe-bench-") as folder:
        var = Path(folder) / "var"
        with embedded.servers(var):
            return _measure(var, seconds=min(options.seconds, 60), workers=options.workers, threads=options.threads)


def _measure(var: Path, *, seconds: float, workers: int, threads: int) -> int:
    env = environment(var, embedded.database_url(var), embedded.redis_url(var))
    slugs = _make_links(var, env)
    ours, bare = free_port(), free_port()
    command = partial(web_command, workers=workers, threads=threads)
    with (
        process(command("config.wsgi:application", ours), env, log=var / "web.log"),
        process(command("benchmarks.bare:application", bare), env, log=var / "bare.log"),
        process([sys.executable, "manage.py", "ship_clicks"], env, log=var / "shipper.log"),
    ):
        wait_for_port(ours)
        wait_for_port(bare)
        plan = load.Plan(port=ours, paths=[f"/r/{slug}" for slug in slugs], connections=CONNECTIONS, seconds=seconds)
        answered = load.run(replace(plan, seconds=1)).answered  # warm: agents classified, links known
        load.run(replace(plan, port=bare, seconds=1))
        pairs = []
        worst = 0.0
        for _ in range(ROUNDS):
            _stored(embedded.database_url(var), answered)
            theirs = _rate(replace(plan, port=bare))
            mine = _rate(plan)
            answered += mine.answered
            worst = max(worst, mine.quantile(0.99))
            pairs.append((mine.rate, theirs.rate))
        stored = _stored(embedded.database_url(var), answered)
    return _report(pairs, worst, answered, stored)


def _rate(plan: load.Plan) -> load.Load:
    return _with_wrk(plan) if shutil.which("wrk") else load.run(plan)


def _with_wrk(plan: load.Plan) -> load.Load:
    """wrk asks for one link; its own threads are no bottleneck."""
    url = f"http://127.0.0.1:{plan.port}{plan.paths[0]}"
    agent = f"User-Agent: {plan.agents[0]}"
    command = ["wrk", "-t2", f"-c{plan.connections}", f"-d{int(plan.seconds)}s", "--latency", "-H", agent, url]
    text = subprocess.run(command, capture_output=True, text=True, check=True, timeout=plan.seconds + 30).stdout
    slow = re.findall(r"99%\s+([\d.]+)(us|ms|s)\b", text)
    done = re.findall(r"(\d+) requests in ([\d.]+)s", text)
    [(number, unit)], [(answered, spent)] = slow, done
    p99 = float(number) * {"us": 1e-6, "ms": 1e-3, "s": 1.0}[unit]
    return load.Load(int(answered), 0, float(spent), [p99], [])


def _make_links(var: Path, env: dict[str, str]) -> list[str]:
    """A migrated database with a brand, and as many links as a campaign has."""
    subprocess.run([sys.executable, "manage.py", "migrate", "--verbosity", "0"], env=env, check=True, timeout=120)
    script = f"from benchmarks.links import make; print(*make({LINKS}))"
    found = subprocess.run(
        [sys.executable, "manage.py", "shell", "--no-imports", "-c", script], env=env, check=True, timeout=60,
        capture_output=True, text=True,
    )  # fmt: skip
    return found.stdout.split()


def _stored(database_url: str, answered: int) -> int:
    """How many clicks are in PostgreSQL once the shipper has caught up."""
    end = time.monotonic() + SHIP_SECONDS
    with psycopg.connect(database_url, autocommit=True) as connection:
        stored = -1
        while time.monotonic() < end:
            row = connection.execute("select count(*) from results_click").fetchone()
            before, stored = stored, row[0] if row else 0
            if stored >= answered and stored == before:
                break
            time.sleep(0.5)
    return stored


def _report(pairs: list[tuple[float, float]], worst: float, answered: int, stored: int) -> int:
    ratio = statistics.median(mine / theirs for mine, theirs in pairs)
    print(
        "# redirect and bare Django a second, round by round:",
        *(f"{mine:.0f}/{theirs:.0f}" for mine, theirs in pairs),
    )
    # A request under way when the clock stops is stored and not counted as answered: one a connection and run.
    under_way = CONNECTIONS * (ROUNDS + 1)
    bars = [
        ("redirect_times_bare_django", f"{ratio:.2f}", ">=3", ratio >= 3),
        ("redirect_p99_ms", f"{worst * 1000:.1f}", "<20", worst < 0.02),
        ("redirect_clicks_missing", str(max(0, answered - stored)), "=0", stored >= answered),
        (
            "redirect_clicks_too_many",
            str(max(0, stored - answered)),
            f"<={under_way}",
            stored - answered <= under_way,
        ),
    ]
    for name, value, bound, good in bars:
        print(name, value, bound, "ok" if good else "short")
    return 0 if all(good for *_, good in bars) else 1


if __name__ == "__main__":
    sys.exit(main())
