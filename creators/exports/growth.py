"""The growth chart: followers by day, with the days that signals point at and the causes that people logged."""

from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString, mark_safe

from config.lib.charts import WIDE, Scale, element, figure, joined, line, path, text, ticks
from config.lib.words import count, day, percent
from creators.queries.numbers import Growth

_HEIGHT, _TOP, _FOOT, _LEFT, _RIGHT = 220, 26, 24, 56, 12
_FEWEST = 2  # days; one point is no line


@dataclass(frozen=True)
class GrowthChart:
    """What to draw. Numbers on markers lead to the table beneath."""

    growth: Growth
    title: str

    @property
    def is_drawn(self) -> bool:
        """Whether there is a line to draw."""
        return len(self.growth.days) >= _FEWEST

    def svg(self) -> SafeString:
        """The chart for a wide and a narrow column."""
        return figure(self._draw, name="growth", title=self.title, desc=self.desc)

    def lines(self) -> SafeString:
        """The numbers drawn, as rows of a table."""
        rows = [
            f'<tr><th scope="row">{day(on)}</th><td class="num">{count(n)}</td></tr>' for on, n in self.growth.days
        ]
        return mark_safe("".join(rows))

    @property
    def desc(self) -> str:
        """What can be seen, in words."""
        (first, was), (last, now) = self.growth.days[0], self.growth.days[-1]
        change = f", {percent(100 * (now / was - 1))}" if was else ""
        told = f"From {count(was)} followers on {day(first)} to {count(now)} on {day(last)}{change}."
        if self.growth.jumps:
            told += f" Signals point at {_list(sorted({jump.on for jump in self.growth.jumps}))}."
        if self.growth.causes:
            logged = (f"{cause.get_kind_display()} on {day(cause.happened_on)}" for cause in self.growth.causes)
            told += f" Logged: {'; '.join(logged)}."
        return told

    def _draw(self, width: int) -> tuple[SafeString, float]:
        days = self.growth.days
        low, high = min(n for _, n in days), max(n for _, n in days)
        room = max((high - low) * 0.08, high * 0.005, 1)
        across = Scale(days[0][0].toordinal(), days[-1][0].toordinal(), _LEFT, width - _RIGHT)
        up = Scale(max(low - room, 0), high + room, _HEIGHT - _FOOT, _TOP)
        drawn = path([(across(on.toordinal()), up(n)) for on, n in days], "chart-line")
        parts = [*_grid(up, width), *_dates(days, across, wide=width == WIDE), drawn, *self._marks(across, up)]
        return joined(parts), _HEIGHT

    def _marks(self, across: Scale, up: Scale) -> list[SafeString]:
        counts = dict(self.growth.days)
        parts = []
        for jump in self.growth.jumps:
            x, y = across.held(jump.on.toordinal()), up(_near(counts, jump.on))
            note = element("title", f"{jump.code} on {day(jump.on)}: {jump.reason}")
            parts.append(element("circle", note, cx=x, cy=y, r=5, class_="chart-spike"))
            parts.append(text(x, y - 9, jump.code, anchor="middle", class_="chart-strong"))
        for number, cause in enumerate(self.growth.causes, start=1):
            x = across.held(cause.happened_on.toordinal())
            note = element("title", f"{cause.get_kind_display()}, {day(cause.happened_on)}: {cause.note}")
            label = text(x, 12, number, anchor="middle", class_="chart-strong")
            parts.append(element("g", note + line(x, 16, x, _HEIGHT - _FOOT, "chart-ref") + label))
        return parts


def _grid(up: Scale, width: int) -> list[SafeString]:
    parts = []
    for tick in ticks(up.low, up.high, wanted=4):
        if tick != int(tick):
            continue
        parts.append(line(_LEFT, up(tick), width - _RIGHT, up(tick), "chart-grid"))
        parts.append(text(_LEFT - 6, up(tick) + 4, _tick(tick), anchor="end"))
    return parts


def _dates(days: tuple[tuple[date, int], ...], across: Scale, *, wide: bool) -> list[SafeString]:
    """The first and the last day, and on a wide chart the middle one."""
    first, last = days[0][0], days[-1][0]
    shown = [(first, "start"), (last, "end")]
    if wide and (last - first).days > 20:
        shown.insert(1, (date.fromordinal((first.toordinal() + last.toordinal()) // 2), "middle"))
    return [text(across(on.toordinal()), _HEIGHT - 6, day(on), anchor=anchor) for on, anchor in shown]


def _tick(number: float) -> str:
    """`9,400`, `1.25M`."""
    return count(int(number)) if number < 1_000_000 else f"{number / 1_000_000:g}M"


def _near(counts: dict[date, int], on: date) -> int:
    """The count of the day, or of the nearest day that has one."""
    return counts.get(on) or counts[min(counts, key=lambda known: abs((known - on).days))]


def _list(days: list[date]) -> str:
    return ", ".join(day(on) for on in days)
