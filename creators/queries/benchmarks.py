"""The benchmarks as a page shows them: every published figure, our own percentiles, and clean beside raw."""

from collections.abc import Iterable
from dataclasses import dataclass

from creators.enums import Platform, Population, Tier
from creators.logic.benchmarks import Cell, Row, rows
from creators.logic.names import folded
from creators.models import BenchmarkCell

_FIELDS = ("platform", "tier", "kind", "basis", "population", "n", "mean", "p05", "p25", "p50", "p75", "p95")


@dataclass(frozen=True)
class RowFilter:
    """What a person asked the table for; blank means everything."""

    q: str = ""
    platform: str = ""
    tier: str = ""


@dataclass(frozen=True)
class Sides:
    """The clean and the raw mean rate of one platform and tier, our own creators'."""

    platform: str
    tier: str
    clean: Cell | None
    raw: Cell | None

    @property
    def platform_label(self) -> str:
        """The platform in words."""
        return str(Platform(self.platform).label)

    @property
    def tier_label(self) -> str:
        """The tier in words."""
        return str(Tier(self.tier).label)

    @property
    def difference(self) -> float | None:
        """How far the raw mean lies from the clean one, in percent of the clean one."""
        if self.clean is None or self.raw is None or not self.clean.mean:
            return None
        return 100 * (self.raw.mean / self.clean.mean - 1)


def cells(platform: str = "", tier: str | None = "") -> list[Cell]:
    """Our own cells, of one platform and tier or of all."""
    found = BenchmarkCell.objects.all()
    if platform:
        found = found.filter(platform=platform)
    if tier:
        found = found.filter(tier=tier)
    return [Cell(**values) for values in found.values(*_FIELDS)]


def published(wanted: RowFilter) -> list[Row]:
    """The published figures that the filter means, in the order of the sources. Any platform fits every platform."""
    words = folded(wanted.q).split()
    return [
        row
        for row in rows()
        if (not wanted.platform or row.platform in ("", wanted.platform))
        and (not wanted.tier or row.tier in ("", wanted.tier))
        and all(word in _text(row) for word in words)
    ]


def _text(row: Row) -> str:
    parts = (row.source, row.year, row.platform_label, row.size_label, row.kind_label, row.formats, row.note)
    return folded(" ".join(str(part) for part in parts))


def clean_and_raw(found: Iterable[Cell]) -> list[Sides]:
    """Clean and raw rates side by side for each platform and tier, over all kinds, in the order of the tiers."""
    whole = {(cell.platform, cell.tier, cell.population): cell for cell in found if not cell.kind}
    places = [(platform, tier) for platform in Platform.values for tier in Tier.values]
    sides = [
        Sides(*place, whole.get((*place, Population.CLEAN)), whole.get((*place, Population.RAW))) for place in places
    ]
    return [side for side in sides if side.clean or side.raw]
