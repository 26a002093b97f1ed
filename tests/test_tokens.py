"""No colour below its contrast, in either theme: the stylesheet is read, oklch turned into sRGB, ratios computed.

OKLCH to linear sRGB after Björn Ottosson, "A perceptual color space for image processing" (2020); contrast ratio and
relative luminance after WCAG 2.2.
"""

import math
import re
from pathlib import Path

import pytest

CSS = (Path(__file__).resolve().parent.parent / "static" / "css" / "tokens.css").read_text()
COLOUR = r"oklch\(([\d.]+) ([\d.]+) ([\d.]+)\)"
Oklch = tuple[float, ...]  # lightness, chroma, hue in degrees
TOKENS: dict[str, dict[str, Oklch]] = {
    match[1]: {"light": tuple(map(float, match.group(2, 3, 4))), "dark": tuple(map(float, match.group(5, 6, 7)))}
    for match in re.finditer(rf"--([\w-]+): light-dark\({COLOUR}, {COLOUR}\);", CSS)
}
CHIPS = ["prospect", "contacted", "seeded", "contracted", "live", "whitelisted", "top-performer", "inactive"]
GROUNDS = ["surface", "bg", "sunken", "hover", "selected"]

TEXTS = [(text, ground, 4.5) for text in ("text", "text-2", "text-3", "link") for ground in GROUNDS]
WORDS = [(word, ground, 4.5) for word in ("danger", "warn", "ok") for ground in ("surface", "bg", f"{word}-tint")]
LABELS = [("on-accent", "accent", 4.5), ("on-accent", "accent-hover", 4.5)]
EDGES = [(edge, ground, 3.0) for edge in ("border-strong", "focus") for ground in GROUNDS]
ON_CHIPS = [(f"chip-{chip}-text", f"chip-{chip}-bg", 4.5) for chip in CHIPS]
GLYPHS = [(f"chip-{chip}-glyph", f"chip-{chip}-bg", 3.0) for chip in CHIPS]
CHARTS = [(f"chart-{line}", "surface", 3.0) for line in ("actual", "expected", "spike")]
LINES_ON_BANDS = [("chart-actual", "chart-band", 3.0)]


def luminance(colour: Oklch) -> float:
    lightness, chroma, hue = colour
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3  # noqa: E741
    m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    s = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    red = 4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s
    green = -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s
    blue = -0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s
    red, green, blue = (min(max(part, 0), 1) for part in (red, green, blue))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Oklch, other: Oklch) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_black_on_white_is_twenty_one():
    assert contrast((0, 0, 0), (1, 0, 0)) == pytest.approx(21, abs=0.01)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(
    ("ink", "ground", "least"), TEXTS + WORDS + LABELS + EDGES + ON_CHIPS + GLYPHS + CHARTS + LINES_ON_BANDS
)
def test_a_token_keeps_its_contrast(theme, ink, ground, least):
    assert contrast(TOKENS[ink][theme], TOKENS[ground][theme]) >= least


def test_every_colour_has_both_themes():
    lone = re.findall(r"--(?!shade)([\w-]+): oklch", CSS)

    assert lone == []
