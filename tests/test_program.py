"""The whole walk by command on the real program, against an independent count: nothing but commands, as one uses them."""

import io
import json
import os
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.management import call_command

PROGRAM = Path(os.environ.get("TROUPE_DATA") or Path(__file__).parents[1] / "../shared/data") / "program"
COUNTS = ("orders", "code_orders", "link_orders", "new_customers", "unknown_customers")
AMOUNTS = ("gross", "net", "cost")
pytestmark = [pytest.mark.data, pytest.mark.django_db]


def run(*arguments):
    """What a command prints as JSON."""
    out = io.StringIO()
    call_command(*map(str, arguments), "--format", "json", stdout=out, stderr=io.StringIO())
    return json.loads(out.getvalue())


@pytest.fixture
def answers():
    return json.loads((PROGRAM / "answers.json").read_text())


def figures(row):
    """The row's counts and amounts; an answer's amount may lack its noughts."""
    return {name: int(row[name]) for name in COUNTS} | {name: Decimal(row[name]) for name in AMOUNTS}


def near(cac, wanted):
    """Whether low, mid and high lie within 2 % of the independent count, and the same ones are unknown."""
    pairs = [(cac[name], wanted[name]) for name in ("low", "mid", "high")]
    return cac["n"] == wanted["n"] and all(
        (got is None) == (want is None) and (want is None or abs(float(got) / want - 1) < 0.02) for got, want in pairs
    )


def test_the_walk_equals_the_independent_count_in_every_field(db, answers):
    creators = run(
        "import_creators", PROGRAM / "roster.csv", "--brand", "shop", "--campaign", "spring_launch", "--create"
    )
    links = run("make_links", "--campaign", "spring_launch")
    orders = run("import_orders", PROGRAM / "orders_shopify.csv", "--brand", "shop")
    report = run("report_cac", "--campaign", "spring_launch")
    printed = io.StringIO()
    call_command("report_cac", "--campaign", "spring_launch", stdout=printed)

    assert creators == {"rows": 120, "new": 120, "updated": 0, "unchanged": 0, "skipped": 0, "bad": []}
    assert len(links) == 120
    assert orders == {"rows": answers["orders"], "new": 4381, "updated": 0, "unchanged": 0, "skipped": 0, "bad": []}
    rows = {row["handle"]: row for row in report["creators"]}
    assert {handle: figures(row) for handle, row in rows.items()} == {
        handle: figures(row) for handle, row in answers["by_creator"].items()
    }
    assert [
        handle for handle, row in rows.items() if not near(row["cac"], answers["by_creator"][handle]["cac"])
    ] == []
    assert figures(report["totals"]) == figures(answers["totals"])
    assert near(report["totals"]["cac"], answers["totals"]["cac"])
    assert report["totals"]["orders"] == answers["credited"]
    assert [row["handle"] for row in report["creators"]] == sorted(rows)
    assert (
        "sydneybain: 139 of 475 new customers; 25% of its orders carry the creator's link, others 27%; no burst."
        in printed.getvalue()
    )


def test_the_order_of_the_commands_changes_nothing(db, answers):
    run("import_creators", PROGRAM / "roster.csv", "--brand", "shop", "--create")
    run("import_orders", PROGRAM / "orders_shopify.csv", "--brand", "shop")
    run("import_creators", PROGRAM / "roster.csv", "--brand", "shop", "--campaign", "spring_launch", "--create")
    run("make_links", "--campaign", "spring_launch")

    report = run("report_cac", "--campaign", "spring_launch")

    assert figures(report["totals"]) == figures(answers["totals"])
