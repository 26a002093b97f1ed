"""`manage.py import_orders` on small files: what goes in, what is refused and how it is said."""

import json
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django_scopes import scope

from results.actions.orders import take_in
from results.actions.staging import stage
from results.models import Order, RawOrder, Shop, StagedOrder
from team.models import Job
from tests.factories import make_brand
from tests.results.shop_files import HEADER, a_file, an_item, an_order


@pytest.fixture
def run(brand, tmp_path, capsys):
    """Import rows into the brand; hands back what the command said, with its exit code."""

    def run(*rows, without=(), exit_code=0, **options):
        path = a_file(tmp_path, *rows, without=without)
        code: object = 0
        try:
            call_command("import_orders", path, brand=brand.slug, format="json", **options)
        except SystemExit as end:
            code = end.code
        except CommandError as error:
            code = error.returncode
        assert code == exit_code
        return json.loads(capsys.readouterr().out or "null")

    return run


def counts(said):
    """The counts without the problems."""
    return {name: said[name] for name in ("rows", "new", "updated", "unchanged", "skipped")}


def orders(brand, *fields):
    """Values of the brand's orders, by name."""
    with scope(brand=brand):
        return list(Order.objects.order_by("name").values_list(*fields))


def test_rows_of_one_order_are_one_order_wherever_they_stand(brand, run):
    said = run(an_order(1), an_order(2), an_item(1, "CUP"), an_item(2, "PEN"), an_item(1, "BAG"))

    assert counts(said) == {"rows": 2, "new": 2, "updated": 0, "unchanged": 0, "skipped": 0}
    with scope(brand=brand):
        raw = RawOrder.objects.get(order__name="#1")
    assert [row.get("lineitem name") for row in raw.rows] == [None, "CUP", "BAG"]
    assert (raw.line, raw.rows[0]["subtotal"]) == (2, "50.00")


def test_rows_that_were_sorted_are_told_in_one_sentence(run):
    said = run(an_item(1), an_order(2), an_order(1), exit_code=1)

    reason = "The order's first row holds only a line item. Were the rows sorted? Use the export as Shopify sent it."
    assert said["bad"] == [{"line": 2, "field": "Name", "value": "#1", "reason": reason}]


def test_a_second_header_is_told_as_such_and_the_rest_goes_in(brand, run):
    said = run(an_order(1), {column: column for column in HEADER}, an_order(2), skip_bad=True)

    reason = "The columns are named here again. Were two files put together? Remove this row."
    assert said["bad"] == [{"line": 3, "field": "Name", "value": "Name", "reason": reason}]
    assert orders(brand, "name") == [("#1",), ("#2",)]


def test_a_second_import_changes_nothing_and_other_facts_update_the_order(brand, run):
    rows = [an_order(1), an_order(2)]
    run(*rows)
    before = orders(brand, "pk", "facts", "imported_at")

    assert counts(run(*reversed(rows)))["unchanged"] == 2
    assert orders(brand, "pk", "facts", "imported_at") == before

    said = run(an_order(1, Refunded_Amount="12.50", Financial_Status="partially_refunded"), an_order(2))
    assert (said["updated"], said["unchanged"]) == (1, 1)
    assert orders(brand, "name", "net") == [("#1", Decimal("37.500")), ("#2", Decimal("50.000"))]


def test_an_order_that_comes_without_its_id_and_with_it_is_one_order(brand, run):
    run(an_order(1, Id=""))

    assert counts(run(an_order(1)))["updated"] == 1
    assert counts(run(an_order(1, Id="")))["unchanged"] == 1
    assert orders(brand, "external_id") == [("9000001",)]


@pytest.mark.parametrize("written", ["9000001.0", "'9000001", "9000001,00"])
def test_an_id_that_another_program_wrote_as_a_number_or_a_text_is_the_same(brand, run, written):
    run(an_order(1))

    assert counts(run(an_order(1, Id=written), an_item(1)))["unchanged"] == 1
    assert orders(brand, "external_id") == [("9000001",)]


def test_nothing_that_names_a_person_reaches_a_table(brand, run):
    run(
        an_order(
            1, Email="secret@example.com", Billing_Name="Secret Person", Billing_Street="1 Secret St", Phone="+44 7700 900123",
            Billing_Phone="+44 7700 900123", Billing_Zip="S3CR3T", Notes="secret note", Tags="vip, secret@example.com",
            Note_Attributes="utm_source: tiktok\nGift note: Dear Secret\nutm_term: secret@example.com",
        ),
        an_order(2, Subtotal="secret@example.com"),
        skip_bad=True,
    )  # fmt: skip

    with connection.cursor() as cursor:
        for table in ("order", "raworder", "stagedorder", "evidence"):
            cursor.execute(f"select count(*) from results_{table} row where row::text ilike '%%secret%%'")
            assert cursor.fetchone() == (0,), table
        cursor.execute("select count(*) from results_raworder where rows::text like '%%7700%%'")
        assert cursor.fetchone() == (0,)


