from decimal import Decimal

import pytest

from config.lib.money import NotAnAmount, amount_of, currency_in, half_even, names_another


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("120", "120"),
        (" 120.50 ", "120.50"),
        ("12,5", "12.5"),
        ("1,234", "1234"),
        ("1,234.50", "1234.50"),
        ("1.234,50", "1234.50"),
        ("1,234,567", "1234567"),
        ("1.234.567", "1234567"),
        ("1 234,50", "1234.50"),
        ("1\u00a0234", "1234"),
        ("1'234.50", "1234.50"),
        ("0,125", "0.125"),
        (".5", "0.5"),
        ("€ 120", "120"),
        ("120 €", "120"),
        ("£1,234.50", "1234.50"),
        ("-£5", "-5"),
        ("£-5", "-5"),
        ("120 EUR", "120"),
        ("usd 7", "7"),
        ("(5)", "-5"),
        ("−5", "-5"),
        ("+5", "5"),
        ("１２０", "120"),
    ],
)
def test_amounts_as_people_write_them(text, amount):
    assert amount_of(text) == Decimal(amount)


@pytest.mark.parametrize(
    "text",
    ["", "free", "twelve", "1e5", "nan", "inf", "1,23,4", "12.34.56", "1,2.3,4", "5 €/h", "€ 5 USD", "--5", "12,", "10%",
     "99999999999999", "0x10", "1_000", "1 2 3 4", "12 34", "1'23"],
)  # fmt: skip
def test_words_and_muddles_are_refused(text):
    with pytest.raises(NotAnAmount):
        amount_of(text)


@pytest.mark.parametrize("text", ["1,234", "1.234", "120.000"])
def test_a_lone_mark_that_could_be_either_is_refused_where_asked(text):
    with pytest.raises(NotAnAmount, match="could be"):
        amount_of(text, strict_groups=True)


@pytest.mark.parametrize(
    ("text", "currency"), [("€ 5", "EUR"), ("5 usd", "USD"), ("£5", "GBP"), ("$5", ""), ("5", ""), ("free", "")]
)
def test_an_amount_may_name_its_currency(text, currency):
    assert currency_in(text) == currency


@pytest.mark.parametrize(
    ("text", "currency", "another"),
    [("5.00", "GBP", False), ("£5", "GBP", False), ("5 GBP", "GBP", False), ("€ 5", "GBP", True), ("5 usd", "GBP", True),
     ("$5", "GBP", True), ("$5", "CAD", False), ("¥5", "CNY", False), ("5abc", "GBP", True), ("1,234", "GBP", False)],
)  # fmt: skip
def test_an_amount_may_name_another_currency_than_meant(text, currency, another):
    assert names_another(text, currency) is another


@pytest.mark.parametrize(("amount", "rounded"), [("0.125", "0.12"), ("0.135", "0.14"), ("2.5", "2.50")])
def test_rounding_goes_to_the_even_neighbour(amount, rounded):
    assert half_even(Decimal(amount)) == Decimal(rounded)
