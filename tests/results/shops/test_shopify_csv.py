"""Reading exports as shops, spreadsheets and apps leave them."""

from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from config.lib.tabular import read_table
from results.shops.records import Run
from results.shops.shopify_csv import Reader, codes_in
from tests.results.shop_files import HEADER, ORDER, a_file, an_item, an_order


def runs(path: Path) -> list[Run]:
    """The runs of a file; e-mail addresses stand for themselves."""
    return list(Reader(read_table(path, path.name), person_of=str.encode, zone=ZoneInfo("UTC")).runs())


@pytest.mark.parametrize(
    ("cell", "codes"),
    [
        ("", ()),
        ("ANA10", ("ANA10",)),
        ("ANA10, ben10;CAT", ("ANA10", "ben10", "CAT")),
        ("ANA10,ana10", ("ANA10",)),
        ("TWO WORDS", ("TWO WORDS",)),
        ("a@example.com", ()),
    ],
)
def test_codes_of_a_cell(cell: str, codes: tuple[str, ...]) -> None:
    assert codes_in(cell) == codes


def test_rows_that_stand_together_are_one_run(tmp_path: Path) -> None:
    found = runs(a_file(tmp_path, an_order(1), an_item(1), an_order(2), an_item(1)))

    assert [(run.line, run.key, len(run.rows)) for run in found] == [
        (2, "9000001", 2),
        (4, "9000002", 1),
        (5, "#1", 1),
    ]


def test_money_comes_from_the_first_row_alone(tmp_path: Path) -> None:
    (run,) = runs(a_file(tmp_path, an_order(1, Subtotal="5"), an_item(1) | {"Subtotal": "9"}))

    assert run.facts
    assert run.facts.subtotal == Decimal(5)


def test_rows_without_a_number_stand_alone_with_their_items(tmp_path: Path) -> None:
    nameless = {**ORDER, "Lineitem name": "MUG"}
    found = runs(a_file(tmp_path, nameless, {"Lineitem name": "CUP"}, nameless))

    assert [(run.line, len(run.rows), run.problems[0].field) for run in found] == [(2, 2, "Name"), (4, 1, "Name")]


def test_columns_are_found_by_name_in_any_case_and_order(tmp_path: Path) -> None:
    path = tmp_path / "orders.csv"
    header = [name.upper() for name in reversed(HEADER)]
    cells = an_order(1, Email="x")
    path.write_text(";".join(header) + "\n" + ";".join(cells.get(name, "") for name in reversed(HEADER)) + "\n")

    (run,) = runs(path)

    assert run.facts
    assert (run.facts.name, run.facts.customer, run.facts.subtotal) == ("#1", b"x", Decimal("50.00"))


@pytest.mark.parametrize(("written", "meant"), [("1.234,50", "1234.50"), ("12,5", "12.5"), ("1,234", None)])
def test_amounts_with_decimal_commas_in_files_with_semicolons(
    tmp_path: Path, written: str, meant: str | None
) -> None:
    path = tmp_path / "orders.csv"
    cells = an_order(1, Subtotal=written)
    path.write_text(";".join(HEADER) + "\n" + ";".join(cells.get(name, "") for name in HEADER) + "\n")

    (run,) = runs(path)

    assert (run.facts.subtotal if run.facts else None) == (Decimal(meant) if meant else None)


def test_an_order_of_very_many_rows_is_handed_on_in_pieces(tmp_path: Path) -> None:
    found = runs(a_file(tmp_path, an_order(1), *[an_item(1)] * 1_500))

    assert [(run.key, len(run.rows)) for run in found] == [("9000001", 1000), ("#1", 501)]


def test_the_address_reaches_the_hash_and_nothing_else(tmp_path: Path) -> None:
    (run,) = runs(a_file(tmp_path, an_order(1, Email="Secret@Example.com", Notes="secret")))

    assert run.facts
    assert run.facts.customer == b"Secret@Example.com"
    assert "secret" not in str(run.rows).lower()
