"""The queue of signals as a table."""

from collections.abc import Iterable, Iterator

from creators.models import Assessment

HEADER = ("creator", "handle", "platform", "followers", "level", "score", "flagged", "watched", "review", "version",
          "since", "checked", "reasons")  # fmt: skip


def rows(found: Iterable[Assessment]) -> Iterator[list[object]]:
    """One row an assessment; `reasons` are the sentences of the watched and flagged signals."""
    for each in found:
        profile = each.profile
        yield [
            profile.creator.name, profile.handle, profile.platform, profile.followers, each.level,
            None if each.score is None else round(each.score, 3), " ".join(each.flagged), " ".join(each.watched),
            each.verdict or "", each.version, each.made_at, each.checked_at,  # type: ignore[attr-defined]
            " ".join(signal["reason"] for signal in each.signals if signal["code"] in each.flagged + each.watched),
        ]  # fmt: skip
