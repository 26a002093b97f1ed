"""How long an order import takes and how much memory it needs: `python -m benchmarks.orders`.

Makes files of one order shape (23 line items an order, as the real export has), imports them by the command in a
database of its own, and prints a line a bar: `name value bound ok|short`. Exit 1 if any is short.
"""

import csv
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg

ROOT = Path(__file__).resolve().parent.parent
ORDERS, ITEMS = 4_400, 23
SINGLE_ROWS = 100_000
HEADER = (
    "Name", "Email", "Financial Status", "Currency", "Subtotal", "Shipping", "Taxes", "Total", "Discount Code",
    "Discount Amount", "Created at", "Lineitem quantity", "Lineitem name", "Lineitem price", "Lineitem sku",
    "Billing Name", "Billing Country", "Note Attributes", "Cancelled at", "Payment Method", "Refunded Amount",
    "Vendor", "Id", "Risk Level", "Source",
)  # fmt: skip
_START = datetime(2026, 1, 1, tzinfo=UTC)


def rows(orders: int, items: int) -> Iterator[dict[str, str]]:
    """Orders of some 3,000 customers a 4,400; a fifth with a code, a tenth with UTMs, a few refunds."""
    people = orders * 2 // 3
    for number in range(orders):
        created = f"{_START + timedelta(minutes=number):%Y-%m-%d %H:%M:%S} +0000"
        yield {
            "Name": f"#{number}", "Id": str(10_000_000 + number),
            "Email": f"customer{number * 7919 % people}@example.com",
            "Financial Status": "paid" if number % 9 else "partially_refunded", "Currency": "GBP",
            "Subtotal": f"{number % 300 + 5}.50", "Shipping": "4.95", "Taxes": "1.00",
            "Total": f"{number % 300 + 12}.45",
            "Discount Code": f"CREATOR{number % 120}10" if number % 5 == 0 else "", "Discount Amount": "0.00",
            "Created at": created,
            "Lineitem quantity": "1", "Lineitem name": "WHITE HANGING HEART T-LIGHT HOLDER", "Lineitem price": "2.95",
            "Billing Name": f"Customer {number}", "Billing Country": "United Kingdom",
            "Note Attributes": _UTM if number % 10 == 1 else "", "Refunded Amount": "0" if number % 9 else "2.50",
            "Payment Method": "Shopify Payments", "Vendor": "Shop", "Risk Level": "Low", "Source": "web",
        }  # fmt: skip
        for item in range(items - 1):
            yield {
                "Name": f"#{number}", "Created at": created,
                "Lineitem quantity": "2", "Lineitem name": f"DOORMAT UNION JACK {item}", "Lineitem price": "7.95",
                "Lineitem sku": f"{21955 + item}", "Vendor": "Shop",
            }  # fmt: skip


_UTM = "utm_source: tiktok\nutm_medium: influencer\nutm_campaign: spring\nutm_content: somebody_post1"


def write(path: Path, orders: int, items: int) -> Path:
    """Write a file of the shape."""
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, HEADER, restval="")
        writer.writeheader()
        writer.writerows(rows(orders, items))
    return path


def command(*arguments: str) -> tuple[float, int]:
    """Run a command of manage.py; seconds, and the most memory it held in MB."""
    begun = time.monotonic()
    process = subprocess.Popen([sys.executable, "manage.py", *arguments], cwd=ROOT, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"manage.py {' '.join(arguments)} failed")
    return time.monotonic() - begun, usage.ru_maxrss // (1 << 10 if sys.platform != "darwin" else 1 << 20)


def copy_seconds(address: str) -> float:
    """How long COPY takes to put the orders that are there into a table of the same shape, indexes and checks."""
    with psycopg.connect(address) as connection:
        connection.execute("create table again (like results_order including all)")
        with tempfile.TemporaryFile() as file:
            with connection.cursor().copy(
                "copy (select * from results_order order by id desc limit 100000) to stdout"
            ) as out:
                for block in out:
                    file.write(block)
            file.seek(0)
            begun = time.monotonic()
            with connection.cursor().copy("copy again from stdin") as into:
                while block := file.read(1 << 20):
                    into.write(block)
            connection.commit()
            return time.monotonic() - begun


def measured(folder: Path) -> Iterator[tuple[str, float, float]]:
    """Name, value and bound of each bar."""
    address = os.environ["DATABASE_URL"]
    for slug in ("small", "large", "single"):
        _brand(slug)
    seconds, memory = command("import_orders", str(write(folder / "small.csv", ORDERS, ITEMS)), "--brand", "small")
    yield "import_101k_rows_seconds", seconds, 15
    yield "import_101k_rows_mb", memory, 250
    _, tenfold = command("import_orders", str(write(folder / "large.csv", ORDERS * 10, ITEMS)), "--brand", "large")
    yield "import_1m_rows_mb", tenfold, 250
    yield "memory_at_tenfold_ratio", tenfold / memory, 1.25
    alone, _ = command("import_orders", str(write(folder / "one.csv", 10, 1)), "--brand", "single", "--dry-run")
    seconds, _ = command("import_orders", str(write(folder / "single.csv", SINGLE_ROWS, 1)), "--brand", "single")
    yield "import_100k_orders_seconds", seconds, 60
    yield "import_100k_orders_per_copy", (seconds - alone) / copy_seconds(address), 3
    again, _ = command("import_orders", str(folder / "single.csv"), "--brand", "single")
    yield "import_100k_unchanged_seconds", again, 60


def _brand(slug: str) -> None:
    made = f"from team.actions.brands import make_brand; make_brand(name={slug!r}, slug={slug!r}, currency='GBP')"
    command("shell", "-v0", "-c", made)


def main() -> int:
    """Run in servers of its own, under a folder that is thrown away."""
    with tempfile.TemporaryDirectory() as name:
        os.environ["TROUPE_VAR"] = name
        from config import embedded  # noqa: PLC0415 - after the folder is named

        with embedded.servers():
            os.environ["DATABASE_URL"] = embedded.database_url(Path(name))
            os.environ["REDIS_URL"] = embedded.redis_url(Path(name))
            command("migrate", "-v0")
            results = []
            for bar, value, bound in measured(Path(name)):
                results.append(value <= bound)
                print(f"{bar} {value:.2f} {bound} {'ok' if value <= bound else 'short'}", flush=True)
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
