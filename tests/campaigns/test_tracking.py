"""Tracking numbers by file: what a line says, and what keeps it out."""

from datetime import date
from decimal import Decimal as D

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django_scopes import scope

from campaigns.actions.tracking_files import read_tracking, send_read
from campaigns.logic.tracking import TrackedRow, told_twice, tracked_row
from campaigns.models import Shipment
from config.lib.tabular import NotATable
from tests.campaigns.test_shipments import make_product, make_shipment
from tests.factories import NOW, TODAY, make_user


@pytest.mark.parametrize(
    ("cells", "row"),
    [
        ({"shipment": "7"}, TrackedRow(2, 7, TODAY)),
        ({"shipment": "7", "sent_on": "2026-11-02"}, TrackedRow(2, 7, TODAY)),
        ({"shipment": "7", "tracking": "x" * 80}, TrackedRow(2, 7, TODAY, tracking="x" * 80)),
        (
            {"shipment": " #7 ", "carrier": " DPD ", "tracking": "1 2", "sent_on": "2026-03-01", "cost": "4,20"},
            TrackedRow(2, 7, date(2026, 3, 1), "DPD", "1 2", D("4.20")),
        ),
    ],
)
def test_a_line_is_read(cells, row):
    assert tracked_row(2, cells, today=TODAY) == (row, [])


@pytest.mark.parametrize(
    ("cells", "field"),
    [
        ({}, "shipment"),
        ({"shipment": "0"}, "shipment"),
        ({"shipment": "x"}, "shipment"),
        ({"shipment": "9" * 30}, "shipment"),
        ({"shipment": "9" * 5_000}, "shipment"),
        ({"shipment": "7", "sent_on": "1 March"}, "sent_on"),
        ({"shipment": "7", "sent_on": "2026-11-03"}, "sent_on"),
        ({"shipment": "7", "sent_on": "1926-11-02"}, "sent_on"),
        ({"shipment": "7", "carrier": "x" * 61}, "carrier"),
        ({"shipment": "7", "sent_on": "2026-03-01-02"}, "sent_on"),
        ({"shipment": "7", "tracking": "1.23457E+19"}, "tracking"),
        ({"shipment": "7", "cost": "four"}, "cost"),
        ({"shipment": "7", "cost": "-4"}, "cost"),
        ({"shipment": "7", "tracking": "x" * 81}, "tracking"),
    ],
)
def test_a_line_that_cannot_be_read_says_why(cells, field):
    row, problems = tracked_row(2, cells, today=TODAY)

    assert row is None
    assert [problem.field for problem in problems] == [field]


def test_a_shipment_or_number_that_stands_twice_is_told():
    rows = [
        TrackedRow(2, 7, TODAY, "DPD", "A1"), TrackedRow(3, 7, TODAY), TrackedRow(4, 8, TODAY, "dpd", "a1"),
        TrackedRow(5, 9, TODAY, "UPS", "A1"), TrackedRow(6, 10, TODAY),
    ]  # fmt: skip

    assert [(each.line, each.field) for each in told_twice(rows)] == [(3, "shipment"), (4, "tracking")]


def upload(*lines, header="shipment,carrier,tracking,sent_on,cost"):
    return SimpleUploadedFile("back.csv", "\n".join([header, *lines]).encode())


@pytest.mark.django_db
def test_only_good_lines_are_sent_and_each_other_one_says_why(brand, other_brand):
    tea = make_product(brand)
    good, sent, cancelled = (
        make_shipment(brand, product=tea), make_shipment(brand, state="sent", sent_on=TODAY, tracking="T9"),
        make_shipment(brand, state="cancelled", ended_on=TODAY),
    )  # fmt: skip
    foreign, late, taken = make_shipment(other_brand), make_shipment(brand, product=tea), make_shipment(brand)
    lines = [f"{good.pk},DPD,X1,,4", f"{sent.pk},,,,", f"{cancelled.pk},,,,", f"{foreign.pk},,,,", f"{late.pk},,,,",
             f"{taken.pk},,t9,,", "oops,,,,"]  # fmt: skip
    user = make_user(brand=brand)

    with scope(brand=brand):
        job = read_tracking(upload(*lines), brand=brand, by=user, now=NOW)
        Shipment.objects.filter(pk=late.pk).update(state="cancelled", ended_on=TODAY)
        first, second = send_read(job, by=user, now=NOW), send_read(job, by=user, now=NOW)
    job.refresh_from_db()
    good.refresh_from_db()

    assert (first, second) == (1, 1)
    assert (good.state, good.sent_on, good.shipping_cost) == ("sent", TODAY, D(4))
    assert {each["line"]: each["reason"] for each in job.result["bad"]} == {
        3: "Already sent on 2 Nov 2026; it stays as it is.",
        4: "This shipment was cancelled.",
        5: "No shipment of this brand has this number.",
        6: "This shipment was cancelled.",
        7: f"Shipment {sent.pk} has this tracking number.",
        8: "Write the number of the shipment, as the pick list has it.",
    }


def test_the_preview_says_to_whom_on_which_day_and_for_how_much(manager, brand):
    parcels = [make_shipment(brand), make_shipment(brand)]
    with scope(brand=brand):
        lines = [f"{parcels[0].pk},DPD,X1,2026-11-02,4.5", f"{parcels[1].pk},,,2026-11-01,"]
        job = read_tracking(upload(*lines), brand=brand, by=manager.user, now=NOW)
        name = parcels[0].creator.name

    page = manager.get(f"/shipments/tracking/{job.pk}/").text

    assert name in page and "2 Nov 2026" in page and "£4.50" in page and "as estimated" in page
    assert "2026-11-02" not in page


@pytest.mark.django_db
def test_a_file_without_the_column_is_no_such_file(brand):
    with scope(brand=brand), pytest.raises(NotATable, match="has no column shipment"):
        read_tracking(upload("1", header="number"), brand=brand, by=make_user(), now=NOW)
