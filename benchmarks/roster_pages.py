"""Which pages the roster is measured by, and how long the server takes for each.

Server time is the time inside the request handling: from Django's handler taking the request, through middleware,
view, database and templates, to the last byte of the answer. On an idle core, in one thread, the median of nine
requests after two that warm the caches up and are not counted. A page loads some of its panels by requests of their
own; each is a line here, as each is a request that somebody waits for.
"""

import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from typing import Any

RUNS = 9
WARMING = 2
MILLISECONDS, QUERIES = 60, 12

Page = tuple[str, str]
"""Name and address."""
Line = Callable[[str, float, float | None], bool]
"""Prints name, value and bound; says whether the value is over the bound."""


def list_pages(rows: int, *, today: date) -> Iterator[Page]:
    """The list, plain and by everything that it can be asked for, one by one and together."""
    middle, last, month = rows // 100, rows // 50, today - timedelta(days=30)
    columns = (
        "profiles,followers,tier,engagement,signals,stage,since,overlays,owner,tags,niches,country,city,language,"
        "contact,posted,rights,ask,formats,vetting,deals,cost,customers,cac,no_contact"
    )
    queries = [
        "", "page=2", f"page={middle}", f"page={last}", f"columns={columns}", "q=creator.9999", "q=ann", "q=bo",
        "q=c4711@example.com", "platform=tiktok", "tier=micro", "followers_from=5000&followers_to=20000",
        "sort=followers", f"sort=followers&page={middle}", f"sort=followers&page={last}", "sort=newest", "sort=rate",
        f"sort=rate&page={middle - 100}", "sort=cac", "engagement=above", "rate_from=2&rate_to=5", "level=clear",
        "level=flagged", f"posted_after={month}", f"posted_before={month}", "stage=live", "stage=none",
        "overlay=whitelisted", "owner=me", "owner=none", "tag=vip", "niche=vegan", "country=Spain", "region=South",
        "city=Town+7", "language=Spanish", "contact=some", "contact=never", f"contact_after={month}",
        f"contact_before={month}", "rights=running", "rights=whitelisting", "rights=ending", "rights=none",
        "ask_from=100&ask_to=400", "vetting=suitable", "vetting=waiting", "vetting=none", "campaign=bench",
        "deals=some", "deals=running", "deals=none", "cac=known", "cac=under", "cac=unknown", "cac_from=20&cac_to=60",
        "customers_from=3", "no_contact=yes", "no_contact=no",
        f"level=clear&stage=none&contact_before={month}&sort=followers",
        f"level=clear&stage=none&contact_before={month}&ask_from=60&ask_to=900&sort=followers",
        f"level=clear&stage=none&contact_before={month}&sort=followers&page=40",
        f"vetting=suitable&niche=vegan&tier=nano&contact_after={month}&rate_from=1",
    ]  # fmt: skip
    for query in queries:
        yield f"list?{query.replace(columns, 'all')}", f"/creators/?{query}"


def creator_pages(creator: int, profile: int) -> Iterator[Page]:
    """Every page and panel of one creator, and the forms that open in them."""
    parts = (
        "", "panels/", "terms/", "cac/", "timeline/", "timeline/?kind=posts", "timeline/?q=reel", "money/", "next/",
        "stage/", "numbers/", "numbers/strip/", "numbers/posts/", "numbers/snapshots/", "numbers/audience/", "rates/",
        "notes/", "vetting/", "relationship/", "peek/", "peek/?at=0&sort=name", "cell/stage/", "edit/",
    )  # fmt: skip
    for part in parts:
        yield f"creator/{part}", f"/creators/{creator}/{part}"
    yield "creator/rights", f"/creators/rights/?creator={creator}"
    yield "creator/signal", f"/creators/signals/{profile}/"


def other_pages() -> Iterator[Page]:
    """The signal list and the boards."""
    from django.urls import reverse  # noqa: PLC0415 (Django is set up by whoever calls)

    for query in ("", "level=all", "platform=tiktok&tier=nano", "review=open&q=ann", "page=90"):
        yield f"signals?{query}", f"/creators/signals/?{query}"
    for query in ("", "campaign=bench"):
        yield f"board?{query}", f"{reverse('campaigns:board')}?{query}"


def measured(client: Any, pages: Iterator[Page], line: Callable[[str, float, float | None], bool]) -> Iterator[bool]:
    """Two lines a page: its milliseconds and its queries."""
    from django.db import connection  # noqa: PLC0415 (Django is set up by whoever calls)
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    for name, address in pages:
        ask = partial(_asked, client, address)
        for _ in range(WARMING):
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


def timed(work: Callable[[], object]) -> float:
    """The seconds that it took."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def tell_of_load() -> None:
    """Say so where others use the machine: times are worth little then."""
    if (load := os.getloadavg()[0]) > 1:
        print(f"the load of this machine is {load:.1f}: times are too long", file=sys.stderr)
