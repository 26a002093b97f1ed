"""Codes: made from handles, claimed for ever, never the same as one that was already seen."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django_scopes import scope

from campaigns.actions.codes import claim_codes, note_seen_codes
from campaigns.logic.codes import folded, generated_code
from campaigns.models import Code, SeenCode
from config.lib.refusals import refusal_of
from tests.factories import NOW, make_creator


@pytest.mark.parametrize(
    ("handle", "percent", "taken", "code"),
    [
        ("stefan21_za", 10, (), "STEFAN21ZA10"),
        ("nigeria1990", Decimal("15.00"), (), "NIGERIA19915"),
        ("__.yosan.__", 20, (), "YOSAN20"),
        ("ana", Decimal("12.5"), (), "ANA12.5"),
        ("ana", 10, {"ANA10"}, "ANA210"),
        ("ana", 10, {"ANA10", "ANA210"}, "ANA310"),
        ("ana", 10, {"ANA10", *(f"ANA{n}10" for n in range(2, 12))}, "ANA1210"),
        ("zoë.müller", 10, (), "ZOEMULLER10"),
        ("привет", 10, (), "ПРИВЕТ10"),
        ("дом_ana", 10, (), "ANA10"),
        ("._.", 10, (), "CREATOR10"),
    ],
)
def test_a_code_comes_from_the_handle_and_the_percent(handle, percent, taken, code):
    assert generated_code(handle, percent, taken) == code


def test_codes_are_claimed_as_written_and_once(brand):
    ana, bo = make_creator("ana"), make_creator("bo")

    with scope(brand=brand):
        first = claim_codes(brand, {ana.pk: " Ana10 "}, percent=Decimal(10), now=NOW)
        again = claim_codes(brand, {ana.pk: "ANA10", bo.pk: "ana10"}, percent=Decimal(10), now=NOW)
        kept = list(Code.objects.values_list("creator", "code", "folded"))

    assert (first.new, first.taken) == (1, {})
    assert (again.new, again.taken) == (0, {bo.pk: "ana10"})
    assert kept == [(ana.pk, "Ana10", "ANA10")]


def test_one_code_in_two_brands_is_fine(brand, other_brand):
    ana = make_creator("ana")

    with scope(brand=[brand, other_brand]):
        for each in (brand, other_brand):
            claim_codes(each, {ana.pk: "ANA10"}, percent=None, now=NOW)

        assert Code.objects.count() == 2


def test_a_taken_code_is_refused_in_words(brand):
    ana, bo = make_creator("ana"), make_creator("bo")
    Code.objects.create(brand=brand, creator=ana, code="ANA10")

    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        Code.objects.create(brand=brand, creator=bo, code=" ana10")

    assert refusal_of(caught.value, Code) == "This code already belongs to a creator of this brand."


def test_seen_codes_are_remembered_once(brand):
    with scope(brand=brand):
        note_seen_codes(brand, ["welcome", "WELCOME ", ""])
        note_seen_codes(brand, ["Welcome", "vip"])

        assert set(SeenCode.objects.values_list("folded", flat=True)) == {"WELCOME", "VIP"}


@pytest.mark.django_db
def test_the_database_folds_as_we_do():
    for code in [" Straße10 ", "zoë", "ǆ", "ﬁx", "ı", "привет"]:
        with connection.cursor() as cursor:
            cursor.execute("select upper(trim(%s))", [code])

            assert cursor.fetchone()[0] == folded(code)
