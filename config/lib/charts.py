"""Charts as SVG in the page: geometry here in attributes, colour in `static/css/chart.css`, no script and no style.

A chart function draws itself for a width; `figure` calls it for a wide and a narrow column and CSS shows the one that
fits. Classes begin with `chart-`, so that no other rule of a page meets them. Put the numbers in a table beneath.
"""

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from html import escape
from typing import Any

from django.utils.safestring import SafeString, mark_safe

WIDE = 720
NARROW = 340


@dataclass(frozen=True)
class Scale:
    """A straight line from values `low`..`high` to places `start`..`end`; an empty range of values is its middle."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        """Where `value` stands, to a tenth of a unit."""
        if self.high == self.low:
            return round((self.start + self.end) / 2, 1)
        return round(self.start + (value - self.low) * (self.end - self.start) / (self.high - self.low), 1)

    def held(self, value: float) -> float:
        """Where `value` stands, or the nearer end of the scale for one beyond it."""
        return self(min(max(value, self.low), self.high))


def ticks(low: float, high: float, wanted: int = 5) -> list[float]:
    """Round values within `low`..`high`, about `wanted` of them, in steps of 1, 2 or 5 times a power of ten."""
    if high <= low:
        return [low]
    rough = (high - low) / max(wanted, 1)
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(size * power for size in (1, 2, 5, 10) if size * power >= rough * 0.999)
    first = math.ceil(low / step - 1e-9)
    last = math.floor(high / step + 1e-9)
    return [round(number * step, 10) for number in range(first, last + 1)]


def element(tag: str, content: Any = "", /, **attributes: Any) -> SafeString:
    """One SVG element; `class_` and `text_anchor` become `class` and `text-anchor`. Everything is escaped."""
    # Put together by hand, since a drawing has hundreds.
    named = ((name.rstrip("_").replace("_", "-"), value) for name, value in attributes.items() if value is not None)
    pairs = "".join([f' {name}="{_escaped(value)}"' for name, value in named])
    return mark_safe(f"<{tag}{pairs}>{_escaped(content)}</{tag}>")


def _escaped(value: Any) -> str:
    return value.__html__() if hasattr(value, "__html__") else escape(str(value))


def line(x1: float, y1: float, x2: float, y2: float, class_: str) -> SafeString:
    """A straight line."""
    return element("line", x1=x1, y1=y1, x2=x2, y2=y2, class_=class_)


def text(x: float, y: float, words: Any, *, anchor: str = "start", class_: str | None = None) -> SafeString:
    """Words with their base line at `y`; `anchor` is start, middle or end."""
    return element("text", words, x=x, y=y, text_anchor=anchor, class_=class_)


def rect(x: float, y: float, width: float, height: float, class_: str, *, note: str = "") -> SafeString:
    """A rectangle; `note` is shown by the browser when pointed at."""
    inside = element("title", note) if note else ""
    return element("rect", inside, x=x, y=y, width=max(width, 0), height=max(height, 0), class_=class_)


def path(points: Iterable[tuple[float, float]], class_: str, *, closed: bool = False) -> SafeString:
    """Straight strokes from point to point."""
    drawn = "M" + "L".join(f"{x:g},{y:g}" for x, y in points) + ("Z" if closed else "")
    return element("path", d=drawn, class_=class_)


def joined(parts: Iterable[SafeString]) -> SafeString:
    """Parts of a drawing, one after the other."""
    return mark_safe("".join([_escaped(part) for part in parts]))


def svg(
    body: SafeString, *, name: str, width: float, height: float, title: str, desc: str, class_: str = ""
) -> SafeString:
    """A drawing with its title and description for those who cannot see it. `name` is unique on the page."""
    head = element("title", title, id=f"{name}-title") + element("desc", desc, id=f"{name}-desc")
    return element(
        "svg", head + body, viewBox=f"0 0 {width:g} {height:g}", role="img",
        aria_labelledby=f"{name}-title", aria_describedby=f"{name}-desc", class_=class_ or None,
    )  # fmt: skip


Draw = Callable[[int], tuple[SafeString, float]]


def figure(draw: Draw, *, name: str, title: str, desc: str) -> SafeString:
    """`draw(width)` gives a body and its height; the result holds it for a wide and for a narrow column."""
    sizes = ((WIDE, "wide"), (NARROW, "narrow"))
    drawn = ((draw(width), width, kind) for width, kind in sizes)
    return joined(
        svg(body, name=f"{name}-{kind}", width=width, height=height, title=title, desc=desc, class_=f"chart-{kind}")
        for (body, height), width, kind in drawn
    )
