"""One figure of the signals bench beside what is asked of it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Bar:
    """`value` must be at least `bound`, or at most, as `at_least` says; `counts` tell what stands behind it.

    `value` is None where the folder holds too little to measure it; `counts` then says what is missing.
    """

    name: str
    value: float | None
    bound: float
    at_least: bool
    counts: str = ""

    @property
    def is_short(self) -> bool:
        """Whether it was measured and missed."""
        if self.value is None:
            return False
        return self.value < self.bound if self.at_least else self.value > self.bound

    def __str__(self) -> str:
        verdict = "unmeasured" if self.value is None else "short" if self.is_short else "ok"
        value = "-" if self.value is None else f"{self.value:.4f}"
        return f"{self.name} {value} {self.bound:g} {verdict}  # {self.counts}".removesuffix("  # ")
