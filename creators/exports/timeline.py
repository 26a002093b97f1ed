"""The timeline of rights: a bar for each on an axis of days, a line for today, and the days left as text.

Solid is what is in force, hollow what is still to come or over; the platform's permission is a thinner bar beneath.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from django.utils.safestring import SafeString

from config.lib.charts import WIDE, Scale, element, figure, joined, line, rect, text
from creators.enums import Place, RightState
from creators.queries.rights import Registered

_ROW, _TOP, _FOOT = 26, 22, 24
_BACK, _AHEAD = 90, 270  # days shown at most before and after today
_SHOWN = 25
_GLYPHS = {
    RightState.OVERRUN: "▲", RightState.ENDS_3: "◆", RightState.ENDS_14: "◆", RightState.ENDS_30: "◇",
    RightState.RUNNING: "●", RightState.PLANNED: "○", RightState.ENDED: "–", RightState.REVOKED: "×",
}  # fmt: skip


@dataclass(frozen=True)
class Timeline:
    """What to draw: the first rights of a page of the register."""

    rows: Sequence[Registered]
    today: date

    @cached_property
    def shown(self) -> Sequence[Registered]:
        """The rights that are drawn."""
        return [row for row in self.rows if self._is_near(row)][:_SHOWN]

    def _is_near(self, row: Registered) -> bool:
        held = row.right.held
        over = held.upper and held.upper <= self.today - timedelta(days=_BACK)
        return not (held.isempty or over or held.lower >= self.today + timedelta(days=_AHEAD))

    @property
    def svg(self) -> SafeString:
        """The picture for a wide and a narrow column."""
        return figure(self._draw, name="rights-timeline", title="Rights over time", desc=self._desc)

    @property
    def _desc(self) -> str:
        return (
            f"{len(self.shown)} rights as bars from first to last day, with a line for today. The table has the days."
        )

    @cached_property
    def _span(self) -> tuple[date, date]:
        firsts = [row.right.held.lower for row in self.shown]
        ends = [row.right.held.upper for row in self.shown if row.right.held.upper]
        low = max(min([*firsts, self.today]), self.today - timedelta(days=_BACK))
        high = min(max([*ends, self.today + timedelta(days=30)]), self.today + timedelta(days=_AHEAD))
        return low, high

    def _draw(self, width: int) -> tuple[SafeString, float]:
        names, words = (190, 116) if width == WIDE else (96, 98)
        low, high = self._span
        scale = Scale(low.toordinal(), high.toordinal(), names, width - words)
        height = _TOP + _ROW * len(self.shown) + _FOOT
        rows = (self._row(n, _TOP + _ROW * n, scale, wide=width == WIDE) for n in range(len(self.shown)))
        axis = self._axis(scale, height, months=1 if width == WIDE else 3)
        return joined([*axis, *(part for row in rows for part in row)]), height

    def _axis(self, scale: Scale, height: float, *, months: int) -> list[SafeString]:
        foot = height - _FOOT
        parts = []
        for month in _months(date.fromordinal(int(scale.low)), date.fromordinal(int(scale.high)), months):
            x = scale(month.toordinal())
            parts += [line(x, 18, x, foot, "chart-grid"), text(x, height - 6, f"{month:%b}", anchor="middle")]
        x = scale(self.today.toordinal())
        return [*parts, line(x, 18, x, foot, "chart-ref"), text(x, 12, "today", anchor="middle")]

    @cached_property
    def _notes(self) -> list[str]:
        return [f"{row.right}, {row.right.territory or 'worldwide'}: {row.left}" for row in self.shown]

    def _row(self, number: int, y: float, scale: Scale, *, wide: bool) -> list[SafeString]:
        row, note = self.shown[number], self._notes[number]
        right = row.right
        name = _short(f"{right.creator}, {Place(right.place).label}", 26 if wide else 12)
        label = element("title", note) + text(scale.start - 8, y + 15, name, anchor="end")
        parts = [element("g", label), _bar(right.held, y + 6, 10, scale, self._look(row), note)]
        parts += [_bar(each.during, y + 18, 3, scale, "chart-spike", str(each)) for each in right.permitted]
        words = row.left if wide else row.left.replace(" days", " d").replace("begins", "").replace("ended ", "")
        return [*parts, text(scale.end + 8, y + 15, f"{_GLYPHS[row.state]} {words}")]

    def _look(self, row: Registered) -> str:
        if row.state == RightState.OVERRUN:
            return "chart-spike"
        return (
            "chart-hollow" if row.state in (RightState.PLANNED, RightState.ENDED, RightState.REVOKED) else "chart-bar"
        )


def _bar(during: object, y: float, height: float, scale: Scale, look: str, note: str) -> SafeString:
    lower, upper = during.lower, during.upper  # type: ignore[attr-defined]
    start = scale.held(lower.toordinal())
    end = scale.held(upper.toordinal()) if upper else scale.end
    return rect(start, y, max(end - start, 2), height, look, note=note)


def _months(low: date, high: date, step: int) -> list[date]:
    """The first days of months within the axis, every `step`th of them."""
    month = (low.replace(day=1) + timedelta(days=32)).replace(day=1)
    found = []
    while month < high:
        found.append(month)
        month = (month + timedelta(days=32)).replace(day=1)
    return found[::step]


def _short(name: str, longest: int) -> str:
    return name if len(name) <= longest else f"{name[: longest - 1]}…"
