"""A number with how sure we are of it. `templates/components/_estimate.html` is the only way to print one."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Estimate:
    """An interval at `level` (0.9 is 90 %) that rests on `n` observations. None: not known, `method` says why."""

    low: float | None
    mid: float | None
    high: float | None
    level: float
    n: int | float
    method: str
