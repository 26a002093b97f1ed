"""Which pages the roster is measured by. A page loads some of its panels by requests of their own; each is a line
here, as each is a request that somebody waits for."""

from collections.abc import Iterator
from datetime import date, timedelta

from benchmarks.measure import Page


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
