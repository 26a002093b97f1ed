"""Profiles without numbers, as rows of a file."""

from collections.abc import Iterable, Iterator

from creators.models import Refresh

HEADER = (
    "creator",
    "handle",
    "platform",
    "question",
    "cause",
    "what_happened",
    "failed_at",
    "tried",
    "stopped",
    "next",
)


def rows(failures: Iterable[Refresh]) -> Iterator[list[object]]:
    """One row a question without an answer."""
    for row in failures:
        yield [
            row.profile.creator.name, row.profile.handle, row.profile.platform, row.question, row.failure,
            row.failure_words, row.failed_at, row.failures, "yes" if row.stopped_at else "no",
            None if row.stopped_at else row.due_at,
        ]  # fmt: skip
