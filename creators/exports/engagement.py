"""The engagement chart: each post's own rate in order of time, against the band of the benchmark."""

from dataclasses import dataclass
from functools import cached_property

from django.utils.safestring import SafeString, mark_safe

from config.lib.charts import Scale, element, figure, joined, line, rect, text, ticks
from config.lib.words import count, day, percent
from creators.logic.engagement import EngagementRate, PostRate

_HEIGHT, _TOP, _FOOT, _LEFT, _RIGHT = 200, 14, 24, 48, 12
# What the verdict calls neither low nor exceptional, where a benchmark is one figure.
_BAND = (0.5, 1.5)


@dataclass(frozen=True)
class EngagementChart:
    """What to draw: the counted posts of one rate, oldest first."""

    rate: EngagementRate
    title: str

    @cached_property
    def posts(self) -> list[PostRate]:
        """The posts that have a rate and a day, oldest first."""
        return [post for post in reversed(self.rate.posts) if post.rate is not None and post.piece.posted_at]

    @property
    def is_drawn(self) -> bool:
        """Whether there is a post to draw."""
        return bool(self.posts)

    @property
    def band(self) -> tuple[float, float] | None:
        """From half the benchmark to one and a half times of it, as the verdict has it."""
        benchmark = self.rate.benchmark
        return (benchmark.rate * _BAND[0], benchmark.rate * _BAND[1]) if benchmark else None

    @property
    def inside(self) -> int:
        """How many posts lie within the band."""
        low, high = self.band or (0, 0)
        return sum(low < (post.rate or 0) <= high for post in self.posts)

    @property
    def caption(self) -> str:
        """How many posts are where, in words."""
        if self.band is None:
            return f"{len(self.posts)} posts; no benchmark serves here."
        low, high = (percent(edge, 1) for edge in self.band)
        above = sum((post.rate or 0) > self.band[1] for post in self.posts)
        below = len(self.posts) - self.inside - above
        return (
            f"{self.inside} of {len(self.posts)} posts inside the band of {low} to {high} (half to one and a half "
            f"times the benchmark), {above} above, {below} below."
        )

    def lines(self) -> SafeString:
        """The numbers drawn, as rows of a table."""
        return mark_safe("".join([self._line(post) for post in self.posts]))

    def _line(self, post: PostRate) -> str:
        cells = [
            percent(post.rate, 2, in_column=True),
            *(count(n) for n in (post.piece.likes, post.piece.comments, post.piece.shares)),
        ]
        numbers = "".join([f'<td class="num">{cell}</td>' for cell in cells])
        return f'<tr><th scope="row">{day(post.piece.posted_at)}</th>{numbers}</tr>'

    @property
    def desc(self) -> str:
        """What can be seen, in words."""
        rates = [post.rate or 0 for post in self.posts]
        return f"{self.caption} From {percent(min(rates), 2)} to {percent(max(rates), 2)} a post."

    def svg(self) -> SafeString:
        """The chart for a wide and a narrow column."""
        return figure(self._draw, name="engagement", title=self.title, desc=self.desc)

    def _draw(self, width: int) -> tuple[SafeString, float]:
        highest = max([post.rate or 0 for post in self.posts] + [self.band[1] if self.band else 0])
        up = Scale(0, highest * 1.08 or 1, _HEIGHT - _FOOT, _TOP)
        across = Scale(0, max(len(self.posts) - 1, 1), _LEFT + 12, width - _RIGHT - 12)
        foot = [
            text(across(place), _HEIGHT - 6, day(post.piece.posted_at), anchor=anchor)
            for place, post, anchor in self._ends()
        ]
        marks = (self._mark(place, post, across, up) for place, post in enumerate(self.posts))
        return joined([*self._band(up, width), *_grid(up, width), *marks, *foot]), _HEIGHT

    def _ends(self) -> list[tuple[int, PostRate, str]]:
        if len(self.posts) == 1:
            return [(0, self.posts[0], "start")]
        return [(0, self.posts[0], "start"), (len(self.posts) - 1, self.posts[-1], "end")]

    def _band(self, up: Scale, width: int) -> list[SafeString]:
        if self.band is None or self.rate.benchmark is None:
            return []
        low, high = up(self.band[0]), up(self.band[1])
        middle = up(self.rate.benchmark.rate)
        return [
            rect(_LEFT, high, width - _RIGHT - _LEFT, low - high, "chart-band"),
            line(_LEFT, middle, width - _RIGHT, middle, "chart-ref"),
        ]

    def _mark(self, place: int, post: PostRate, across: Scale, up: Scale) -> SafeString:
        note = f"{day(post.piece.posted_at)}: {percent(post.rate, 2)}"
        return element(
            "circle", element("title", note), cx=across(place), cy=up(post.rate or 0), r=4.5, class_="chart-mark"
        )


def _grid(up: Scale, width: int) -> list[SafeString]:
    parts = []
    for tick in ticks(up.low, up.high, wanted=4):
        parts.append(line(_LEFT, up(tick), width - _RIGHT, up(tick), "chart-grid"))
        parts.append(text(_LEFT - 6, up(tick) + 4, percent(tick, 2), anchor="end"))
    return parts
