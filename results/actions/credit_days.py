"""Keeping the daily roll-up of credit. Losing it costs time, never a number: reports read unsealed deals live."""

from datetime import datetime

from django.db import connection, transaction

from campaigns.models import Deal
from results.models import CreditDay, CreditSeal
from results.models.seals import LOCK
from results.queries.sums import COLUMNS, STORED_DAYS
from team.models import Brand

_STORE = (
    f"INSERT INTO results_creditday (brand_id, deal_id, day_on, {', '.join(COLUMNS)}) "
    f"SELECT %(brand)s, deal_id, day_on, {', '.join(COLUMNS)} FROM ({STORED_DAYS}) days"
)


@transaction.atomic
def roll_up_credit(brand: Brand, *, now: datetime) -> int:
    """Recompute the days of the brand's deals whose seal is broken, and seal them; return how many there were.

    Does nothing while another transaction changes credits: the next sweep comes soon, and waiting would block it.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            return 0
        deals = _unsealed(brand)
        if not deals:
            return 0
        CreditDay.objects.filter(brand=brand, deal__in=deals).delete()
        cursor.execute(_STORE, {"brand": brand.pk, "deals": deals, "zone": brand.time_zone})
    CreditSeal.objects.filter(brand=brand, deal__in=deals).delete()
    CreditSeal.objects.bulk_create(
        CreditSeal(brand=brand, deal_id=deal, time_zone=brand.time_zone, sealed_at=now) for deal in deals
    )
    return len(deals)


def _unsealed(brand: Brand) -> list[int]:
    sealed = CreditSeal.objects.filter(brand=brand, time_zone=brand.time_zone).values("deal")
    return list(Deal.objects.filter(brand=brand).exclude(pk__in=sealed).values_list("pk", flat=True))
