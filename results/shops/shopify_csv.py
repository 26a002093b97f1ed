"""Shopify's order export, read row by row: rows -> runs of one order, redacted on the way.

Knows columns by name, since apps and dates change the set. Knows no model, no brand and no rate of exchange. Money
comes from the order's first row alone; line items are kept as they are and never summed.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import tzinfo
from decimal import Decimal
from functools import cached_property

from config.lib.currencies import CURRENCIES
from config.lib.money import NotAnAmount, amount_of, half_even, names_another
from config.lib.tabular import Row, Table
from results.logic import redaction
from results.logic.moments import NotAMoment, moment_of
from results.logic.orders import OrderFacts
from results.shops.records import BadFile, Problem, Run

REQUIRED = (
    "email", "financial status", "currency", "subtotal", "total", "discount code", "created at", "refunded amount",
)  # fmt: skip
WANTED = ("note attributes", "cancelled at", "discount amount")
_TITLES = {
    title.lower(): title
    for title in ("Financial Status", "Discount Code", "Discount Amount", "Refunded Amount", "Note Attributes")
}
_ORDER_CELLS = ("financial status", "currency", "subtotal", "total")
_ROUNDED_ID = re.compile(r"\d(?:[.,]\d+)?e\+?\d+", re.IGNORECASE)
# Spreadsheets and scripts hand a number on as `4500.0`, or as a text with an apostrophe before it.
_REWRITTEN_ID = re.compile(r"'?(\d+)(?:[.,]0{1,2})?", re.ASCII)
_BETWEEN_CODES = re.compile(r"[,;\r\n]+")
_AS_SENT = "Use the export as Shopify sent it."
_LONGEST_RUN = 1_000  # rows; an order of more goes on as another run, so that memory stays flat
_LONGEST_ID = 64
_LONGEST_CODE = 255
_LONGEST_REASON = 200

Cells = dict[str, str]
PersonOf = Callable[[str], bytes]


@dataclass(frozen=True)
class Reader:
    """Reads one table. `person_of` turns an e-mail address into its hash; moments without a zone are in `zone`."""

    table: Table
    person_of: PersonOf
    zone: tzinfo

    def __post_init__(self) -> None:
        here = set(self._columns.values())
        missing = [column for column in REQUIRED if column not in here]
        if not {"name", "id"} & here:
            missing.insert(0, "name")
        if missing:
            raise BadFile(_missing(missing))

    @cached_property
    def _columns(self) -> dict[str, str]:
        """Our names of the columns, in lower case, by the file's own."""
        return {column: " ".join(column.lower().split()) for column in self.table.header}

    def warnings(self) -> list[str]:
        """What the file leaves out that it may lack, in words."""
        lost = [_title(column) for column in WANTED if column not in self._columns.values()]
        return [f"The file has no column “{column}”, so nothing is known about it." for column in lost]

    def runs(self) -> Iterator[Run]:
        """The file's orders in runs of rows that stand together, with memory for one run at a time."""
        names = self._columns
        run: Run | None = None
        for row in self.table.rows():
            cells = {names[column]: text.strip() for column, text in row.cells.items() if text}
            if run is None or not _goes_on(run, cells):
                if run:
                    yield run
                run = self._begin(row, cells)
            if row.problem:
                run.row_problems.append(Problem(row.line, "", "", row.problem))
            run.rows.append(redaction.kept_cells(cells))
        if run:
            yield run

    def _begin(self, row: Row, cells: Cells) -> Run:
        name, shop_id = _identity(cells)
        run = Run(row.line, name=name, shop_id=shop_id)
        if row.problem:
            return run
        # Where a semicolon separates cells, people write decimal commas, and `1,234` could be either.
        filled = dict.fromkeys(self._columns.values(), "") | cells
        read = _Cells(row.line, filled, strict_groups=self.table.separator == ";")
        read.identity()
        facts = self._facts(read) if read.begins_an_order() else None
        run.problems = read.problems
        if not read.problems:
            run.facts = facts
        return run

    def _facts(self, read: "_Cells") -> OrderFacts | None:
        try:
            ordered_at = moment_of(read.cells["created at"], zone=self.zone)
        except NotAMoment:
            ordered_at = None
            read.refuse(
                "created at", "This is not a date from 1990 to 2100. Shopify writes 2026-03-01 08:30:00 +0000."
            )
        currency = read.currency()
        subtotal, total = read.amount("subtotal"), read.amount("total")
        discount, refunded = read.amount("discount amount", blank="0"), read.amount("refunded amount", blank="0")
        if read.problems or ordered_at is None:
            return None
        cells = read.cells
        return OrderFacts(
            name=cells.get("name", ""),
            ordered_at=ordered_at,
            status="_".join(redaction.scrubbed(cells["financial status"]).lower().split()),
            is_cancelled=bool(cells.get("cancelled at")),
            currency=currency,
            subtotal=subtotal,
            total=total,
            discount=discount,
            refunded=refunded,
            customer=self.person_of(cells["email"]),
            codes=codes_in(cells["discount code"]),
            utm=redaction.utm_of(cells.get("note attributes", "")),
            country=redaction.scrubbed(cells.get("shipping country") or cells.get("billing country", ""))[:60],
        )


