"""What a comment and a follower come to when they are stored: scored once, then never looked at again."""

from collections.abc import Sequence
from dataclasses import dataclass

from creators.enums import Platform
from creators.logic.fraud.comments import score_comment
from creators.logic.fraud.facts import AudienceCounts, Follower
from creators.logic.fraud.signal import VERSION

UNSCORED = "unscored"


@dataclass(frozen=True)
class Scored:
    """A comment's scores, and which rules gave them. `fold` is the text as S5 compares it."""

    fold: str
    is_generic: bool
    promo_score: float
    version: str = VERSION


def scored_comment(text: str, platform: Platform) -> Scored:
    """The scores of a comment's text."""
    return Scored(*score_comment(text, platform))


def scored_audience(followers: Sequence[Follower]) -> tuple[AudienceCounts, str]:
    """How many of a sample are suspicious, the first digits of whom they follow, and which rules said so."""
    return AudienceCounts(n=len(followers), suspicious=0, digits=first_digits(followers)), UNSCORED


def first_digits(followers: Sequence[Follower]) -> tuple[int, ...]:
    """How often each first digit, 1 to 9, stands before how many the followers follow."""
    digits = [str(follower.following)[0] for follower in followers if follower.following]
    return tuple(digits.count(str(digit)) for digit in range(1, 10))
