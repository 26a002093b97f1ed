"""Whether refreshing is limited by the provider alone: `python -m benchmarks.refresh`.

A slow provider on loopback answers every call after 200 ms. Two worker processes, each a run with ten calls in
flight, ask for the counters of a roster, in a database of its own. Twice: once without a quota, where 20 calls in
flight at 200 ms are the ideal, and once with a quota below that, which is the ideal then and must not be passed. The
quota is by the minute; a sixth of it is held in any ten seconds. Prints a line a bar: `name value bound ok|short`.
Exit 1 if any is short.
"""

import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from benchmarks.stage import environment

ROOT = Path(__file__).resolve().parent.parent
WAIT = 0.2
WORKERS, THREADS = 2, 10
SECONDS = 18.0
WARM = 3.0  # a worker's first second goes into connections
QUOTA_A_MINUTE = 2_400
BAR = 0.9

_ROSTER = """
insert into creators_creator (name, sort_name, country, region, city, language, niches, notes, is_sample, created_at)
select 'c' || n, 'c' || n, '', '', '', '', '{}', '', false, now() from generate_series(1, %s) n;
"""
_PROFILES = """
insert into creators_profile (creator_id, platform, handle, platform_id, is_main, created_at)
select id, 'tiktok', name, '', true, now() from creators_creator
"""


class Provider:
    """The slow provider: counts of every account, and when each call came."""

    def __init__(self) -> None:
        self.came: list[float] = []
        self.in_flight = self.most_in_flight = 0
        self._lock = threading.Lock()

    def answer(self, asked):
        """The profile, after its wait."""
        from creators.providers.demo_server import Said  # noqa: PLC0415 - Django's settings come first

        with self._lock:
            self.came.append(time.monotonic())
            self.in_flight += 1
            self.most_in_flight = max(self.most_in_flight, self.in_flight)
        time.sleep(WAIT)
        with self._lock:
            self.in_flight -= 1
        handle = asked.params.get("handle", "")
        user = {"id": f"9{len(handle)}{abs(hash(handle))}", "uniqueId": handle}
        return Said({"success": True, "data": {"user": user, "stats": {"followerCount": 4321}}, "credits_used": 1})

    def rate(self, seconds: float) -> float:
        """Calls a second, between the warm-up and the end."""
        begin = self.came[0] + WARM
        return sum(begin <= at < begin + seconds - WARM - 1 for at in self.came) / (seconds - WARM - 1)

    def most_in(self, seconds: float) -> int:
        """The most calls in any stretch of so many seconds."""
        most = first = 0
        for last, at in enumerate(self.came):
            while self.came[first] <= at - seconds:
                first += 1
            most = max(most, last - first + 1)
        return most


def worker(address: str, host: str, calls_a_minute: int) -> None:
    """One worker process: a run against the provider. Prints how many questions it asked."""
    import django  # noqa: PLC0415 - the environment comes first

    django.setup()
    from django.conf import settings  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from creators.actions import runs, supplies  # noqa: PLC0415
    from creators.enums import Source  # noqa: PLC0415
    from creators.providers.registry import Key  # noqa: PLC0415

    settings.PROVIDER_PRIVATE_HOSTS = [host]
    terms = supplies.Terms(Key(Source.DEMO, "a key of the bench", address=address), 10_000_000, calls_a_minute)
    with supplies.opened([terms]) as suppliers:
        asked = runs.work(runs.Run(suppliers, clock=timezone.now, threads=THREADS, seconds=SECONDS))
    print(json.dumps([asked, time.process_time()]))


def run(calls_a_minute: int, env: dict[str, str]) -> Provider:
    """Two workers over a fresh queue; the provider that saw them."""
    from django.db import connection  # noqa: PLC0415

    from creators.providers import demo_server  # noqa: PLC0415

    with connection.cursor() as cursor:
        cursor.execute("truncate creators_refresh, creators_spending, creators_rawpayload, creators_profilesnapshot")
        cursor.execute("insert into creators_refresh (profile_id, platform, question, every, due_at, state, source, "
                       "failure, failure_words, failures, reserved) select id, platform, 'profile', '1 day', now(), "
                       "'idle', '', '', '', 0, 0 from creators_profile")  # fmt: skip
    provider = Provider()
    with demo_server.running(provider.answer) as server:
        server.keeps = False
        command = [sys.executable, "-m", "benchmarks.refresh", "worker", f"{server.address}/v1", server.host,
                   str(calls_a_minute)]  # fmt: skip
        children = [subprocess.Popen(command, env=env, cwd=ROOT, stdout=subprocess.PIPE) for _ in range(WORKERS)]
        outputs = [child.communicate(timeout=SECONDS + 60)[0] for child in children]
    results = [json.loads(output) for output in outputs]
    asked = sum(result[0] for result in results)
    each = 1000 * sum(result[1] for result in results) / max(asked, 1)
    print(
        f"asked {asked}, came {len(provider.came)}, most in flight {provider.most_in_flight}, in a second "
        f"{provider.most_in(1.0)}; {each:.1f} ms of a core each, start included", file=sys.stderr,
    )  # fmt: skip
    if asked != len(provider.came):
        raise SystemExit("a question was asked twice, or not counted")
    return provider


def measure(env: dict[str, str]) -> int:
    """Print the bars; 1 where one is short."""
    from django.db import connection  # noqa: PLC0415

    with connection.cursor() as cursor:
        cursor.execute(_ROSTER, [6_000])
        cursor.execute(_PROFILES)
        cursor.execute("analyze")
    free = run(1_000_000, env)
    held = run(QUOTA_A_MINUTE, env)
    ideal, quota = WORKERS * THREADS / WAIT, QUOTA_A_MINUTE / 60
    lines = [
        ("refresh_share_of_20_in_flight", free.rate(SECONDS) / ideal, BAR, free.rate(SECONDS) >= BAR * ideal),
        ("refresh_share_of_quota", held.rate(SECONDS) / quota, BAR, held.rate(SECONDS) >= BAR * quota),
        ("most_calls_in_ten_seconds_of_quota", held.most_in(10.0), 10 * quota, held.most_in(10.0) <= 10 * quota),
    ]
    for name, value, bound, ok in lines:
        print(f"{name} {value:.3g} {bound:g} {'ok' if ok else 'short'}", flush=True)
    return 0 if all(ok for *_, ok in lines) else 1


def main() -> int:
    """Run in servers of its own, under a folder that is thrown away."""
    with tempfile.TemporaryDirectory() as name:
        os.environ["TROUPE_VAR"] = name
        from config import embedded  # noqa: PLC0415 - after the folder is named

        with embedded.servers():
            env = environment(Path(name), embedded.database_url(Path(name)), embedded.redis_url(Path(name)))
            os.environ.update(env)
            subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], check=True, cwd=ROOT, env=env)
            import django  # noqa: PLC0415

            django.setup()
            return measure(env)


if __name__ == "__main__":
    if sys.argv[1:2] == ["worker"]:
        worker(sys.argv[2], sys.argv[3], int(sys.argv[4]))
    else:
        sys.exit(main())