def codes_in(cell: str) -> tuple[str, ...]:
    """The codes of a Discount Code cell as written, each once, in the shop's order. A space may be part of a code."""
    codes: dict[str, str] = {}
    for text in _BETWEEN_CODES.split(cell):
        code = text.strip()[:_LONGEST_CODE]
        if code and redaction.scrubbed(code) == code:
            codes.setdefault(code.upper(), code)
    return tuple(codes.values())


class _Cells:
    """One order's first row while it is read, collecting what is wrong with it."""

    def __init__(self, line: int, cells: Cells, *, strict_groups: bool = False) -> None:
        self.line = line
        self.cells = cells
        self.strict_groups = strict_groups
        self.problems: list[Problem] = []

    def refuse(self, column: str, reason: str) -> None:
        value = redaction.scrubbed(self.cells.get(column, ""))[:80]
        self.problems.append(Problem(self.line, _title(column), value, redaction.scrubbed(reason)[:_LONGEST_REASON]))

    def identity(self) -> None:
        name, shop_id = self.cells.get("name", ""), self.cells.get("id", "")
        if not name and not shop_id:
            self.refuse("name", "This order has no number: neither Name nor Id is filled in.")
        for column in ("name", "id"):
            if len(self.cells.get(column, "")) > _LONGEST_ID:
                self.refuse(column, f"The order's number is longer than {_LONGEST_ID} characters.")
        if _ROUNDED_ID.fullmatch(shop_id):
            self.refuse("id", f"A spreadsheet rounded this Id. {_AS_SENT}")
        for column in ("name", "id"):
            if _holds_email(self.cells.get(column, "")):
                self.refuse(column, "An e-mail address stands where the order's number should. Did cells shift?")

    def begins_an_order(self) -> bool:
        """Whether the row holds an order's own fields. Refuses a line item, and a header among the rows."""
        if all(self.cells[column].lower() == column for column in _ORDER_CELLS):
            self.refuse("name", "The columns are named here again. Were two files put together? Remove this row.")
            return False
        if any(self.cells[column] for column in _ORDER_CELLS):
            return True
        if not self.problems:
            self.refuse("name", "The order's first row holds only a line item. Were the rows sorted? " + _AS_SENT)
        return False

    def currency(self) -> str:
        currency = self.cells["currency"].upper()
        if currency not in CURRENCIES:
            self.refuse("currency", "This is not a currency. Write three letters such as GBP.")
        return currency

    def amount(self, column: str, *, blank: str = "") -> Decimal:
        text = self.cells.get(column, "") or blank
        if not text:
            self.refuse(column, "This amount is missing.")
            return Decimal(0)
        try:
            amount = half_even(amount_of(text, strict_groups=self.strict_groups), 3)
        except NotAnAmount as error:
            self.refuse(column, str(error))
            return Decimal(0)
        currency = self.cells["currency"].upper()
        if amount < 0:
            self.refuse(column, "An order's amount may not be negative.")
        elif currency in CURRENCIES and names_another(text, currency):
            self.refuse(column, f"“{text}” is not an amount in {currency}, the order's currency.")
        return amount


def _identity(cells: Cells) -> tuple[str, str]:
    """Name and Id, each blank where it tells no order from another: a rounded Id is that of many."""
    name, shop_id = cells.get("name", ""), cells.get("id", "")
    rounded = _ROUNDED_ID.fullmatch(shop_id)
    if rewritten := _REWRITTEN_ID.fullmatch(shop_id):
        shop_id = rewritten[1]
    return "" if _holds_email(name) else name, "" if rounded or _holds_email(shop_id) else shop_id


def _holds_email(text: str) -> bool:
    return redaction.without_email(text) != text


def _goes_on(run: Run, cells: Cells) -> bool:
    """Whether a row belongs to the same order as the row before it."""
    name, shop_id = _identity(cells)
    if len(run.rows) >= _LONGEST_RUN:
        return False
    if not name and not shop_id:
        return not run.name and not run.shop_id and not any(cells.get(column) for column in _ORDER_CELLS)
    if shop_id:
        return shop_id == run.shop_id
    return name == run.name


def _title(column: str) -> str:
    """The column as Shopify writes it."""
    return _TITLES.get(column, column.capitalize())


def _missing(columns: list[str]) -> Problem:
    quoted = [f"“{_title(column)}”" for column in columns]
    names = " and ".join(filter(None, (", ".join(quoted[:-1]), quoted[-1])))
    word = "column" if len(columns) == 1 else "columns"
    reason = f"The file has no {word} {names}. Export the orders from Shopify again, with all its columns."
    return Problem(1, _title(columns[0]), "", reason)
