"""Which changes of a follower count are news."""

from datetime import UTC, datetime, timedelta

import pytest

from creators.enums import AlertKind
from creators.logic.alerts import Count, change_of

NOW = datetime(2026, 11, 22, tzinfo=UTC)


def counts(*pairs, step=1):
    return [Count(NOW - timedelta(days=back), followers, step) for back, followers in pairs]


@pytest.mark.parametrize(
    ("series", "kind"),
    [
        (counts((7, 10_000), (0, 11_000)), AlertKind.JUMP),
        (counts((7, 10_000), (0, 10_990)), None),
        (counts((7, 10_000), (0, 9_000)), AlertKind.COLLAPSE),
        (counts((8, 5_000), (7, 10_000), (1, 10_100), (0, 10_200)), None),
        (counts((3, 10_000), (0, 12_000)), AlertKind.JUMP),
        (counts((40, 1_000), (0, 12_000)), None),
        (counts((7, 300), (0, 340)), None),
        (counts((7, 300), (0, 350)), AlertKind.JUMP),
        (counts((7, 0), (0, 5_000)), None),
        (counts((0, 5_000)), None),
        (counts((7, 1_000), (0, 1_100), step=100), None),
        (counts((7, 1_000), (0, 1_300), step=100), AlertKind.JUMP),
    ],
)
def test_a_tenth_within_a_week_is_news(series, kind):
    change = change_of(series)

    assert (change.kind if change else None) == kind


def test_the_words_say_from_what_to_what():
    change = change_of(counts((7, 10_000), (0, 12_500)))

    assert change and change.words == "gained 2,500 followers in 7 days (25%): 10,000 to 12,500"
