"""How many creators of each niche there are in each region, and where none is though one could be expected."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

NOWHERE = ""
"""The key of creators whose region (or country) is not known. It is no region, so nothing is missing there."""


@dataclass(frozen=True)
class Rule:
    """A gap is a region of at least `people` creators without one of a niche that has at least `elsewhere` others."""

    elsewhere: int = 5
    people: int = 10


@dataclass(frozen=True)
class Cell:
    """Creators of one niche in one region."""

    region: str
    count: int
    is_gap: bool


@dataclass(frozen=True)
class NicheRow:
    """One niche over all regions that are shown. `total` counts those of every region, shown or not."""

    niche: str
    total: int
    cells: tuple[Cell, ...]

    @property
    def gaps(self) -> list[str]:
        """The regions where nobody is though somebody could be."""
        return [cell.region for cell in self.cells if cell.is_gap]


@dataclass(frozen=True)
class Grid:
    """Niches by regions, each the largest first. `regions` holds (region, creators in it)."""

    regions: tuple[tuple[str, int], ...]
    rows: tuple[NicheRow, ...]
    left_out: int = 0

    @property
    def gaps(self) -> int:
        """How many cells are gaps."""
        return sum(len(row.gaps) for row in self.rows)


def grid(counts: Iterable[tuple[str, str, int]], people: Mapping[str, int], *, rule: Rule, most_regions: int) -> Grid:
    """The table of (niche, region, creators), given how many people each region has in all.

    A creator with two niches counts in both rows, and once among the people of the region. Creators of an unknown
    region stand in a last column. Regions past the `most_regions` largest are left out, and counted.
    """
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for niche, region, n in counts:
        found[niche][region] += n
    regions = _largest(people, most_regions)
    rows = [_row(niche, by_region, regions, people, rule) for niche, by_region in found.items()]
    return Grid(
        regions=tuple((region, people[region]) for region in regions),
        rows=tuple(sorted(rows, key=lambda row: (-row.total, row.niche))),
        left_out=max(0, len(people) - len(regions)),
    )


def _largest(people: Mapping[str, int], most: int) -> list[str]:
    known = sorted((region for region in people if region != NOWHERE), key=lambda region: (-people[region], region))
    return [*known[:most], *([NOWHERE] if people.get(NOWHERE) else [])]


def _row(
    niche: str, by_region: Mapping[str, int], regions: Sequence[str], people: Mapping[str, int], rule: Rule
) -> NicheRow:
    total = sum(by_region.values())
    cells = [
        Cell(
            region=region,
            count=by_region.get(region, 0),
            is_gap=region != NOWHERE
            and not by_region.get(region)
            and total >= rule.elsewhere
            and people[region] >= rule.people,
        )
        for region in regions
    ]
    return NicheRow(niche, total, tuple(cells))