BAD = [
    ({"Name": "", "Id": ""}, "Name", "This order has no number: neither Name nor Id is filled in."),
    ({"Subtotal": "fifty"}, "Subtotal", "“fifty” is not an amount. Write a number such as 120 or 120.50."),
    ({"Subtotal": ""}, "Subtotal", "This amount is missing."),
    ({"Total": "€ 60"}, "Total", "“€ 60” is not an amount in GBP, the order's currency."),
    ({"Refunded_Amount": "all"}, "Refunded Amount", "“all” is not an amount. Write a number such as 120 or 120.50."),
    ({"Id": "9" * 65}, "Id", "The order's number is longer than 64 characters."),
    ({"Total": "-1"}, "Total", "An order's amount may not be negative."),
    (
        {"Created_at": "soon"},
        "Created at",
        "This is not a date from 1990 to 2100. Shopify writes 2026-03-01 08:30:00 +0000.",
    ),
    ({"Currency": "POUND"}, "Currency", "This is not a currency. Write three letters such as GBP."),
    ({"Id": "4.55E+12"}, "Id", "A spreadsheet rounded this Id. Use the export as Shopify sent it."),
    (
        {"Currency": "EUR"},
        "Currency",
        "No exchange rate for EUR on 01 March 2026. Enter one, or take the order in to wait for it, in no sum.",
    ),
]


@pytest.mark.parametrize(("cells", "field", "reason"), BAD)
def test_a_bad_order_is_told_by_its_line_and_keeps_everything_out(brand, run, cells, field, reason):
    value = cells.get(field.replace(" ", "_"), "")
    rows = [an_order(1), an_order(2, **cells) | {name: text for name, text in cells.items() if "_" not in name}]

    said = run(*rows, exit_code=1)

    assert said["bad"] == [{"line": 3, "field": field, "value": value, "reason": reason}]
    assert counts(said)["skipped"] == 0
    assert orders(brand, "name") == []
    assert StagedOrder.objects.with_scopes_disabled().count() == 0


def test_the_rest_goes_in_if_told_and_every_order_is_accounted_for(brand, run):
    said = run(an_order(1), an_order(2, Subtotal="x", Total="y"), an_item(2), an_order(3), skip_bad=True)

    assert counts(said) == {"rows": 3, "new": 2, "updated": 0, "unchanged": 0, "skipped": 1}
    assert [problem["field"] for problem in said["bad"]] == ["Subtotal", "Total"]
    assert orders(brand, "name") == [("#1",), ("#3",)]


def test_a_row_that_cannot_be_read_spoils_its_order_wherever_it_stands(brand, tmp_path, capsys):
    path = a_file(tmp_path, an_order(1), an_order(2), an_item(1))
    path.write_text(path.read_text() + "#1,too,few\n")

    call_command("import_orders", path, brand=brand.slug, format="json", skip_bad=True)

    said = json.loads(capsys.readouterr().out)
    assert (said["new"], said["skipped"], said["bad"][0]["line"]) == (1, 1, 5)
    assert orders(brand, "name") == [("#2",)]


def test_a_missing_column_is_one_clear_sentence(brand, run):
    said = run(an_order(1), without=("Subtotal", "Email"), exit_code=1)

    assert said["rows"] == 0
    assert said["bad"] == [
        {
            "line": 1, "field": "Email", "value": "",
            "reason": "The file has no columns “Email” and “Subtotal”. Export the orders from Shopify again, with all its columns.",
        }
    ]  # fmt: skip


def test_a_file_that_is_no_table_is_refused(brand, tmp_path):
    path = tmp_path / "orders.csv"
    path.write_bytes(b"%PDF-1.7 ...")

    with pytest.raises(CommandError, match="is a PDF, not a table") as refused:
        call_command("import_orders", path, brand=brand.slug)

    assert refused.value.returncode == 1


def test_an_unknown_brand_or_file_is_wrong_use(brand, tmp_path):
    for file, slug in ((tmp_path / "none.csv", "acme"), (tmp_path, "acme"), (tmp_path / "none.csv", "nobody")):
        with pytest.raises(CommandError) as refused:
            call_command("import_orders", file, brand=slug)
        assert refused.value.returncode == 2


def test_a_dry_run_says_the_same_and_writes_nothing(brand, run):
    said = run(an_order(1), dry_run=True)

    assert counts(said)["new"] == 1
    assert orders(brand, "name") == []
    assert not Job.objects.exists()
    with scope(brand=brand):
        assert not Shop.objects.exists()


