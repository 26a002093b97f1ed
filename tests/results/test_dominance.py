"""Which codes a person should look at, and whether their use is a burst."""

from datetime import UTC, datetime, timedelta
from math import exp, factorial

import numpy as np
import pytest

from results.logic.dominance import Burst, Shares, burst, chance_of_largest_share, is_dominant, sentence

START = datetime(2026, 3, 1, tzinfo=UTC)


def shares(new=0, every=0, orders=0, linked=0, others=0, others_linked=0):
    return Shares(new, every, orders, linked, others, others_linked)


def hours(*numbers):
    return [START + timedelta(hours=number) for number in numbers]


@pytest.mark.parametrize(
    ("new", "every", "orders", "creators", "dominant"),
    [
        (139, 475, 240, 120, True),
        (94, 475, 240, 120, False),  # under a fifth
        (95, 475, 240, 120, True),
        (5, 6, 7, 120, False),  # under 8 uses
        (5, 6, 8, 120, True),
        (996, 1000, 900, 2, True),  # one of two, whose chance is 8 in 1,000
        (994, 1000, 900, 2, False),
        (60, 100, 80, 3, False),  # one of three easily has three fifths
        (0, 0, 9, 120, False),
        (10, 10, 10, 1, False),  # nobody to compare with
    ],
)
def test_a_code_dominates_by_share_and_rarity(new, every, orders, creators, dominant):
    assert is_dominant(shares(new, every, orders), creators=creators) is dominant


@pytest.mark.parametrize(("share", "creators"), [(0.3, 10), (0.2, 20), (0.55, 4)])
def test_the_chance_of_so_large_a_share_is_that_of_drawn_exponential_rates(share, creators):
    rates = np.random.default_rng(1).exponential(size=(40_000, creators))

    drawn = (rates.max(axis=1) / rates.sum(axis=1) > share).mean()

    assert chance_of_largest_share(share, creators) == pytest.approx(drawn, abs=0.01)


@pytest.mark.parametrize(
    ("share", "creators", "chance"),
    [(0.6, 2, 0.8), (0.5, 3, 0.75), (0.4, 3, 0.96), (0.3, 3, 1), (0.9, 1, 1)],
)
def test_the_chance_is_exact_where_it_can_be_reckoned_by_hand(share, creators, chance):
    assert chance_of_largest_share(share, creators) == pytest.approx(chance)


def test_even_use_is_no_burst():
    found = burst(hours(*range(0, 24 * 30, 12)))

    assert (found.uses, found.is_burst) == (2, False)


def test_a_day_with_many_times_the_codes_own_rate_is_a_burst():
    found = burst(hours(*range(0, 24 * 30, 12), *(100 + i / 4 for i in range(30))))

    assert found.uses >= 30
    assert found.is_burst


def test_the_chance_of_a_burst_counts_every_window_at_the_codes_own_rate():
    found = burst(hours(*range(0, 24 * 20, 24), *(100 + i / 4 for i in range(6)), 24 * 20))

    rate = 27 / 20
    less = sum(exp(-rate) * rate**k / factorial(k) for k in range(6))
    assert (found.uses, found.told) == (7, True)
    assert found.p == pytest.approx(27 * (1 - less))


@pytest.mark.parametrize(
    ("numbers", "told"),
    [
        ((0, 6, 12, 18, 24, 30, 36, 48), True),
        ((0, 6, 12, 18, 24, 30, 36, 47), False),  # less than two days
        ((0, 12, 18, 24, 30, 36, 48), False),  # seven uses
    ],
)
def test_eight_uses_over_two_days_are_told(numbers, told):
    found = burst(hours(*numbers))

    assert found.told is told
    assert found.p == 1


def test_what_cannot_be_told_is_no_burst():
    untold = Burst(uses=30, p=1e-9, told=False)

    assert not untold.is_burst
    assert sentence(shares(3, 4, orders=10), untold).endswith("; too early to tell of a burst")
    assert sentence(shares(3, 4, orders=10), None).endswith("; too early to tell of a burst")


def test_a_window_of_24_hours_is_closed_at_the_left_and_open_at_the_right():
    assert burst(hours(0, 24)).uses == 1
    assert burst(hours(0, 23.9)).uses == 2


@pytest.mark.parametrize("moments", [[], hours(0), hours(*range(20))], ids=["none", "one", "all in a day"])
def test_without_a_rate_of_its_own_nothing_is_told(moments):
    assert not burst(moments).told


def test_the_numbers_stand_in_one_sentence():
    numbers = shares(139, 475, orders=240, linked=60, others=500, others_linked=135)

    assert sentence(numbers, Burst(uses=11, p=0.1)) == (
        "139 of 475 new customers; 25% of its orders carry the creator's link, others 27%; no burst"
    )
    assert sentence(shares(3, 4, orders=10), Burst(uses=9, p=1e-6)) == (
        "3 of 4 new customers; 0% of its orders carry the creator's link; a burst of 9 in 24 hours"
    )
