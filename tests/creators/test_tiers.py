import pytest

from creators.enums import Tier
from creators.logic.names import sort_name
from creators.logic.tiers import bounds_of, tier_of


@pytest.mark.parametrize(
    ("followers", "tier"),
    [(None, None), (0, "pre-nano"), (999, "pre-nano"), (1_000, "nano"), (9_999, "nano"), (10_000, "micro"),
     (50_000, "mid"), (100_000, "macro"), (499_999, "macro"), (500_000, "mega"), (10**9, "mega")],
)  # fmt: skip
def test_the_lower_bound_belongs_to_the_tier(followers, tier):
    assert tier_of(followers) == tier


def test_bounds_meet_without_a_gap():
    assert [bounds_of(tier) for tier in Tier] == [
        (0, 1_000), (1_000, 10_000), (10_000, 50_000), (50_000, 100_000), (100_000, 500_000), (500_000, None),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("Zoë  Łukasz", "zoe lukasz"),
        ("ÅSA", "asa"),
        ("Straße", "strasse"),
        ("Ａｎｎａ", "anna"),
        ("Ægir Ørn Đặng-Œdipe Işık", "aegir orn dang-oedipe isik"),
        ("Al " * 60, "al " * 40),
    ],
)
def test_names_are_sorted_without_case_and_accents(name, folded):
    assert sort_name(name) == folded
