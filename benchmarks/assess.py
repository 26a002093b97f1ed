"""The nightly assessment: how long two workers take, and what they hold in memory.

`python -m benchmarks.assess [creators ...]` (10,000 and 20,000). Each creator has 90 days, 12 posts, 100 comments and
an audience sample of 200. The first night writes every finding, the second finds the same again. Prints
`name value bound ok|short`; ends with 1 if any bar is short. Servers of its own in a temporary folder.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from datetime import datetime, timedelta

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
_FOLDER = None
if "TROUPE_BENCH_WORKER" not in os.environ:
    _FOLDER = tempfile.TemporaryDirectory(prefix="troupe-bench-", ignore_cleanup_errors=True)
    os.environ["TROUPE_VAR"] = _FOLDER.name

import django  # noqa: E402 (the settings read the environment)

from config import embedded  # noqa: E402

WORKERS = 2
GOAL, SECONDS, MEGABYTES = 100_000, 15 * 60, 300
STRAIGHT = 1.15  # how much longer a creator may take among twice as many


def main(sizes: list[int]) -> int:
    """Print one line a figure; 1 if a bar is missed."""
    with embedded.servers(fast=False):
        django.setup()
        from django.core.management import call_command  # noqa: PLC0415 (Django is set up just now)

        call_command("migrate", verbosity=0)
        times = [_measure(size) for size in sizes]
    short = any(is_short for _, is_short in times)
    if len(times) > 1:
        short |= _line("growth_per_creator", times[-1][0] / times[0][0], STRAIGHT)
    return int(short)


def _measure(size: int) -> tuple[float, bool]:
    """Seconds a creator in the first night, and whether a bar was missed."""
    from django.utils import timezone  # noqa: PLC0415

    now = timezone.now()
    made = _timed(lambda: _make(size, now))
    _line(f"made_{size}_seconds", made, None)
    first, peak = _night(now)
    again, peak_again = _night(now + timedelta(days=1))
    short = _line(f"first_night_{size}_seconds", first, None)
    _line(f"first_night_{size}_creators_per_second", size / first, None)
    short |= _line(f"first_night_{GOAL}_seconds_at_this_rate", first / size * GOAL, SECONDS)
    short |= _line(f"second_night_{GOAL}_seconds_at_this_rate", again / size * GOAL, SECONDS)
    short |= _line("worker_peak_mb", max(peak, peak_again), MEGABYTES)
    _levels()
    return first / size, short


def _night(now: datetime) -> tuple[float, float]:
    """Seconds that both workers need for all, and the larger of their peaks in MB."""
    env = {**os.environ, "TROUPE_BENCH_WORKER": now.isoformat()}
    command = [sys.executable, "-m", "benchmarks.assess"]
    workers = [subprocess.Popen(command, env=env, stdout=subprocess.PIPE) for _ in range(WORKERS)]
    told = [json.loads(worker.communicate()[0]) for worker in workers]
    return max(each["end"] for each in told) - min(each["begin"] for each in told), max(each["mb"] for each in told)


def work(now: datetime) -> None:
    """One worker: block after block until nothing is left."""
    django.setup()
    from creators.actions.nightly import assess_next  # noqa: PLC0415

    begin, last = time.time(), 0
    while (end := assess_next(after=last, now=now)) is not None:
        last = end
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"begin": begin, "end": time.time(), "mb": peak}))


def _make(size: int, now: datetime) -> None:
    """Replace whatever is there by so many creators; every number follows from the id, so each run has the same."""
    from django.db import connection  # noqa: PLC0415

    with connection.cursor() as cursor:
        cursor.execute("truncate creators_creator restart identity cascade")
        for statement in _STATEMENTS:
            cursor.execute(statement, {"size": size, "now": now})
        cursor.execute("vacuum analyze")


def _levels() -> None:
    from django.db.models import Count  # noqa: PLC0415

    from creators.models import Assessment  # noqa: PLC0415

    rows = Assessment.objects.current().order_by().values_list("level").annotate(n=Count("pk"))
    for level, n in sorted(rows):
        _line(f"level_{level}", n, None)


def _line(name: str, value: float, bound: float | None) -> bool:
    is_short = bound is not None and value > bound
    print(name, f"{value:.2f}", "-" if bound is None else bound, "short" if is_short else "ok", flush=True)
    return is_short


def _timed(action) -> float:
    begin = time.perf_counter()
    action()
    return time.perf_counter() - begin


# `wave` is a number from 0 to 1 that looks like chance and is the same in every run.
_WAVE = "(('x' || substr(md5(%s), 1, 8))::bit(32)::bigint / 4294967296.0)"


def _wave(*parts: str) -> str:
    return _WAVE.replace("%s", " || '-' || ".join(f"{part}::text" for part in parts))


_STATEMENTS = (
    """insert into creators_creator (name, sort_name, country, region, city, language, niches, notes, created_at)
       select 'Creator ' || n, 'creator ' || n, '', '', '', '', '{}', '', %(now)s::timestamptz - interval '200 days'
       from generate_series(1, %(size)s) n""",
    f"""insert into creators_profile (creator_id, platform, handle, followers, is_main, created_at)
       select id, (array['tiktok', 'instagram', 'youtube'])[1 + id %% 3], 'creator' || id,
              (1200 * exp(4 * {_wave("id")}))::bigint, true, created_at
       from creators_creator""",
    f"""insert into creators_profilesnapshot (profile_id, seen_at, source, basis, followers, followers_step,
                                             following, views, credits)
       select id, %(now)s::timestamptz - make_interval(days => 91 - day, hours => 1), 'csv', 'seen',
              (followers * (1 + day * .001 * {_wave("id", "0")} + .0005 * {_wave("id", "day")}))::bigint, 1, 400,
              followers * 40 + day * (followers * (.2 + .2 * {_wave("day", "id")}))::bigint, 1
       from creators_profile, generate_series(1, 90) day""",
    f"""insert into creators_post (profile_id, platform_id, kind, url, caption, posted_at, is_campaign, likes,
                                  comments, shares, views, first_seen_at)
       select id, 'p' || n, 'reel', '', '', %(now)s::timestamptz - make_interval(days => 3 + n * 6), false,
              (followers * .04 * (.5 + {_wave("id", "n")}))::bigint,
              (followers * .001 * (.5 + {_wave("n", "id")}))::bigint, 3,
              (followers * .7 * (.5 + {_wave("id", "n")}))::bigint, %(now)s
       from creators_profile, generate_series(1, 12) n""",
    """insert into creators_commentsample (post_id, seen_at, source, n, credits)
       select id, %(now)s::timestamptz - interval '1 day', 'csv', 9, 1 from creators_post""",
    f"""insert into creators_comment (sample_id, post_id, profile_id, platform_id, author, text, fold, posted_at,
                                     reply_to, is_by_creator, is_generic, promo_score, score_version)
       select sample.id, post.id, post.profile_id, 'c' || nr, substr(md5(post.id || '-' || nr), 1, 24),
              words.text, replace(words.text, ' ', ''), post.posted_at + interval '1 hour', '', false,
              {_wave("post.id", "nr")} < .15, {_wave("nr", "post.id")} ^ 6, 'bench'
       from creators_commentsample sample join creators_post post on post.id = sample.post_id
       cross join generate_series(1, 9) nr
       cross join lateral (select md5(post.id || 'a' || nr) || ' ' || md5(post.id || 'b' || nr) as text) words
       where (post.id %% 12) * 9 + nr <= 100""",
    """insert into creators_audiencesample (profile_id, seen_at, source, n, suspicious, digits, rows, score_version,
                                           credits)
       select id, %(now)s::timestamptz - interval '5 days', 'csv', 200, 10 + id %% 20,
              '[60, 35, 25, 19, 16, 13, 12, 10, 10]', rows.sample, 'bench', 1
       from creators_profile, (select jsonb_agg(jsonb_build_array(n * 7, n * 3, n, true, false, 0.1, 9, 40)) as sample
                               from generate_series(1, 200) n) rows""",
)

if __name__ == "__main__":
    if "TROUPE_BENCH_WORKER" in os.environ:
        work(datetime.fromisoformat(os.environ["TROUPE_BENCH_WORKER"]))
        sys.exit(0)
    sys.exit(main([int(size) for size in sys.argv[1:]] or [10_000, 20_000]))
