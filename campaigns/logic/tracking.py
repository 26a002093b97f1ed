"""Lines of a file with tracking numbers, as a warehouse or carrier sends it back."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from config.lib.days import day_of, is_meant
from config.lib.ids import id_of
from config.lib.money import NotAnAmount, amount_of
from config.lib.problems import Problem

COLUMNS = ("shipment", "carrier", "tracking", "sent_on", "cost")
REQUIRED = ("shipment",)
_ROUNDED = re.compile(r"\d([.,]\d+)?[eE]\+\d{1,2}")


@dataclass(frozen=True)
class TrackedRow:
    """One line: which shipment, and what is told of its way. A cost that is not told is None."""

    line: int
    shipment: int
    sent_on: date
    carrier: str = ""
    tracking: str = ""
    cost: Decimal | None = None


@dataclass
class _Line:
    """A line while it is read, with what is wrong with it."""

    number: int
    cells: Mapping[str, str]
    problems: list[Problem] = field(default_factory=list)

    def text(self, name: str) -> str:
        return " ".join(self.cells.get(name, "").split())

    def refuse(self, name: str, reason: str) -> None:
        self.problems.append(Problem(self.number, name, self.text(name)[:80], reason))

    def short(self, name: str, most: int) -> str:
        if len(self.text(name)) > most:
            self.refuse(name, f"This is longer than {most} letters.")
        return self.text(name)


def tracked_row(line: int, cells: Mapping[str, str], *, today: date) -> tuple[TrackedRow | None, list[Problem]]:
    """A line as what to write, or what is wrong with it. Without a day, the parcel left today."""
    read = _Line(line, cells)
    number = id_of(read.text("shipment").lstrip("#"))
    if not number:
        read.refuse("shipment", "Write the number of the shipment, as the pick list has it.")
    carrier, tracking = read.short("carrier", 60), read.short("tracking", 80)
    if _ROUNDED.fullmatch(tracking):
        read.refuse("tracking", "A spreadsheet has rounded this number. Make the column text, and paste it anew.")
    sent_on, cost = _day(read, today), _cost(read)
    if read.problems or not number:
        return None, read.problems
    return TrackedRow(line, number, sent_on, carrier, tracking, cost), []


def _day(read: _Line, today: date) -> date:
    text = read.text("sent_on")
    if not text:
        return today
    try:
        day = day_of(text)
    except ValueError:
        read.refuse("sent_on", "Write a day as 2026-03-01.")
        return today
    if not is_meant(day) or day > today:
        read.refuse("sent_on", "This day has not come yet, or is long past.")
    return day


def _cost(read: _Line) -> Decimal | None:
    if not read.text("cost"):
        return None
    try:
        cost = amount_of(read.text("cost"))
    except NotAnAmount as refusal:
        read.refuse("cost", str(refusal))
        return None
    if cost < 0:
        read.refuse("cost", "A cost is not below zero.")
    return cost


def told_twice(rows: list[TrackedRow]) -> list[Problem]:
    """Lines that name a shipment, or a tracking number with its carrier, that stood in an earlier line."""
    shipments: dict[int, int] = {}
    numbers: dict[tuple[str, str], int] = {}
    problems = []
    for row in rows:
        key = (row.carrier.upper(), row.tracking.upper())
        if row.shipment in shipments:
            reason = f"This shipment already stands in line {shipments[row.shipment]}."
            problems.append(Problem(row.line, "shipment", str(row.shipment), reason))
        elif row.tracking and key in numbers:
            reason = f"This tracking number already stands in line {numbers[key]}."
            problems.append(Problem(row.line, "tracking", row.tracking, reason))
        shipments.setdefault(row.shipment, row.line)
        numbers.setdefault(key, row.line)
    return problems
