"""The cost of a new customer: against an independent count, published figures, brute force and its own logic."""

import csv
import json
import os
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import brentq, minimize
from scipy.special import gammaln
from scipy.stats import gamma

from config.lib.estimates import Estimate
from results.logic import cac
from results.logic.cac import cac_alone, cac_of_creators

DATA = Path(os.environ.get("TROUPE_DATA") or Path(__file__).parents[2] / "../shared/data")
creators = st.lists(st.tuples(st.integers(0, 60), st.floats(1, 5000)), min_size=2, max_size=12)


@pytest.mark.data
def test_the_independent_count_is_met_within_two_percent():
    answers = json.loads((DATA / "program/answers.json").read_text())
    rows = list(answers["by_creator"].values())

    found = cac_of_creators([row["new_customers"] for row in rows], [float(row["cost"]) for row in rows])

    for row, result in zip(rows, found, strict=True):
        assert near(result.estimate, row["cac"])
    total = answers["totals"]
    assert near(cac_alone(int(total["new_customers"]), float(total["cost"])).estimate, total["cac"])


def bounds(result: cac.Cac) -> list[float]:
    """What is known of low, mid and high, in this order."""
    estimate = result.estimate
    return [value for value in (estimate.low, estimate.mid, estimate.high) if value is not None]


def near(estimate, wanted):
    pairs = [(getattr(estimate, name), wanted[name]) for name in ("low", "mid", "high")]
    return all((a is None) == (b is None) and (b is None or abs(a / b - 1) < 0.02) for a, b in pairs)


@pytest.mark.data
def test_the_likelihood_has_its_top_where_it_was_published_for_the_ten_pumps():
    with (DATA / "empirical_bayes/pumps.csv").open() as file:
        pumps = list(csv.DictReader(file))
    x = np.array([float(row["failures"]) for row in pumps])
    hours = np.array([float(row["thousand_hours"]) for row in pumps])

    best = minimize(lambda t: -cac._log_likelihood(x, hours, np.exp(t[:1]), np.exp(t[1:]))[0], [0, 0], tol=1e-10)

    # R package rvalues: a 0.8229646, b 1.2616513
    assert np.exp(best.x) == pytest.approx([0.82296, 1.26165], rel=1e-4)


def full_mixture(x, cost, i):
    """The whole grid written out plainly, without pruning: the weight of each point, and creator i's rates there."""
    x, cost = np.array(x, float), np.array(cost, float)
    u, cv = (axis.ravel() for axis in np.meshgrid(np.linspace(-1.2, 1.2, 41), np.linspace(0.1, 2.5, 25)))
    a = 1 / cv**2
    b = a / (x.sum() / cost.sum() * np.exp(u))
    likelihood = -(cv**2) / 2
    for new, paid in zip(x, cost, strict=True):
        likelihood += gammaln(a + new) - gammaln(a) + a * np.log(b / (b + paid)) - new * np.log(b + paid)
    weight = np.exp(likelihood - likelihood.max())
    return weight / weight.sum(), gamma(a + x[i], scale=1 / (b + cost[i]))


@pytest.mark.parametrize("i", [0, 1, 2])
def test_quantiles_are_those_of_the_whole_grid(i):
    x, cost = [4, 1, 9], [200.0, 150.0, 120.0]
    weight, rates = full_mixture(x, cost, i)

    estimate = cac_of_creators(x, cost)[i].estimate

    for p, value in [(0.95, estimate.low), (0.5, estimate.mid), (0.05, estimate.high)]:
        rate = brentq(lambda r, p=p: weight @ rates.cdf(r) - p, 1e-9, 10)
        assert value == pytest.approx(1 / rate, rel=2e-3)


def test_chance_below_target_is_that_of_the_whole_grid():
    weight, rates = full_mixture([4, 1, 9], [200.0, 150.0, 120.0], 0)

    chance = cac_of_creators([4, 1, 9], [200.0, 150.0, 120.0], target=30.0)[0].p_below_target

    assert chance == pytest.approx(weight @ rates.sf(1 / 30), abs=1e-3)


