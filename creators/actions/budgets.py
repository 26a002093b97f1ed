"""What may be spent with a provider: kept when a question is claimed (`claims`), settled when it is answered.

The row of the period is locked last in every transaction, so that workers wait for each other as shortly as possible.
"""

import logging
from datetime import datetime

from django.db import connection, transaction
from django.db.models import F, Q
from django.db.models.functions import Greatest

from creators.logic.refresh import period_of
from creators.models import Spending
from creators.providers.suppliers import Supplier

logger = logging.getLogger(__name__)


@transaction.atomic
def open_period(supplier: Supplier, *, now: datetime) -> int:
    """The id of the period that `now` falls in, with the budget as it is set today.

    A budget that was cut below what is spent stands at what is spent: the row then refuses everything else.
    """
    begins_on, ends_on = period_of(supplier.source, now)
    row, _ = Spending.objects.get_or_create(
        source=supplier.source, begins_on=begins_on, ends_on=ends_on, defaults={"budget": supplier.budget}
    )
    if row.budget != supplier.budget:
        told = supplier.budget
        budget = None if told is None else Greatest(told, F("reserved") + F("used"))
        Spending.objects.filter(pk=row.pk).update(budget=budget)
    return row.pk


def reserve(period: int, *, price: int) -> bool:
    """Keep a price of the budget, where it holds it."""
    holds = Q(budget=None) | Q(budget__gte=F("reserved") + F("used") + price)
    return Spending.objects.filter(holds, pk=period).update(reserved=F("reserved") + price) == 1


# A provider that takes more than it announced must not make its answer unstorable: the row then stands at its budget.
_SETTLE = """
update creators_spending set
  reserved = greatest(reserved - %(price)s, 0),
  used = least(used + %(credits)s, coalesce(budget - greatest(reserved - %(price)s, 0), used + %(credits)s))
where id = %(period)s"""


def settle(period: int, *, price: int, credits: int) -> None:
    """Turn what was kept into what was used."""
    if credits > price:
        logger.warning("a provider took %s credits where it had announced at most %s", credits, price)
    with connection.cursor() as cursor:
        cursor.execute(_SETTLE, {"period": period, "price": price, "credits": credits})
