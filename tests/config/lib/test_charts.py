import re

import pytest
from django.utils.safestring import mark_safe

from config.lib.charts import Scale, element, figure, joined, line, path, rect, svg, text, ticks


@pytest.mark.parametrize(("value", "place"), [(0, 100.0), (50, 150.0), (100, 200.0), (-10, 90.0), (33.333, 133.3)])
def test_a_scale_is_a_straight_line(value, place):
    assert Scale(0, 100, 100, 200)(value) == place


def test_a_scale_of_one_value_is_its_middle():
    assert Scale(5, 5, 0, 10)(5) == 5


def test_a_held_value_stays_on_the_scale():
    scale = Scale(0, 10, 0, 100)

    assert [scale.held(v) for v in (-5, 5, 50)] == [0, 50, 100]


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (0, 100, [0, 20, 40, 60, 80, 100]),
        (0, 1, [0, 0.2, 0.4, 0.6, 0.8, 1]),
        (13, 48, [20, 30, 40]),
        (-3, 3, [-2, 0, 2]),
        (0, 0.07, [0, 0.02, 0.04, 0.06]),
        (7, 7, [7]),
    ],
)
def test_ticks_are_round_and_inside(low, high, expected):
    assert ticks(low, high) == expected


def test_everything_that_people_wrote_is_escaped():
    drawn = text(1, 2, '<script>"&') + rect(0, 0, 1, 1, "chart-bar", note="<b>") + element("a", "x", href='"><i>')

    assert "<script>" not in drawn and "<b>" not in drawn and "<i>" not in drawn


def test_a_drawing_names_its_title_and_description():
    drawn = svg(line(0, 0, 1, 1, "chart-axis"), name="cac", width=720, height=90, title="CAC", desc="Two creators")

    assert 'aria-labelledby="cac-title"' in drawn and '<title id="cac-title">CAC</title>' in drawn
    assert 'aria-describedby="cac-desc"' in drawn and '<desc id="cac-desc">Two creators</desc>' in drawn
    assert 'viewBox="0 0 720 90"' in drawn


def test_a_figure_is_drawn_wide_and_narrow_with_ids_of_their_own():
    drawn = figure(lambda width: (path([(0, 0), (width, 5)], "chart-line"), 40), name="f", title="t", desc="d")

    ids = re.findall(r'\bid="([^"]+)"', drawn)
    assert drawn.count("<svg") == 2 and len(ids) == len(set(ids)) == 4
    assert 'class="chart-wide"' in drawn and 'class="chart-narrow"' in drawn
    assert "style" not in drawn


def test_joining_keeps_what_is_already_safe():
    assert joined([mark_safe("<g></g>"), text(0, 0, "a")]).startswith("<g></g><text")
