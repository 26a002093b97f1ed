"""The forest plot of a CAC report: one row a creator by what a new customer cost, with the interval of each.

The axis begins at nought and ends where most of the middle figures have room; an interval that goes on beyond it ends
in an arrow. Below three new customers a mark is hollow and says so instead of showing a figure.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.safestring import SafeString

from config.lib.charts import WIDE, Scale, element, figure, joined, line, path, rect, text, ticks
from config.lib.estimates import Estimate
from config.lib.words import count, rough_money
from results.logic.sentences import FEW, cac_words, standing

_ROW, _TOP, _FOOT = 24, 16, 26
# What a target is worth as a band: 70 to 120 % of it.
_BAND = (0.7, 1.2)


@dataclass(frozen=True)
class ForestRow:
    """One creator, or all of them (`is_total`); `href` leads to the orders behind the figure."""

    name: str
    estimate: Estimate
    href: str
    is_total: bool = False


@dataclass(frozen=True)
class Forest:
    """What to draw. `rows` are those with a cost, in the order they stand in; `reference` is the target, if any."""

    rows: Sequence[ForestRow]
    currency: str
    reference: Decimal | None
    title: str

    def svg(self) -> SafeString:
        """The plot for a wide and a narrow column."""
        return figure(self._draw, name="forest", title=self.title, desc=self.desc)

    @property
    def desc(self) -> str:
        """What can be seen, in words."""
        lines = (
            f"{count(len(self.rows))} rows with 90% intervals, from the lowest cost of a new customer to the highest."
        )
        if self.reference is None:
            return lines
        low, high = (rough_money(float(self.reference) * part, self.currency) for part in _BAND)
        target = rough_money(self.reference, self.currency)
        return f"{lines} The dashed line is the target of {target}, the band {low} to {high}."

    def _draw(self, width: int) -> tuple[SafeString, float]:
        height = _TOP + _ROW * len(self.rows) + _FOOT
        names, words = (150, 142) if width == WIDE else (96, 92)
        scale = Scale(0, self._end(), names, width - words)
        back = [*self._axis(scale, height), *self._target(scale, height)]
        rows = (self._row(row, _TOP + _ROW * n, scale, wide=width == WIDE) for n, row in enumerate(self.rows))
        return joined([*back, *(part for row in rows for part in row)]), height

    def _end(self) -> float:
        """Where the axis ends: room for three quarters of the creators' middle figures and twice over."""
        mids = sorted(row.estimate.mid for row in self.rows if row.estimate.mid)
        lows = [row.estimate.low for row in self.rows if row.estimate.low]
        wanted = 2 * mids[len(mids) * 3 // 4] if mids else 2 * max(lows, default=1.0)
        furthest = max([row.estimate.high or 0 for row in self.rows] + lows, default=wanted)
        return max(min(wanted, furthest), float(self.reference or 0) * 1.3) or 1.0

    def _axis(self, scale: Scale, height: float) -> list[SafeString]:
        foot = height - _FOOT + 4
        parts = []
        for tick in ticks(scale.low, scale.high, wanted=4):
            parts.append(line(scale(tick), 2, scale(tick), foot, "chart-grid"))
            words = rough_money(tick, self.currency) if tick else "0"
            parts.append(text(scale(tick), height - 6, words, anchor="middle"))
        return parts

    def _target(self, scale: Scale, height: float) -> list[SafeString]:
        if self.reference is None:
            return []
        target, foot = float(self.reference), height - _FOOT + 4
        low, high = (scale.held(target * part) for part in _BAND)
        return [
            rect(low, 2, high - low, foot - 2, "chart-target"),
            line(scale.held(target), 2, scale.held(target), foot, "chart-ref"),
        ]

    def _row(self, row: ForestRow, y: float, scale: Scale, *, wide: bool) -> list[SafeString]:
        name = _short(row.name, 22 if wide else 13)
        label = text(scale.start - 8, y + 4, name, anchor="end", class_="chart-strong" if row.is_total else None)
        estimate = row.estimate
        return [
            element("g", element("title", f"{row.name}: {cac_words(estimate, self.currency)}") + label),
            *_interval(estimate, y, scale),
            _mark(row, y, scale),
            text(scale.end + 12, y + 4, _words(estimate, self.currency, wide=wide)),
        ]


def _words(estimate: Estimate, currency: str, *, wide: bool) -> str:
    words = standing(estimate)
    return (words if wide else _BRIEF.get(words, words)) or rough_money(estimate.mid, currency)


_BRIEF = {"no new customer yet": "none yet", "too few orders": "too few"}


def _short(name: str, longest: int) -> str:
    """The name with its middle left out: handles of one team often begin alike."""
    end = longest // 2 - 1
    return name if len(name) <= longest else f"{name[: longest - end - 1]}…{name[-end:]}"


def _interval(estimate: Estimate, y: float, scale: Scale) -> list[SafeString]:
    """From low to high; an arrow where it goes on beyond the axis."""
    low, high = scale.held(estimate.low or 0), scale.held(estimate.high if estimate.high else scale.high)
    parts = [line(low, y, high, y, "chart-line")]
    if estimate.high is None or estimate.high > scale.high:
        parts.append(path([(high + 7, y), (high, y - 4), (high, y + 4)], "chart-arrow", closed=True))
    return parts


def _mark(row: ForestRow, y: float, scale: Scale) -> SafeString:
    estimate = row.estimate
    at = estimate.mid if estimate.mid is not None else estimate.low or 0
    x, size = scale.held(at), 10 if row.is_total else 8
    kind = "chart-mark" if estimate.n >= FEW else "chart-hollow"
    return rect(round(x - size / 2, 1), y - size / 2, size, size, kind)
