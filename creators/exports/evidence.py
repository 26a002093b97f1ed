"""The evidence of signals as pictures: followers with the days marked, likes post by post, an audience's interval."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString

from config.lib import words
from config.lib.charts import Scale, element, figure, joined, line, path, rect, text, ticks
from creators.logic.fraud.facts import Day, Facts, Post
from creators.logic.fraud.signal import Signal

GROWTH, LIKES, AUDIENCE = ("S1", "S3", "S4"), ("S9", "S10", "S11", "S12", "S15"), ("S13",)
_BARS = 15
_TOP, _FOOT, _LEFT, _RIGHT, _HEIGHT = 14, 24, 56, 12, 160


def picture_of(signal: Signal, facts: Facts) -> SafeString | None:
    """The picture that belongs to a signal, or None where words say it all."""
    if signal.code in GROWTH:
        return growth_picture(facts.days, signal)
    if signal.code in LIKES:
        return likes_picture(facts.posts, signal)
    return audience_picture(signal) if signal.code in AUDIENCE else None


def growth_picture(days: Sequence[Day], signal: Signal) -> SafeString | None:
    """Followers day by day, the days that the signal names marked. None with fewer than two counted days."""
    counter = "following" if signal.code == "S4" else "followers"
    known = [(day.on, value) for day in days if (value := getattr(day, counter)) is not None]
    if len(known) < 2:
        return None
    marked = marked_days(signal)
    spikes = [(on, value) for on, value in known if on in marked]
    title = "Accounts followed, day by day" if counter == "following" else "Followers, day by day"
    said = "; ".join(f"{words.day(on)}: {words.count(value)}" for on, value in spikes[:6])
    desc = f"From {words.count(known[0][1])} to {words.count(known[-1][1])} in {len(known)} counted days."
    picture = _Growth(known, spikes)
    name = f"growth-{signal.code.lower()}"
    return figure(picture.draw, name=name, title=title, desc=f"{desc} Marked: {said}." if said else desc)


def marked_days(signal: Signal) -> set[date]:
    """The days in the evidence of a signal."""
    return {date.fromisoformat(text) for text in signal.evidence.get("days", [])}


@dataclass(frozen=True)
class _Growth:
    known: list[tuple[date, int]]
    spikes: list[tuple[date, int]]

    def draw(self, width: int) -> tuple[SafeString, float]:
        """A line with the spikes as dots, for one width."""
        values = [value for _, value in self.known]
        across = Scale(self.known[0][0].toordinal(), self.known[-1][0].toordinal(), _LEFT, width - _RIGHT)
        up = Scale(min(values), max(values), _HEIGHT - _FOOT, _TOP)
        parts = [*_value_axis(up, width), *self._dates(across)]
        parts.append(path(((across(on.toordinal()), up(value)) for on, value in self.known), "chart-line"))
        for on, value in self.spikes:
            note = element("title", f"{words.day(on)}: {words.count(value)}")
            place = {"cx": across(on.toordinal()), "cy": up(value), "r": 5}
            parts.append(element("circle", note, class_="chart-spike", **place))
        return joined(parts), _HEIGHT

    def _dates(self, across: Scale) -> list[SafeString]:
        ends = ((self.known[0][0], "start"), (self.known[-1][0], "end"))
        return [text(across(on.toordinal()), _HEIGHT - 6, words.day(on), anchor=anchor) for on, anchor in ends]


def likes_picture(posts: Sequence[Post], signal: Signal) -> SafeString | None:
    """Likes of the last posts as bars, oldest first, with their mean. None with fewer than two posts."""
    shown = last_liked(posts)
    if len(shown) < 2:
        return None
    counts = [post.likes or 0 for post in shown]
    mean = sum(counts) / len(counts)
    span = f"{words.count(min(counts))} to {words.count(max(counts))} likes"
    desc = f"{len(shown)} posts with {span}, {mean:,.0f} a post."
    name = f"likes-{signal.code.lower()}"
    return figure(_Likes(shown, mean).draw, name=name, title="Likes of each post", desc=desc)


def last_liked(posts: Sequence[Post]) -> list[Post]:
    """The last posts whose likes are known, oldest first."""
    return sorted((post for post in posts if post.likes is not None), key=lambda post: post.posted_at)[-_BARS:]


@dataclass(frozen=True)
class _Likes:
    posts: list[Post]
    mean: float

    def draw(self, width: int) -> tuple[SafeString, float]:
        """One bar a post and a line at the mean, for one width."""
        up = Scale(0, max(max(post.likes or 0 for post in self.posts), 1), _HEIGHT - _FOOT, _TOP)
        step = (width - _LEFT - _RIGHT) / len(self.posts)
        parts = _value_axis(up, width)
        for place, post in enumerate(self.posts):
            top = up(post.likes or 0)
            note = f"{words.day(post.posted_at)}: {words.count(post.likes)} likes"
            left, high = round(_LEFT + step * place + step * 0.15, 1), round(up.start - top, 1)
            parts.append(rect(left, top, round(step * 0.7, 1), high, "chart-bar", note=note))
        parts.append(line(_LEFT, up(self.mean), width - _RIGHT, up(self.mean), "chart-ref"))
        parts.append(text(_LEFT, _HEIGHT - 6, words.day(self.posts[0].posted_at)))
        parts.append(text(width - _RIGHT, _HEIGHT - 6, words.day(self.posts[-1].posted_at), anchor="end"))
        return joined(parts), _HEIGHT


def audience_picture(signal: Signal) -> SafeString | None:
    """The share of suspicious followers with its interval and the threshold. None where it is not known."""
    low, high = signal.evidence.get("low"), signal.evidence.get("high")
    if signal.value is None or low is None or high is None:
        return None
    share = float(signal.evidence.get("share", signal.value))
    desc = f"{share:.0%} of {words.count(signal.n)} sampled followers, 95% interval {low:.0%} to {high:.0%}."
    picture = _Audience(share, float(low), float(high), signal.threshold)
    return figure(picture.draw, name="audience", title="Suspicious share of the audience", desc=desc)


@dataclass(frozen=True)
class _Audience:
    share: float
    low: float
    high: float
    threshold: float | None

    def draw(self, width: int) -> tuple[SafeString, float]:
        """A band from the low to the high end with a mark at the share, on a scale from 0 to 100 %."""
        across = Scale(0, 1, 16, width - 24)
        parts = []
        for tick in ticks(0, 1, wanted=4):
            parts.append(line(across(tick), 8, across(tick), 44, "chart-grid"))
            parts.append(text(across(tick), 62, f"{tick:.0%}", anchor="middle"))
        left = across.held(self.low)
        parts.append(rect(left, 18, round(across.held(self.high) - left, 1), 16, "chart-band"))
        parts.append(element("circle", cx=across.held(self.share), cy=26, r=5, class_="chart-mark"))
        if self.threshold is not None:
            parts.append(line(across(self.threshold), 4, across(self.threshold), 46, "chart-ref"))
        return joined(parts), 68


def _value_axis(up: Scale, width: int) -> list[SafeString]:
    parts = []
    for tick in ticks(up.low, up.high, wanted=3):
        parts.append(line(_LEFT, up(tick), width - _RIGHT, up(tick), "chart-grid"))
        parts.append(text(_LEFT - 6, up(tick) + 4, words.count(round(tick)), anchor="end"))
    return parts