def test_one_total_is_jeffreys():
    found = cac_alone(475, 28836.39, target=60.0)

    rate = gamma(475.5, scale=1 / 28836.39)
    assert found.estimate.method == "poisson-jeffreys-1"
    assert (found.estimate.low, found.estimate.mid, found.estimate.high) == pytest.approx(
        [1 / rate.ppf(p) for p in (0.95, 0.5, 0.05)], rel=1e-5
    )
    assert found.p_below_target == pytest.approx(rate.sf(1 / 60))


def test_without_a_new_customer_only_the_lower_bound_is_known():
    first, second = cac_of_creators([0, 5], [100.0, 100.0])

    assert bounds(first)[0] > 0
    assert (first.estimate.mid, first.estimate.high, first.estimate.n) == (None, None, 0)
    assert None not in (second.estimate.mid, second.estimate.high)


def test_without_cost_nothing_is_known_and_the_others_are_not_moved():
    with_free = cac_of_creators([7, 3, 5], [0.0, 90.0, 100.0], target=20.0)

    assert with_free[0] == cac.Cac(Estimate(None, None, None, level=0.9, n=7, method="no-cost"))
    assert with_free[1:] == cac_of_creators([3, 5], [90.0, 100.0], target=20.0)


@pytest.mark.parametrize(
    ("x", "cost"),
    [([4], [100.0]), ([4, 2], [100.0, 0.0]), ([0, 0], [50.0, 60.0]), ([0, 6], [50.0, 0.0])],
    ids=["one creator", "one with cost", "no new customer", "new customers only where nothing was spent"],
)
def test_creators_stand_alone_where_there_is_nothing_to_learn_from(x, cost):
    assert cac_of_creators(x, cost) == [cac_alone(n, spent) for n, spent in zip(x, cost, strict=True)]


def test_two_creators_and_one_new_customer_are_enough_to_learn_from():
    assert [each.estimate.method for each in cac_of_creators([1, 0], [100.0, 100.0])] == ["gamma-poisson-grid-1"] * 2


def test_nobody_has_no_cost_of_a_customer():
    assert cac_of_creators([], []) == []
    assert cac_alone(0, 0).estimate.method == "no-cost"
    assert cac_alone(1, 0.5).estimate.method == "poisson-jeffreys-1"


@settings(max_examples=25, deadline=None)
@given(creators)
def test_low_mid_and_high_stand_in_order(rows):
    for (n, _), result in zip(rows, cac_of_creators(*zip(*rows, strict=True)), strict=True):
        known = bounds(result)
        assert len(known) == (3 if n else 1)
        assert known == sorted(known) and known[0] > 0


@settings(max_examples=25, deadline=None)
@given(creators, st.floats(0.01, 100))
def test_another_unit_of_money_changes_nothing_but_the_unit(rows, k):
    x, cost = zip(*rows, strict=True)
    before = cac_of_creators(x, cost)

    after = cac_of_creators(x, [value * k for value in cost])

    for one, other in zip(before, after, strict=True):
        assert bounds(other) == pytest.approx([value * k for value in bounds(one)], rel=1e-3)


@settings(max_examples=25, deadline=None)
@given(st.integers(1, 40), st.floats(10, 1000))
def test_alone_more_customers_cost_less_each_and_more_money_more(n, cost):
    found = bounds(cac_alone(n, cost))

    assert bounds(cac_alone(n + 1, cost)) < found < bounds(cac_alone(n, cost * 1.1))


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(1, 30), min_size=3, max_size=8, unique=True))
def test_at_one_cost_more_customers_mean_a_lower_cost_each(counts):
    mids = [bounds(result)[1] for result in cac_of_creators(sorted(counts), [100.0] * len(counts))]

    assert mids == sorted(mids, reverse=True)


def test_extreme_inputs_give_finite_numbers():
    found = cac_of_creators([0, 1, 100_000, 3], [0.01, 1e7, 10.0, 5e-3], target=1.0)

    for result in found:
        known = bounds(result)
        assert known and all(np.isfinite(known)) and known == sorted(known)
        assert result.p_below_target is not None and 0 <= result.p_below_target <= 1
