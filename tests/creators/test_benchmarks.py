from dataclasses import replace

import pytest

from creators.enums import Platform, Population, RateBasis, Tier
from creators.logic.benchmarks import Cell, basis_of, benchmark_for, rows, targets

SEED = {
    "tiktok": (7.84, 5.21, 3.89, 2.73, 1.84), "youtube": (5.23, 3.74, 2.81, 2.12, 1.41),
    "linkedin": (5.62, 3.83, 2.47, 1.68, 1.12), "x": (2.18, 1.42, 0.97, 0.63, 0.35),
    "pinterest": (3.24, 2.31, 1.78, 1.23, 0.84),
}  # fmt: skip
TIERS = ("nano", "micro", "mid", "macro", "mega")
OWN = Cell("tiktok", "nano", "", "followers", "clean", n=200, mean=9, p05=2, p25=5, p50=8, p75=11, p95=20)


def served(platform, tier, kind="", cells=(), basis=None):
    found = benchmark_for(platform, tier, kind, basis=basis or basis_of(platform), cells=cells)
    return found and found.rate


@pytest.mark.parametrize(("platform", "rates"), SEED.items())
def test_the_published_table_serves_every_tier(platform, rates):
    assert tuple(served(platform, tier) for tier in TIERS) == rates


def test_instagram_has_a_figure_for_nano_alone_and_nobody_one_under_a_thousand():
    assert [served("instagram", tier) for tier in Tier.values] == [None, 5.0, None, None, None, None]
    assert {served(platform, Tier.PRE_NANO) for platform in Platform.values} == {None}
    assert served("tiktok", None) is None


def test_instagrams_band_says_that_its_middle_serves():
    found = benchmark_for("instagram", "nano", basis=RateBasis.FOLLOWERS)

    assert found
    assert (found.low, found.high) == (4, 6)
    assert found.why == "Watsspace, nano influencer guide, 2025: the middle of 4–6%"


def test_a_figure_serves_only_on_its_own_basis():
    assert served("tiktok", "nano", basis=RateBasis.VIEWS) == 7.0  # the band of 5 to 9 % against views
    assert served("tiktok", "micro", basis=RateBasis.VIEWS) is None
    assert served("youtube", "nano", basis=RateBasis.FOLLOWERS) is None


def test_shorts_have_their_own_band_and_other_kinds_the_platforms_figure():
    assert [served("youtube", "nano", kind) for kind in ("short", "video", "")] == [4.5, 5.23, 5.23]


@pytest.mark.parametrize(
    ("cell", "rate"),
    [
        (OWN, 8), (replace(OWN, n=199), 7.84), (replace(OWN, population=Population.RAW), 7.84),
        (replace(OWN, tier="micro"), 7.84), (replace(OWN, kind="reel"), 7.84),
    ],
)  # fmt: skip
def test_own_percentiles_take_over_at_two_hundred_clean_creators_of_the_cell(cell, rate):
    assert served("tiktok", "nano", cells=[cell]) == rate


def test_a_cell_of_the_kind_goes_before_one_of_all_kinds():
    cells = [OWN, replace(OWN, kind="reel", p50=9)]

    assert [served("tiktok", "nano", kind, cells) for kind in ("reel", "video", "")] == [9, 8, 8]


def test_contradicting_rows_stay_side_by_side():
    nano = [row.figure for row in rows() if (row.platform, row.tier) == ("instagram", "nano")]
    tiktok = {(row.population, row.figure) for row in rows() if (row.platform, row.tier) == ("tiktok", "nano")}

    assert nano == ["4–6%", "2.19%", "2.78%"]
    assert tiktok == {("clean", "7.84%"), ("raw", "7.12%"), ("", "5–9%")}


def test_every_row_names_its_source_and_year():
    assert all(row.source and row.year > 2017 and row.figure for row in rows())
    assert {target.measure for target in targets()} >= {"Click-through rate", "Return on ad spend"}
    assert len(rows()) == 46
