"""Published fees as data. Sources disagree, so every statement stays a row of its own with its source."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from config.lib.words import count, rough_money
from creators.enums import Platform
from creators.enums import RateFormat as F

FILE = Path(__file__).resolve().parent.parent / "data" / "fees.toml"
DOLLARS = "USD"

# Which formats there are on a platform; a webinar can be held by anybody, and a deal may mix formats anywhere.
FORMATS: dict[str, tuple[F, ...]] = {
    Platform.INSTAGRAM: (F.POST, F.REEL, F.STORY),
    Platform.TIKTOK: (F.REEL, F.POST, F.STORY),
    Platform.YOUTUBE: (F.SHORT, F.VIDEO),
    Platform.LINKEDIN: (F.POST, F.VIDEO, F.NEWSLETTER),
    Platform.X: (F.POST, F.VIDEO),
    Platform.PINTEREST: (F.POST, F.VIDEO),
    Platform.NEWSLETTER: (F.NEWSLETTER,),
    Platform.PODCAST: (F.VIDEO,),
}


@dataclass(frozen=True)
class Fee:
    """One published fee in dollars. No platforms: any. `per` is `piece`, or `thousand` followers.

    `followers` is the one size that an example is about; blank means 1,000 to 10,000.
    """

    source: str
    year: int
    platforms: tuple[str, ...]
    formats: tuple[str, ...]
    low: int
    high: int
    per: str = "piece"
    followers: int | None = None
    serves: bool = False
    note: str = ""

    @property
    def figure(self) -> str:
        """`$50–$250`, `$10–$25 per 1,000 followers`, `$25 at 5,000 followers`."""
        low, high = rough_money(self.low, DOLLARS), rough_money(self.high, DOLLARS)
        text = low if low == high else f"{low}–{high}"
        if self.per == "thousand":
            return f"{text} per 1,000 followers"
        return f"{text} at {count(self.followers)} followers" if self.followers else text

    @property
    def platform_labels(self) -> str:
        """The platforms in words."""
        return ", ".join(str(Platform(each).label) for each in self.platforms) or "Any platform"

    @property
    def format_labels(self) -> str:
        """The formats in words."""
        return ", ".join(str(F(each).label) for each in self.formats)


@dataclass(frozen=True)
class Uplift:
    """What usage adds, in percent of the fee: `low` for `shortest` days, `high` for `longest` days everywhere."""

    source: str
    year: int
    low: int
    high: int
    shortest: int
    longest: int
    note: str = ""


@cache
def fees() -> tuple[Fee, ...]:
    """Every published fee, in the order of the file."""
    return tuple(
        Fee(**row | {"platforms": tuple(row["platforms"]), "formats": tuple(row["formats"])})
        for row in _file()["fees"]
    )


@cache
def uplift() -> Uplift:
    """The published uplift for usage rights."""
    return Uplift(**_file()["uplift"])


def formats_on(platform: str) -> list[F]:
    """The formats that can be paid for on a platform."""
    return [*FORMATS.get(platform, ()), F.WEBINAR, F.MIXED]


def published(platform: str, format: str) -> list[Fee]:
    """What is said about one format on one platform."""
    return [fee for fee in fees() if format in fee.formats and (not fee.platforms or platform in fee.platforms)]


def _file() -> dict[str, Any]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))