def test_a_brand_without_currency_takes_that_of_its_first_import(db, tmp_path):
    brand = make_brand(slug="new", currency="")
    path = a_file(tmp_path, an_order(1, Currency="eur"))

    call_command("import_orders", path, brand="new")

    brand.refresh_from_db()
    assert brand.currency == "EUR"
    assert orders(brand, "gross") == [(Decimal(50),)]


def test_two_currencies_in_the_first_import_ask_which_it_is(db, tmp_path):
    brand = make_brand(slug="new", currency="")
    path = a_file(tmp_path, an_order(1), an_order(2, Currency="EUR"))

    with pytest.raises(CommandError, match=r"orders in EUR, GBP.*--currency") as refused:
        call_command("import_orders", path, brand="new")
    assert refused.value.returncode == 2

    call_command("import_orders", path, brand="new", currency="EUR", skip_bad=True)
    brand.refresh_from_db()
    assert brand.currency == "EUR"
    assert orders(brand, "not_counted") == [("no_rate",), ("",)]


def test_older_history_decides_anew_who_was_new(brand, run):
    run(an_order(5, Created_at="2026-03-05 08:00:00 +0000"))
    assert orders(brand, "name", "is_first") == [("#5", True)]

    run(an_order(2, Created_at="2026-01-05 08:00:00 +0000"), an_order(3, Email=""))

    assert orders(brand, "name", "is_first") == [("#2", True), ("#3", False), ("#5", False)]


def test_a_refund_hands_being_first_on_and_a_tie_goes_to_the_smaller_id(brand, run):
    run(an_order(1, Id="10"), an_order(2, Id="9"), an_order(3, Id="100"))
    assert orders(brand, "name", "is_first") == [("#1", False), ("#2", True), ("#3", False)]

    run(an_order(2, Id="9", Financial_Status="refunded"))
    assert orders(brand, "name", "is_first") == [("#1", True), ("#2", False), ("#3", False)]

    run(an_order(1, Id="10", Email="other@example.com"))
    assert orders(brand, "name", "is_first") == [("#1", True), ("#2", False), ("#3", True)]


def test_net_is_never_under_nought(brand, run):
    run(an_order(1, Subtotal="50", Total="80", Refunded_Amount="70"))

    assert orders(brand, "gross", "net", "not_counted") == [(Decimal(50), Decimal(0), "")]


def test_a_nul_character_is_told_by_its_line_and_stops_nothing_else(brand, run):
    said = run(an_order(1, Tags="a\0b"), an_order(2), skip_bad=True)

    assert counts(said) == {"rows": 2, "new": 1, "updated": 0, "unchanged": 0, "skipped": 1}
    assert said["bad"][0]["line"] == 2
    assert "NUL" in said["bad"][0]["reason"]


@pytest.mark.parametrize(
    "column", ["Name", "Id", "Financial_Status", "Currency", "Subtotal", "Total", "Created_at", "Billing_Country"]
)
def test_an_address_that_slipped_into_another_column_is_stored_nowhere(brand, run, column):
    said = run(an_order(1, **{column: "ana.b@example.com"}), an_order(2), skip_bad=True)

    assert "example.com" not in json.dumps(said)
    with scope(brand=brand):
        kept = [*StagedOrder.objects.values(), *RawOrder.objects.values(), *Order.objects.values()]
    assert "example.com" not in repr(kept)


def test_orders_whose_ids_a_spreadsheet_rounded_stay_apart(brand, run):
    rounded = {"Id": "5.12346E+12"}
    said = run(an_order(1, **rounded), an_item(1), an_order(2, **rounded), exit_code=1)

    assert said["rows"] == 2
    assert [(bad["line"], bad["field"]) for bad in said["bad"]] == [(2, "Id"), (4, "Id")]


def test_a_missing_rate_is_told_by_the_brands_day(brand, run):
    brand.time_zone = "Asia/Tokyo"
    brand.save()

    said = run(an_order(1, Currency="EUR", Created_at="2026-03-01 23:30:00 +0000"), exit_code=1)

    assert "on 02 March 2026" in said["bad"][0]["reason"]


def test_a_currency_set_while_the_import_waited_is_the_one_counted_in(db, tmp_path):
    waiting = make_brand(currency="")
    type(waiting).objects.filter(pk=waiting.pk).update(currency="EUR")
    path = a_file(tmp_path, an_order(1))
    with scope(brand=waiting):
        job = Job.objects.create(kind="import_orders_command", brand=waiting, file_name="orders.csv")
        stage(job, waiting, path, path.name)
        outcome = take_in(job, waiting, skip_bad=False, now=datetime(2026, 3, 2, tzinfo=UTC))

    assert "No exchange rate for GBP" in str(outcome.bad[0]["reason"])
