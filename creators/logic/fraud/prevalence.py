"""The true share behind a share that an imperfect test found, with an interval that knows how imperfect it is."""

import math
from dataclasses import dataclass

Z = 1.959964
"""The standard normal quantile of a 95 % interval."""

CROWDS = 2
"""The variances of Se and Sp count twice: the trial's crowd was a sample, and so is the crowd that is judged. Counted
once, every fifth crowd that the trial had not seen was held by fewer than 90 % of its 95 % intervals."""


@dataclass(frozen=True)
class Share:
    """An estimated share with its 95 % interval, all between 0 and 1."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Trial:
    """What a test found on accounts with known truth: `found` of the `fakes`, `cleared` of the `genuine`."""

    found: int
    fakes: int
    cleared: int
    genuine: int


def true_share(positives: int, n: int, trial: Trial) -> Share | None:
    """Rogan and Gladen's estimate (Am J Epidemiol 1978) with Lang and Reiczigel's interval (Prev Vet Med 2014).

    The estimate is (q + Sp - 1) / (Se + Sp - 1). The interval adds pseudo-observations (z² to the sample, two to each
    of the test's own) and carries the sampling errors of Se and Sp; `delta` shifts it for their skewness. None where
    nothing was sampled, or the test is no better than a coin.
    """
    if n <= 0 or trial.found / trial.fakes + trial.cleared / trial.genuine <= 1:
        return None
    sensitivity, specificity = trial.found / trial.fakes, trial.cleared / trial.genuine
    value = (positives / n + specificity - 1) / (sensitivity + specificity - 1)
    middle, half = _interval(positives, n, trial)
    return Share(_unit(value), _unit(middle - half), _unit(middle + half))


def _interval(positives: int, n: int, trial: Trial) -> tuple[float, float]:
    """Its middle and half its width."""
    more, fakes, genuine = n + Z**2, trial.fakes + 2, trial.genuine + 2
    q, se, sp = (positives + Z**2 / 2) / more, (trial.found + 1) / fakes, (trial.cleared + 1) / genuine
    share = (q + sp - 1) / (se + sp - 1)
    of_se, of_sp = CROWDS * se * (1 - se) / fakes, CROWDS * sp * (1 - sp) / genuine
    delta = 2 * Z**2 * (share * of_se - (1 - share) * of_sp)
    spread = math.sqrt(q * (1 - q) / more + share**2 * of_se + (1 - share) ** 2 * of_sp) / (se + sp - 1)
    return share + delta, Z * spread


def _unit(value: float) -> float:
    return min(max(value, 0.0), 1.0)
