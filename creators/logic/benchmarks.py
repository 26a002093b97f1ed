"""Published engagement figures as data, and which of them a profile is held against.

Sources disagree two- to fivefold, so every figure stays a row of its own with its source. A row with `serves` may be
what a verdict rests on; the others are only shown. Own percentiles take over where enough creators stand behind them.
"""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from config.lib.words import count, percent
from creators.enums import ContentKind, Platform, Population, RateBasis, Tier

FOLDER = Path(__file__).resolve().parent.parent / "data" / "benchmarks"
OWN_FROM = 200  # creators in a cell, from which on our own percentiles serve


@dataclass(frozen=True)
class Row:
    """One published figure: `low` to `high` percent (equal for a single figure; None where the source gives words).

    A blank `platform`, `tier` or `kind` means that the source does not tell them apart; `size` is then its own words
    for how large the accounts are.
    """

    source: str
    year: int
    platform: str
    tier: str = ""
    kind: str = ""
    basis: str = ""
    population: str = ""
    low: float | None = None
    high: float | None = None
    size: str = ""
    says: str = ""
    cpm: str = ""
    cpe: str = ""
    formats: str = ""
    note: str = ""
    serves: bool = False

    @property
    def figure(self) -> str:
        """`7.84%`, `4–6%`, or the source's own words."""
        if self.low is None or self.high is None:
            return self.says
        if self.low == self.high:
            return percent(self.low, 2)
        return f"{percent(self.low, 2).rstrip('%')}–{percent(self.high, 2)}"

    @property
    def platform_label(self) -> str:
        """The platform in words."""
        return str(Platform(self.platform).label) if self.platform else "Any platform"

    @property
    def size_label(self) -> str:
        """How large the accounts are, in words."""
        tier = str(Tier(self.tier).label) if self.tier else ""
        return f"{tier} ({self.size})" if tier and self.size else tier or self.size or "Any size"

    @property
    def kind_label(self) -> str:
        """The kind of content in words."""
        return str(ContentKind(self.kind).label) if self.kind else ""

    @property
    def basis_label(self) -> str:
        """What it is divided by, in words."""
        return str(RateBasis(self.basis).label) if self.basis else "not said"

    @property
    def population_label(self) -> str:
        """Whose rates it is made of, in words."""
        return str(Population(self.population).label) if self.population else ""


@dataclass(frozen=True)
class Target:
    """A goal for the first 60 to 90 days, as the source words it."""

    source: str
    year: int
    measure: str
    figure: str
    note: str = ""


@dataclass(frozen=True)
class Cell:
    """How the mean rates of our own creators of one platform, tier and kind are spread, in percent."""

    platform: str
    tier: str
    kind: str
    basis: str
    population: str
    n: int
    mean: float
    p05: float
    p25: float
    p50: float
    p75: float
    p95: float

    @property
    def is_enough(self) -> bool:
        """Whether these percentiles serve instead of published figures."""
        return self.n >= OWN_FROM

    @property
    def platform_label(self) -> str:
        """The platform in words."""
        return str(Platform(self.platform).label)

    @property
    def tier_label(self) -> str:
        """The tier in words."""
        return str(Tier(self.tier).label)

    @property
    def kind_label(self) -> str:
        """The kind of content in words."""
        return str(ContentKind(self.kind).label) if self.kind else "All but stories"

    @property
    def basis_label(self) -> str:
        """What the rates are divided by, in words."""
        return str(RateBasis(self.basis).label)

    @property
    def population_label(self) -> str:
        """Whose rates they are, in words."""
        return str(Population(self.population).label)


@dataclass(frozen=True)
class Benchmark:
    """What a rate is held against: `rate` percent, within `low` to `high`, on `basis`; `why` says where from."""

    rate: float
    low: float
    high: float
    basis: RateBasis
    source: str
    why: str
    is_own: bool = False


@cache
def rows() -> tuple[Row, ...]:
    """Every published figure, in the order of the files."""
    return tuple(row for told in _files() for entry in told.get("rates", []) for row in _rows(told, entry))


@cache
def targets() -> tuple[Target, ...]:
    """Published goals for a programme's start."""
    return tuple(
        Target(source=told["source"], year=told["year"], **entry)
        for told in _files()
        for entry in told.get("targets", [])
    )


def basis_of(platform: str, kind: str = "") -> RateBasis:
    """What benchmarks of a platform divide by: views on YouTube, followers elsewhere."""
    return RateBasis.VIEWS if platform == Platform.YOUTUBE else RateBasis.FOLLOWERS


def benchmark_for(
    platform: str, tier: str | None, kind: str = "", *, basis: RateBasis, cells: Iterable[Cell] = ()
) -> Benchmark | None:
    """What serves on this basis: own clean percentiles of the kind or of all kinds, else published ones alike.

    None where nothing is published: no figure is made up for another tier, nor for accounts under 1,000 followers.
    """
    if not tier:
        return None
    wanted = (kind, "") if kind else ("",)
    own = [cell for cell in cells if _fits(cell, platform, tier, basis) and cell.is_enough]
    own = [cell for cell in own if cell.population == Population.CLEAN]
    printed = [row for row in rows() if row.serves and _fits(row, platform, tier, basis)]
    for each in wanted:
        if cell := next((cell for cell in own if cell.kind == each), None):
            return _of_cell(cell)
        if row := next((row for row in printed if row.kind == each), None):
            return _of_row(row)
    return None


def _fits(row: Row | Cell, platform: str, tier: str, basis: RateBasis) -> bool:
    return (row.platform, row.tier, row.basis) == (platform, tier, basis)


def _of_cell(cell: Cell) -> Benchmark:
    basis = RateBasis(cell.basis)
    why = f"the median of {count(cell.n)} of our own clean creators, the middle half from "
    why += f"{percent(cell.p25, 2)} to {percent(cell.p75, 2)}"
    return Benchmark(cell.p50, cell.p25, cell.p75, basis, "Own percentiles", why, is_own=True)


def _of_row(row: Row) -> Benchmark:
    low, high = row.low or 0.0, row.high or 0.0
    why = f"{row.source}, {row.year}"
    if low != high:
        why += f": the middle of {row.figure}"
    return Benchmark((low + high) / 2, low, high, RateBasis(row.basis), row.source, why)


def _files() -> list[dict[str, Any]]:
    return [tomllib.loads(file.read_text(encoding="utf-8")) for file in sorted(FOLDER.glob("*.toml"))]


def _rows(told: dict[str, Any], entry: dict[str, Any]) -> Iterable[Row]:
    """One row a tier where an entry lists tiers, else one."""
    about = {"source": told["source"], "year": told["year"], "note": told.get("note", "")} | entry
    tiers = about.pop("tiers", None)
    if tiers is None:
        rate = about.pop("rate", None)
        yield Row(**about) if rate is None else Row(**about, low=rate, high=rate)
        return
    for tier, rate in tiers.items():
        yield Row(**about, tier=tier, low=rate, high=rate)
