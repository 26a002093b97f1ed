"""Orders in a foreign currency: the bucket, and rates that empty it."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django_scopes import scope

from results.actions.rates import add_rate, remove_rate
from results.models import Credit, ExchangeRate, Order
from tests.factories import NOW, make_campaign, make_code, make_deal
from tests.results.shop_files import a_file, an_order


@pytest.fixture
def waiting(brand, tmp_path):
    """Two orders in euros that wait, one of them with a creator's code."""
    make_code(make_deal(make_campaign(brand)), "ANA10")
    path = a_file(
        tmp_path,
        an_order(1, Currency="EUR", Discount_Code="ana10", Subtotal="10.05", Refunded_Amount="5"),
        an_order(2, Currency="EUR", Created_at="2026-04-01 08:00:00 +0000"),
    )
    call_command("import_orders", path, brand=brand.slug, skip_bad=True)
    return path


def stored(brand):
    with scope(brand=brand):
        return list(Order.objects.order_by("name").values_list("not_counted", "gross", "net", "is_first"))


def test_orders_without_a_rate_are_in_no_sum(brand, waiting):
    assert stored(brand) == [("no_rate", None, None, False)] * 2


def test_a_rate_converts_from_its_day_on_and_is_frozen(brand, waiting):
    with scope(brand=brand):
        assert add_rate(brand, currency="EUR", starts_on=date(2026, 3, 1), rate=Decimal("0.5"), by=None, now=NOW) == 2
        assert stored(brand) == [("", Decimal("5.02"), Decimal("2.52"), True), ("", Decimal(25), Decimal(25), False)]
        assert Credit.objects.count() == 1

        assert add_rate(brand, currency="EUR", starts_on=date(2026, 3, 15), rate=Decimal(2), by=None, now=NOW) == 0
        call_command("import_orders", waiting, brand=brand.slug)

    assert stored(brand)[1] == ("", Decimal(25), Decimal(25), False)


def test_removing_a_mistaken_rate_sends_its_orders_back(brand, waiting):
    with scope(brand=brand):
        add_rate(brand, currency="EUR", starts_on=date(2026, 3, 1), rate=Decimal(50), by=None, now=NOW)
        assert remove_rate(ExchangeRate.objects.get(), now=NOW) == 2
        assert Credit.objects.count() == 0

    assert stored(brand) == [("no_rate", None, None, False)] * 2


def test_the_page_empties_the_bucket(brand, waiting, manager):
    page = manager.get("/orders/rates/")
    assert b"EUR" in page.content

    answer = manager.post(
        "/orders/rates/", {"currency": "eur", "starts_on": "2026-01-01", "rate": "0.9"}, follow=True
    )

    assert "Rate saved. 2 orders converted." in answer.content.decode()
    assert [row[0] for row in stored(brand)] == ["", ""]


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({"currency": "GBP", "starts_on": "2026-01-01", "rate": "1"}, "needs no rate"),
        ({"currency": "QQQ", "starts_on": "2026-01-01", "rate": "1"}, "three letters"),
        ({"currency": "EUR", "starts_on": "2026-01-01", "rate": "0"}, "above zero"),
    ],
)
def test_a_bad_rate_is_refused_in_words(brand, manager, form, sentence):
    answer = manager.post("/orders/rates/", form)

    assert answer.status_code == 422
    assert sentence in answer.content.decode()


def test_two_rates_of_one_day_are_refused(brand, manager):
    form = {"currency": "EUR", "starts_on": "2026-01-01", "rate": "1.1"}
    manager.post("/orders/rates/", form)

    answer = manager.post("/orders/rates/", form)

    assert answer.status_code == 422
    assert "There is already a rate of this currency from that day." in answer.content.decode()


@pytest.mark.parametrize("values", [{"rate": 0}, {"currency": "eur"}])
def test_the_database_refuses_rates_that_cannot_be(brand, values):
    with pytest.raises(IntegrityError), transaction.atomic():
        ExchangeRate.objects.create(
            **{"brand": brand, "currency": "EUR", "starts_on": date(2026, 1, 1), "rate": 1, **values}
        )
