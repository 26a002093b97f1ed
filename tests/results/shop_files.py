"""Order exports for tests: say only the cells that the test is about."""

import csv
from pathlib import Path

HEADER = (
    "Name", "Email", "Financial Status", "Currency", "Subtotal", "Shipping", "Taxes", "Total", "Discount Code",
    "Discount Amount", "Created at", "Lineitem quantity", "Lineitem name", "Billing Name", "Billing Street",
    "Billing Phone", "Billing Zip", "Billing Country", "Notes", "Note Attributes", "Cancelled at", "Refunded Amount",
    "Id", "Tags", "Phone",
)  # fmt: skip
ORDER = {
    "Email": "ana@example.com", "Financial Status": "paid", "Currency": "GBP", "Subtotal": "50.00", "Total": "60.00",
    "Discount Amount": "0.00", "Created at": "2026-03-01 08:30:00 +0000", "Refunded Amount": "0",
}  # fmt: skip


def an_order(number: int = 1001, **cells: str) -> dict[str, str]:
    """One row that is a whole order. Columns are written with `_` for the space: `Discount_Code="ANA10"`."""
    named = {name.replace("_", " "): value for name, value in cells.items()}
    return {"Name": f"#{number}", "Id": str(9_000_000 + number), **ORDER, **named}


def an_item(number: int = 1001, name: str = "MUG") -> dict[str, str]:
    """A further row of an order: a line item without any field of the order."""
    return {"Name": f"#{number}", "Lineitem quantity": "1", "Lineitem name": name}


def a_file(folder: Path, *rows: dict[str, str], without: tuple[str, ...] = (), name: str = "orders.csv") -> Path:
    """Write an export, leaving out the columns `without`."""
    header = [column for column in HEADER if column not in without]
    path = folder / name
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, header, extrasaction="ignore", restval="")
        writer.writeheader()
        writer.writerows(rows)
    return path
