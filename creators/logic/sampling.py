"""What a comment and a follower come to when they are stored: scored once, then never looked at again."""

from collections.abc import Sequence
from dataclasses import dataclass

from creators.enums import Platform
from creators.logic.fraud.audience import count_audience
from creators.logic.fraud.comments import score_comment
from creators.logic.fraud.facts import AudienceCounts, Follower
from creators.logic.fraud.signal import VERSION


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
    return count_audience(followers), VERSION
