"""The register of rights, its page and what stands beside it, at 20,000 rights: server time and queries of a page.

`python -m benchmarks.rights [rights]`. One line a figure, `name value bound ok|short`; exit 1 where a bar is missed.
Works with embedded servers of its own in a temporary folder.
"""

import sys

from benchmarks.measure import installed, line, pages, signed_in

PATHS = (
    "/creators/rights/", "/creators/rights/?page=2", "/creators/rights/?page=300", "/creators/rights/?state=overrun",
    "/creators/rights/?state=ends_30", "/creators/rights/?state=ended", "/creators/rights/?q=creator 77",
    "/creators/rights/?kind=paid&place=tiktok", "/creators/sightings/", "/creators/sightings/?state=outside",
    "/creators/exclusivity/",
)  # fmt: skip
# Each creator has four rights, one after the other, over two years around today; one in twenty has been seen running
# after the last of them, and one in two within it.
_RIGHTS = """
    insert into creators_right (brand_id, creator_id, kind, place, territory, during, revoked_why, currency, terms,
        note, made_at)
    select %(brand)s, c.id, (array['paid','whitelisting','organic'])[1 + c.id %% 3],
        (array['tiktok','instagram','youtube'])[1 + c.id %% 3], '',
        daterange(first, first + 90), '', '', '', '', now()
    from creators_creator c, generate_series(0, 3) n,
        lateral (select current_date - 500 + n * 180 + (c.id %% 170)::int as first) at
"""
_SIGHTINGS = """
    insert into creators_sighting (brand_id, creator_id, kind, place, territory, ad, seen_on, source, settled_why,
        made_at)
    select r.brand_id, r.creator_id, r.kind, r.place, '', 'ad ' || r.id,
        case when r.creator_id %% 20 = 0 then upper(r.during) + 3 else upper(r.during) - 5 end, 'csv', '', now()
    from creators_right r
    where r.creator_id %% 2 = 0 and upper(r.during) between current_date - 300 and current_date - 4
"""


def main(rights: int) -> int:
    """Print one line a figure; 1 if a bar is missed."""
    with installed():
        return _measure(rights)


def _measure(rights: int) -> int:
    from django.db import connection  # noqa: PLC0415 (Django is set up just now)

    from creators.models import Creator  # noqa: PLC0415

    client, brand, _ = signed_in()
    names = [f"creator {number}" for number in range(rights // 4)]
    Creator.objects.bulk_create([Creator(name=name.title(), sort_name=name) for name in names], batch_size=2_000)
    with connection.cursor() as cursor:
        for statement in (_RIGHTS, _SIGHTINGS):
            cursor.execute(statement, {"brand": brand.pk})
            line("rows", cursor.rowcount, None)
        cursor.execute("vacuum analyze")
    return int(any(pages(client, zip(PATHS, PATHS, strict=True))))


if __name__ == "__main__":
    raise SystemExit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000))
