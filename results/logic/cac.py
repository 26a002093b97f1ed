"""What a new customer costs, from few customers: an interval instead of a bare quotient.

`gamma-poisson-grid-1`: new customers x of a creator are Poisson(rate * cost), the creators' rates Gamma-distributed
around a common mean. Mean and spread are not plugged in but integrated over a grid, so each creator's rate has a
mixture of Gammas as posterior, and CAC is one over the rate. `poisson-jeffreys-1` has one rate alone: its posterior
is Gamma(x + 1/2, cost). Sources: Gaver & O'Muircheartaigh 1987 (counts with exposure), BDA3 5.3 (integrating over the
prior's parameters), Jeffreys' prior of a Poisson rate.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammainc, gammaincinv, gammaln, xlogy

from config.lib.estimates import Estimate

GRID = "gamma-poisson-grid-1"
JEFFREYS = "poisson-jeffreys-1"
NO_COST = "no-cost"
LEVEL = 0.9
# Rates run against costs: the highest plausible rate gives the lowest plausible cost.
_LOW, _MID, _HIGH = 0.95, 0.50, 0.05
_U = np.linspace(-1.2, 1.2, 41)
_CV = np.linspace(0.1, 2.5, 25)
# Grid points that together hold less than this share of the weight are left out; it moves no quantile by 0.1 %.
_NEGLIGIBLE = 1e-4
# The last step's length, as a share of the rate: Newton's error after it is about its square.
_CLOSE = 1e-3
_STEPS = 60
_AT_ONCE = 5_000  # creators; each takes 8 kB while the grid is weighed

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Cac:
    """The cost of a new customer, and how likely it lies below the target (None: no target, or no cost)."""

    estimate: Estimate
    p_below_target: float | None = None


@dataclass(frozen=True)
class Mixture:
    """Posterior of each creator's rate: Gamma(`shape[k] + x`, `rate[k] + cost`) with the common weights."""

    weight: Floats
    shape: Floats
    rate: Floats


def cac_of_creators(
    new_customers: Sequence[float], costs: Sequence[float], *, target: float | None = None
) -> list[Cac]:
    """CAC of each creator, those with cost learning from each other. `costs` and `target` are in one currency."""
    x, cost = np.asarray(new_customers, float), np.asarray(costs, float)
    paid = cost > 0
    pooled = paid.sum() >= 2 and x[paid].sum() > 0
    method = GRID if pooled else JEFFREYS
    mixture = mixture_of(x[paid], cost[paid]) if pooled else _JEFFREYS_PRIOR
    known = iter(_estimates(mixture, x[paid], cost[paid], method=method, target=target))
    return [next(known) if has_cost else _no_cost(n) for n, has_cost in zip(x, paid, strict=True)]


def cac_alone(new_customers: float, cost: float, *, target: float | None = None) -> Cac:
    """CAC of one total, borrowing from nobody."""
    if cost <= 0:
        return _no_cost(new_customers)
    x, exposure = np.array([new_customers], float), np.array([cost], float)
    return _estimates(_JEFFREYS_PRIOR, x, exposure, method=JEFFREYS, target=target)[0]


_JEFFREYS_PRIOR = Mixture(weight=np.ones(1), shape=np.array([0.5]), rate=np.zeros(1))


def _no_cost(n: float) -> Cac:
    return Cac(Estimate(low=None, mid=None, high=None, level=LEVEL, n=_tidy(n), method=NO_COST))


def _tidy(n: float) -> int | float:
    """A whole number as such; a policy that shares customers has others, to four places."""
    tidy = round(float(n), 4)
    return int(tidy) if tidy.is_integer() else tidy


def mixture_of(x: Floats, cost: Floats) -> Mixture:
    """The posterior of creators with cost, at least two and one result among them.

    Weights of the grid: a half-normal(1) prior on cv times the likelihood of all creators (negative binomial).
    """
    mean, cv = (axis.ravel() for axis in np.meshgrid(x.sum() / cost.sum() * np.exp(_U), _CV, indexing="ij"))
    shape = 1 / cv**2
    rate = shape / mean
    log_weight = -(cv**2) / 2 + _log_likelihood(x, cost, shape, rate)
    weight = np.exp(log_weight - log_weight.max())
    weight /= weight.sum()
    rank = np.argsort(weight)[::-1]
    kept = rank[: int(np.searchsorted(np.cumsum(weight[rank]), 1 - _NEGLIGIBLE)) + 1]
    return Mixture(weight=weight[kept] / weight[kept].sum(), shape=shape[kept], rate=rate[kept])


