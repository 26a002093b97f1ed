"""Gaps, the mix of sizes, and likeness: plain values in, plain values out."""

import pytest

from creators.enums import Tier
from creators.logic.coverage import Rule, grid
from creators.logic.likeness import MOST, Traits, likeness, ranked
from creators.logic.tier_mix import mix_of

PEOPLE = {"": 40, "Wales": 10, "England": 30, "Scotland": 9}
COUNTS = [("tea", "England", 4), ("tea", "Scotland", 1), ("vegan", "England", 6), ("vegan", "Narnia", 1)]


def test_a_gap_needs_a_niche_elsewhere_and_people_there():
    found = grid(COUNTS, PEOPLE, rule=Rule(), most_regions=10)

    assert (found.regions, found.left_out) == ((("England", 30), ("Wales", 10), ("Scotland", 9), ("", 40)), 0)
    assert [(row.niche, row.total, [cell.count for cell in row.cells], row.gaps) for row in found.rows] == [
        ("vegan", 7, [6, 0, 0, 0], ["Wales"]),
        ("tea", 5, [4, 0, 1, 0], ["Wales"]),
    ]
    assert found.gaps == 2


@pytest.mark.parametrize(("rule", "gaps"), [(Rule(7, 9), 2), (Rule(8, 1), 0), (Rule(1, 31), 0), (Rule(1, 9), 3)])
def test_the_rule_is_inclusive(rule, gaps):
    assert grid(COUNTS, PEOPLE, rule=rule, most_regions=10).gaps == gaps


def test_small_regions_are_left_out_and_counted():
    found = grid(COUNTS, PEOPLE, rule=Rule(), most_regions=1)

    assert [region for region, _ in found.regions] == ["England", ""]
    assert found.left_out == 2
    assert found.rows[1].total == 5


def test_the_mix_says_in_words_what_is_missing():
    mix = mix_of({Tier.PRE_NANO: 3, Tier.NANO: 85, Tier.MICRO: 14, Tier.MID: 0, Tier.MACRO: 1}, unknown=7)

    assert (mix.total, mix.pre_nano, mix.unknown) == (100, 3, 7)
    assert [(share.count, share.words) for share in mix.shares] == [
        (85, "15 nano creators over 70%"), (14, "11 micro creators short of 25%"),
        (1, "4 creators from mid up short of 5%"),
    ]  # fmt: skip
    assert [share.percent for share in mix.shares] == [85, 14, 1]


def test_half_a_creator_counts_as_one_who_is_missing():
    mix = mix_of({Tier.NANO: 8, Tier.MICRO: 2}, unknown=0)

    assert [share.words for share in mix.shares] == [
        "1 nano creator over 70%", "1 micro creator short of 25%", "1 creator from mid up short of 5%",
    ]  # fmt: skip


def test_a_mix_of_nobody_or_as_wished():
    assert {share.words for share in mix_of({}, unknown=2).shares} == {"nobody to count"}
    assert [share.percent for share in mix_of({}, unknown=2).shares] == [None] * 3
    assert mix_of({}, unknown=2).pre_nano == 0
    wished = mix_of({Tier.NANO: 14, Tier.MICRO: 5, Tier.MEGA: 1}, unknown=0)
    assert [share.words for share in wished.shares] == ["as wished, 70%", "as wished, 25%", "as wished, 5%"]


def traits(number, **told):
    return Traits(number, f"Person {number}", **told)


FULL = {
    "niches": frozenset({"tea", "baking", "books", "yoga"}), "formats": frozenset({"reel"}), "language": "English",
    "country": "Ireland", "region": "Munster", "platform": "tiktok", "tier": Tier.NANO, "verdict": "above",
}  # fmt: skip


def test_likeness_is_a_sum_of_reasons():
    found = likeness(traits(1, **FULL), traits(2, **{**FULL, "language": "english", "verdict": "exceptional"}))

    assert found.points == MOST
    assert [(reason.points, reason.words) for reason in found.reasons] == [
        (9, "shares baking, books, tea, yoga"), (2, "same size, nano"), (2, "engagement above the benchmark as well"),
        (1, "same language, english"), (1, "same country, Ireland"), (1, "same region, Munster"),
        (1, "same main platform, TikTok"), (1, "likes to make the same: Reel or TikTok"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other", "words"),
    [
        ({"formats": {"reel", "post"}}, {"formats": {"post", "story"}}, ["likes to make the same: Post or carousel"]),
        ({"formats": {"reel"}}, {"formats": {"post"}}, []),
        ({"tier": Tier.NANO}, {"tier": Tier.MICRO}, []),
        ({"verdict": "above"}, {"verdict": "below"}, []),
        ({"verdict": "below"}, {"verdict": "above"}, []),
        ({"verdict": "below"}, {"verdict": "low"}, []),
        ({"verdict": "below"}, {"verdict": "below"}, ["same engagement: below the benchmark"]),
    ],
)
def test_only_what_is_the_same_gives_a_reason(one, other, words):
    assert [reason.words for reason in likeness(traits(1, **one), traits(2, **other)).reasons] == words


def test_what_is_not_known_gives_no_point():
    assert likeness(traits(1), traits(2)).points == 0
    assert likeness(traits(1, country="Spain", region="X"), traits(2, country="Chile", region="X")).points == 0


def test_each_is_ranked_beside_the_model_that_is_most_alike():
    tea, yoga = traits(1, niches=frozenset({"tea"})), traits(2, niches=frozenset({"yoga", "tea"}))
    both, none, one = traits(3, niches=yoga.niches), traits(4), traits(5, niches=tea.niches)

    found = ranked([tea, yoga], [none, one, both])

    assert [(like.of.id, like.model.id, like.points) for like in found] == [(3, 2, 6), (5, 1, 3)]
    assert ranked([], [one]) == []


def test_who_is_as_alike_stands_by_name_whatever_its_case():
    tea = frozenset({"tea"})

    found = ranked([traits(1, niches=tea)], [Traits(2, "anna", tea), Traits(3, "Zoe", tea), Traits(4, "Bert", tea)])

    assert [like.of.name for like in found] == ["anna", "Bert", "Zoe"]
