"""Stages at 100,000 creators: the sweep that sets all and the one that changes nothing, the board, and many parcels.

`python -m benchmarks.lifecycle [creators]`. One line a figure, `name value bound ok|short`; exit 1 where a bar is
missed. Works with embedded servers of its own in a temporary folder.
"""

import sys
from decimal import Decimal

from benchmarks.measure import installed, line, pages, signed_in, timed

PATHS = (
    "/creators/board/", "/creators/board/?q=creator 77", "/creators/board/?campaign=bench",
    "/creators/board/?more=live&limit=60", "/creators/lifecycle/", "/creators/lifecycle/?held=whitelisted",
)  # fmt: skip
PARCELS = 1_000
# Every creator has a deal, half of them open; one in three was written to, one in four sent a parcel, one in five
# posted for the brand; one in ten is whitelisted.
_FACTS = (
    """insert into creators_creator (name, sort_name, created_at, country, region, city, language, niches, formats,
         availability, notes, no_contact_why, is_sample)
       select 'Creator ' || n, 'creator ' || n, now(), '', '', '', '', '{}', '{}', '', '', '', false
       from generate_series(1, %(creators)s) n""",
    """insert into creators_profile (creator_id, platform, handle, platform_id, is_main, followers, created_at)
       select id, 'tiktok', 'creator.' || id, '', true, 5000, now() from creators_creator""",
    """insert into campaigns_campaign (brand_id, name, slug, destination, discount_percent, created_at)
       select %(brand)s, 'Bench', 'bench', '', 10, now()""",
    """insert into campaigns_deal (brand_id, campaign_id, creator_id, profile_id, status, fee, product_cost,
         shipping_cost, commission_percent, currency, brief_key, notes, created_at, status_at, signed_on)
       select %(brand)s, (select id from campaigns_campaign), creator_id, id,
         (array['planned','accepted','live','completed'])[1 + creator_id %% 4], 100, 0, 0, 0, 'GBP', 1, '',
         now() - (creator_id %% 300) * interval '1 day', now() - (creator_id %% 120) * interval '1 day',
         case when creator_id %% 6 = 0 then current_date - (creator_id %% 90)::int end
       from creators_profile""",
    """insert into creators_note (brand_id, creator_id, kind, text, is_pinned, told_at, made_at)
       select %(brand)s, id, 'email', 'Wrote', false, now() - (id %% 200) * interval '1 day', now()
       from creators_creator where id %% 3 = 0""",
    """insert into campaigns_shipment (brand_id, creator_id, state, carrier, tracking, sent_on, shipping_cost,
         currency, note, made_at)
       select %(brand)s, id, 'sent', '', '', current_date - (id %% 200)::int, 3, 'GBP', '', now()
       from creators_creator where id %% 4 = 0""",
    """insert into creators_post (profile_id, platform_id, kind, url, caption, posted_at, is_campaign, first_seen_at)
       select id, 'p' || id, 'reel', '', '', now() - (id %% 60) * interval '1 day', true, now()
       from creators_profile where id %% 5 = 0""",
    """insert into creators_lifecyclespan (creator_id, brand_id, track, stage, during, why, made_at)
       select id, %(brand)s, 'whitelisted', '', tstzrange(now() - interval '9 days', null), 'Benchmark', now()
       from creators_creator where id %% 10 = 3""",
)


def main(creators: int) -> int:
    """Print one line a figure; 1 if a bar is missed."""
    with installed():
        return int(any(_measure(creators)))


def _measure(creators: int) -> list[bool]:
    from django.db import connection  # noqa: PLC0415 (Django is set up just now)
    from django.utils import timezone  # noqa: PLC0415
    from django_scopes import scope  # noqa: PLC0415

    from results.actions.lifecycle import sweep  # noqa: PLC0415

    client, brand, _ = signed_in()
    with connection.cursor() as cursor:
        for statement in _FACTS:
            cursor.execute(statement, {"brand": brand.pk, "creators": creators})
        cursor.execute("vacuum analyze")
        with scope(brand=brand):
            line("sweep_first_seconds", timed(lambda: sweep(brand, now=timezone.now())), None)
            cursor.execute("vacuum analyze")
            line("sweep_again_seconds", timed(lambda: sweep(brand, now=timezone.now())), None)
            parcels = _parcels(brand)
    return [*parcels, *pages(client, zip(PATHS, PATHS, strict=True))]


def _parcels(brand) -> list[bool]:
    """Plan, pick and send as many parcels at once as a wave has."""
    from django.utils import timezone  # noqa: PLC0415

    from campaigns.actions.sending import send_all  # noqa: PLC0415
    from campaigns.actions.shipments import Parcel, make_shipments, pick  # noqa: PLC0415
    from campaigns.models import Deal, Product, Shipment  # noqa: PLC0415
    from campaigns.queries.parcels import targets_of_deals  # noqa: PLC0415
    from creators.models import Address  # noqa: PLC0415

    now = timezone.now()
    newest = Deal.objects.order_by("-pk").values_list("pk", "creator")[:PARCELS]
    where = {"name": "Ana", "street": "1 Mill Lane", "city": "Leeds", "country": "GB"}
    Address.objects.bulk_create(Address(creator_id=creator, **where) for _, creator in newest)
    tea = Product.objects.create(brand=brand, name="Tea", unit_cost=Decimal(4), currency="GBP")
    parcel = Parcel({tea.pk: 1}, Decimal(3))
    targets = targets_of_deals(Deal.objects.filter(pk__in=[deal for deal, _ in newest]))
    planned = Shipment.objects.filter(state="planned")
    steps = {
        "make": lambda: make_shipments(brand, targets, parcel, again=False, by=None, now=now),
        "pick": lambda: pick(planned, now=now),
        "send": lambda: send_all(planned, brand=brand, on=now.date(), by=None, now=now),
    }
    return [line(f"{name}_{PARCELS}_parcels_seconds", timed(step), 2) for name, step in steps.items()]


if __name__ == "__main__":
    raise SystemExit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000))