def _log_likelihood(x: Floats, cost: Floats, shape: Floats, rate: Floats) -> Floats:
    """Of all creators together, for each (shape, rate); terms that are the same everywhere are left out."""
    counts, times = np.unique(x, return_counts=True)
    rising = gammaln(shape[:, None] + counts) - gammaln(shape)[:, None]
    total: Floats = rising @ times + len(x) * xlogy(shape, rate)
    for start in range(0, len(x), _AT_ONCE):
        block = slice(start, start + _AT_ONCE)
        total -= ((shape[:, None] + x[block]) * np.log(rate[:, None] + cost[block])).sum(axis=1)
    return total


def _estimates(mixture: Mixture, x: Floats, cost: Floats, *, method: str, target: float | None) -> list[Cac]:
    """One over the rate's quantiles. With no new customer only the lower bound is known."""
    shape, rate = mixture.shape + x[:, None], mixture.rate + cost[:, None]
    some = x > 0
    low = 1 / _quantile(mixture.weight, shape, rate, _LOW)
    mid, high = np.full_like(low, np.nan), np.full_like(low, np.nan)
    mid[some] = 1 / _quantile(mixture.weight, shape[some], rate[some], _MID)
    high[some] = 1 / _quantile(mixture.weight, shape[some], rate[some], _HIGH)
    below = (1 - gammainc(shape, rate / target) @ mixture.weight) if target else np.full_like(low, np.nan)
    return [
        Cac(Estimate(low=lo, mid=_known(mi), high=_known(hi), level=LEVEL, n=_tidy(n), method=method), _known(p))
        for lo, mi, hi, n, p in zip(low.tolist(), mid.tolist(), high.tolist(), x, below.tolist(), strict=True)
    ]


def _known(value: float) -> float | None:
    return None if np.isnan(value) else value


def _quantile(weight: Floats, shape: Floats, rate: Floats, p: float) -> Floats:
    """The p-quantile of each row's mixture of Gammas: Newton on the logit of the cdf over the log of the rate.

    The logit is close to a line where the cdf is near 0 or 1, so few steps suffice; a step that leaves the bracket
    found so far is replaced by its middle. Rows that have arrived are left alone.
    """
    log_rate = _start(weight, shape, rate, p)
    lower, upper = log_rate - 50, log_rate + 50
    goal = np.log(p / (1 - p))
    open_rows = np.arange(len(log_rate))
    for _ in range(_STEPS):
        at, lo, hi = log_rate[open_rows], lower[open_rows], upper[open_rows]
        value, slope = _logit_cdf(weight, shape[open_rows], rate[open_rows], at)
        lo, hi = np.where(value <= goal, at, lo), np.where(value >= goal, at, hi)
        step = at + np.clip((goal - value) / slope, -3, 3)
        step = np.where((step >= lo) & (step <= hi), step, (lo + hi) / 2)
        log_rate[open_rows], lower[open_rows], upper[open_rows] = step, lo, hi
        open_rows = open_rows[np.abs(step - at) > _CLOSE]
        if not len(open_rows):
            break
    quantile: Floats = np.exp(log_rate)
    return quantile


def _start(weight: Floats, shape: Floats, rate: Floats, p: float) -> Floats:
    """The log quantile of the one Gamma with the mixture's mean and variance."""
    mean = (shape / rate) @ weight
    variance = (shape * (shape + 1) / rate**2) @ weight - mean**2
    quantile: Any = gammaincinv(mean**2 / variance, p) * variance / mean
    log_quantile: Floats = np.log(np.maximum(quantile, mean * 1e-12))
    return log_quantile


def _logit_cdf(weight: Floats, shape: Floats, rate: Floats, log_rate: Floats) -> tuple[Floats, Floats]:
    """Logit of each row's cdf at `exp(log_rate)`, and its slope."""
    z = rate * np.exp(log_rate)[:, None]
    cdf = np.clip(gammainc(shape, z) @ weight, 1e-300, 1 - 1e-15)
    density = np.exp(shape * np.log(z) - z - gammaln(shape)) @ weight
    slope = np.maximum(density / (cdf * (1 - cdf)), 1e-12)
    return np.log(cdf) - np.log1p(-cdf), slope
