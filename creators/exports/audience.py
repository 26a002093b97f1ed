"""The audience chart: the share of sampled followers that look bought, with its interval, of 100 %."""

from dataclasses import dataclass

from django.utils.safestring import SafeString

from config.lib.charts import Scale, element, figure, joined, line, rect, text
from config.lib.estimates import Estimate
from config.lib.words import count, percent

_HEIGHT, _ROW, _LEFT, _RIGHT = 64, 22, 14, 22


@dataclass(frozen=True)
class AudienceChart:
    """What to draw: a share of one, known with both ends of its interval. `watch` and `flag` are thresholds."""

    share: Estimate
    title: str
    watch: float | None = None
    flag: float | None = None

    @property
    def is_drawn(self) -> bool:
        """Whether there is an interval to draw."""
        return self.share.mid is not None

    @property
    def desc(self) -> str:
        """What can be seen, in words."""
        low, mid, high = (percent(None if end is None else 100 * end, 0) for end in self._ends())
        told = f"{mid} of {count(self.share.n)} sampled followers look bought; {percent(100 * self.share.level, 0)}"
        return f"{told} interval {low} to {high}."

    def _ends(self) -> tuple[float | None, float | None, float | None]:
        return self.share.low, self.share.mid, self.share.high

    def svg(self) -> SafeString:
        """The chart for a wide and a narrow column."""
        return figure(self._draw, name="audience", title=self.title, desc=self.desc)

    def _draw(self, width: int) -> tuple[SafeString, float]:
        across = Scale(0, 1, _LEFT, width - _RIGHT)
        low, mid, high = (across.held(end or 0) for end in self._ends())
        parts = []
        for tick in (0, 0.25, 0.5, 0.75, 1):
            parts.append(line(across(tick), 4, across(tick), _HEIGHT - 24, "chart-grid"))
            parts.append(text(across(tick), _HEIGHT - 6, percent(100 * tick, 0), anchor="middle"))
        for edge, name in ((self.watch, "watch"), (self.flag, "flag")):
            if edge is not None:
                drawn = line(across(edge), 4, across(edge), _HEIGHT - 24, "chart-ref")
                parts.append(element("g", element("title", f"{name} above {percent(100 * edge, 0)}") + drawn))
        parts.append(line(low, _ROW, high, _ROW, "chart-line"))
        parts.append(rect(round(mid - 5, 1), _ROW - 5, 10, 10, "chart-mark"))
        return joined(parts), _HEIGHT
