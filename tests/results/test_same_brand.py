"""Orders, credits, evidence and roll-ups never belong to another brand than the row they hang on."""

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django_scopes import scopes_disabled

from config.lib.constraints import Agrees
from config.lib.refusals import refusal_of
from results.models import ClickDay, Credit, Evidence
from tests.factories import NOW, make_campaign, make_deal, make_link, make_order

ROWS = {
    "order_is_of_its_shops_brand": lambda deal: make_order(deal.brand),
    "credit_is_of_its_orders_brand": lambda deal: Credit(
        brand=deal.brand, order=make_order(deal.brand), deal=deal, rule="code", policy="code-first-1"
    ),
    "credit_is_of_its_deals_brand": lambda deal: Credit(
        brand=deal.brand, order=make_order(deal.brand), deal=deal, rule="code", policy="code-first-1"
    ),
    "evidence_is_of_its_orders_brand": lambda deal: Evidence(
        brand=deal.brand, order=make_order(deal.brand), kind="code", value="X", reason="r"
    ),
    "evidence_is_of_its_deals_brand": lambda deal: Evidence(
        brand=deal.brand, order=make_order(deal.brand), deal=deal, kind="code", value="X", reason="r"
    ),
    "roll_up_is_of_its_links_brand": lambda deal: ClickDay(
        brand=deal.brand, link=make_link(deal), day_on=NOW.date(), clicks=1, unique_clicks=1
    ),
}


def agreements() -> dict[str, Agrees]:
    found = (each for model in apps.get_app_config("results").get_models() for each in model._meta.constraints)
    return {each.name: each for each in found if isinstance(each, Agrees)}


def test_every_agreement_is_tried():
    assert set(agreements()) == set(ROWS)


@pytest.mark.parametrize("name", ROWS)
@scopes_disabled()
def test_the_database_refuses_a_row_of_another_brand(brand, other_brand, name):
    row = ROWS[name](make_deal(make_campaign(brand)))
    row.save()
    words = agreements()[name].get_violation_error_message()

    with pytest.raises(IntegrityError) as caught, transaction.atomic(), connection.cursor() as cursor:
        others = [each for each in agreements() if each != name and each in _constraints_of(row)]
        for other in others:
            cursor.execute(f'set constraints "{other}" deferred')
        type(row)._default_manager.filter(pk=row.pk).update(brand=other_brand)

    assert refusal_of(caught.value) == words


def _constraints_of(row) -> set[str]:
    return {each.name for each in row._meta.constraints}
