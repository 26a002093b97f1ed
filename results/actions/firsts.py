"""Who was new: a customer's earliest counted order in the brand's history here. Pinned: "Orders and people"."""

from collections.abc import Collection

from django.db import connection

from team.models import Brand


def decide(brand: Brand, customers: Collection[bytes]) -> None:
    """Mark the first order of each of these customers, by `Created at` and then `Id`, and unmark all their others.

    Called inside the transaction that changed their orders. Touches only rows whose mark changes.
    """
    wanted = [customer for customer in customers if customer]
    if not wanted:
        return
    with connection.cursor() as cursor:
        cursor.execute(_WANTED)
        with cursor.copy("copy customer_to_decide from stdin") as copy:
            for customer in wanted:
                copy.write_row((customer,))
        cursor.execute("analyze customer_to_decide")
        cursor.execute(_FIRST, {"brand": brand.pk})
        cursor.execute("analyze first_order")
        # Unmarked before others are marked, since a customer has one first order at any moment.
        cursor.execute(_UNMARK, {"brand": brand.pk})
        cursor.execute(_MARK)
        cursor.execute("drop table customer_to_decide, first_order")


_WANTED = "create temporary table customer_to_decide (customer bytea) on commit drop"
# Ids are numbers written as text: the shorter is the smaller.
_FIRST = """
create temporary table first_order on commit drop as
select distinct on (o.customer) o.id
from results_order o join customer_to_decide using (customer)
where o.brand_id = %(brand)s and o.not_counted = ''
order by o.customer, o.ordered_at, length(o.external_id), o.external_id, o.id"""
_UNMARK = """
update results_order o set is_first = false from customer_to_decide wanted
where o.brand_id = %(brand)s and o.customer = wanted.customer and o.is_first
  and not exists (select from first_order where first_order.id = o.id)"""
_MARK = "update results_order o set is_first = true from first_order where o.id = first_order.id and not o.is_first"
