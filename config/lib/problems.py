"""What is wrong with one line of a file, in words for a person."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """Why a line cannot be taken: which field, what it holds, and what to do."""

    line: int
    field: str
    value: str
    reason: str
