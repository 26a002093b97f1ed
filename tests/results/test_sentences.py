"""The report in words."""

from datetime import date

import pytest

from config.lib.estimates import Estimate
from results.logic.sentences import (
    cac_sentence,
    cac_words,
    chance_words,
    since_sentence,
    standing,
    target_sentence,
)


def estimate(low=None, mid=None, high=None, n=0):
    return Estimate(low, mid, high, level=0.9, n=n, method="test")


@pytest.mark.parametrize(
    ("given", "sentence", "words", "stands"),
    [
        (
            estimate(56.33, 60.69, 65.51, n=475),
            "Each new customer cost about £61 (90% sure: £56 to £66), from 475 new customers.",
            "£61 (£56 to £66)",
            "",
        ),
        (
            estimate(4.5, 9.256, 80.2, n=1),
            "Each new customer cost about £9.26 (90% sure: £4.50 to £80), from 1 new customer.",
            "£9.26 (£4.50 to £80)",
            "too few orders",
        ),
        (
            estimate(151.27),
            "No new customer yet: each would cost more than £151.",
            "more than £151 each, no new customer yet",
            "no new customer yet",
        ),
        (
            estimate(),
            "No cost is recorded, so the cost of a new customer is not known.",
            "no cost recorded",
            "no cost recorded",
        ),
    ],
    ids=["many", "one", "none", "no cost"],
)
def test_an_estimate_in_words(given, sentence, words, stands):
    assert cac_sentence(given, "GBP") == sentence
    assert cac_words(given, "GBP") == words
    assert standing(given) == stands


@pytest.mark.parametrize(
    ("chance", "words"), [(0.404, "40%"), (0.9999, "over 99%"), (0.0001, "under 1%"), (None, "–")]
)
def test_a_chance_is_never_a_certainty(chance, words):
    assert chance_words(chance) == words


def test_the_target_in_a_sentence():
    assert target_sentence(0.4, 60.0, "GBP") == "The chance that it lies below the target of £60.00 is 40%."
    assert target_sentence(None, 60.0, "GBP") == ""


@pytest.mark.parametrize(
    ("first", "complete", "sentence"),
    [
        (date(2026, 3, 1), None, "New customers are new to our records since 1 Mar 2026."),
        (
            date(2026, 3, 1),
            date(2020, 1, 1),
            "New customers are new to our records, which the brand calls complete since 1 Jan 2020.",
        ),
        (None, None, "No order has come in yet."),
    ],
)
def test_new_says_since_when(first, complete, sentence):
    assert since_sentence(first, complete) == sentence
