"""What a checklist comes to, and the words in which a creator is asked for audience figures."""

from collections.abc import Sequence
from dataclasses import dataclass

from creators.enums import VettingItem

ITEMS = len(VettingItem)
LEAST = 5
"""So many items must be judged before their mean says something."""


@dataclass(frozen=True)
class VettingMean:
    """The mean of the scores of a checklist, and of how many of its items."""

    mean: float | None
    n: int
    of: int = ITEMS

    @property
    def is_enough(self) -> bool:
        """Whether so many were judged that the mean says something."""
        return self.n >= LEAST

    @property
    def words(self) -> str:
        """`4.1 of 5 over 7 of 10`; too few judged says so, without a mean."""
        if not self.n:
            return "Nothing judged yet"
        if not self.is_enough or self.mean is None:
            return f"{self.n} of {self.of} judged, too few for a mean"
        return f"{self.mean:.1f} of 5 over {self.n} of {self.of}"


def mean_of(scores: Sequence[int | None]) -> VettingMean:
    """The mean of the items that were judged; those that were not count for nothing."""
    judged = [score for score in scores if score is not None]
    return VettingMean(sum(judged) / len(judged) if judged else None, len(judged))


def audience_question(*, name: str, brand: str, fee: str) -> str:
    """The text that asks a creator for their audience figures. `fee` is the amount above which the brand asks."""
    return (
        f"Hello {name},\n\n"
        f"We would like to work with you. Before we agree on a fee above {fee}, we look at who your audience is. "
        "Could you send us, from the statistics of your account over the last 30 days:\n\n"
        "- age groups\n- gender\n- countries, and cities where they are shown\n\n"
        "Screenshots are fine, and so is a CSV file if your platform offers one. Only our team sees them.\n\n"
        f"Thank you,\n{brand}\n"
    )
