"""Who can be named a top performer, and who only looks like one.

`top-quartile-1`: each creator's rate (new customers, orders or clicks for each unit of cost) has the posterior of
`results.logic.cac`. v is the chance that a creator is in the top quartile, from joint draws; sorted by v, the largest
group is named whose mean chance of not belonging is at most 20 % (Bayesian false-discovery rate, as in Henderson &
Newton 2016). Few orders name nobody.
"""

from collections.abc import Sequence

import numpy as np

from results.logic.cac import Floats, mixture_of

METHOD = "top-quartile-1"
FALSE_DISCOVERIES = 0.2
SHARE = 0.25
DRAWS = 2_000
_LEAST = 4  # creators with cost, under which there is no quartile
_AT_ONCE = 4_000_000  # draws kept in memory


def top_quartile(results: Sequence[float], costs: Sequence[float], *, seed: int) -> list[int]:
    """The positions that can be named. Who cost nothing has no rate and is not among them."""
    x, cost = np.asarray(results, float), np.asarray(costs, float)
    paid = np.flatnonzero(cost > 0)
    if len(paid) < _LEAST or not x[paid].sum():
        return []
    chance = _chances(x[paid], cost[paid], np.random.default_rng(seed))
    return sorted(paid[named(chance)].tolist())


def named(chance: Floats) -> np.ndarray:
    """The largest group, the likeliest first, with a mean chance of error of at most 20 %."""
    order = np.argsort(-chance, kind="stable")
    errors = np.cumsum(1 - chance[order]) / np.arange(1, len(chance) + 1)
    return order[: int(np.sum(errors <= FALSE_DISCOVERIES + 1e-9))]


def _chances(x: Floats, cost: Floats, random: np.random.Generator) -> Floats:
    """How likely each is among the best quarter. One draw takes one point of the grid for all creators together."""
    mixture = mixture_of(x, cost)
    places, best = np.zeros(len(x)), int(np.floor(len(x) * SHARE))
    block = max(1, _AT_ONCE // len(x))
    for done in range(0, DRAWS, block):
        points = random.choice(len(mixture.weight), size=min(block, DRAWS - done), p=mixture.weight)
        shape, rate = mixture.shape[points, None] + x, mixture.rate[points, None] + cost
        drawn = random.standard_gamma(shape) / rate
        limit = np.partition(drawn, len(x) - best, axis=1)[:, len(x) - best, None]
        places += (drawn >= limit).sum(axis=0)
    return places / DRAWS
