"""The assessment over all signals, its budget, and what it never does."""

from datetime import UTC, datetime, timedelta

import pytest

from creators.enums import Level, Platform, Tier
from creators.logic.fraud.composite import Assessment, Thresholds, assess, threshold_for, verdict
from creators.logic.fraud.facts import Day, Facts, Post
from creators.logic.fraud.rules import RULES
from creators.logic.fraud.signal import VERSION, Signal

NOW = datetime(2026, 5, 31, 12, tzinfo=UTC)
SHARED = Thresholds(watch=1.5, flagged=2.0)


def signal(code, excess, level=Level.WATCH):
    return Signal(code, code, level, "An example.", excess=excess)


@pytest.mark.parametrize(
    ("signals", "level", "score"),
    [
        pytest.param([("S1", 0.0), ("S9", 0.4)], Level.CLEAR, 0.4, id="nothing unusual"),
        pytest.param(
            [("S1", 0.0), ("S9", 1.4)], Level.CLEAR, 1.4, id="one in a hundred of one rule is within the budget"
        ),
        pytest.param([("S1", 0.0), ("S9", 1.6)], Level.WATCH, 1.6, id="watched"),
        pytest.param([("S1", 2.1), ("S9", 1.6)], Level.FLAGGED, 2.1, id="flagged"),
        pytest.param([("S6", 5.0), ("S9", 0.1)], Level.WATCH, 5.0, id="generic comments alone"),
        pytest.param([("S14", 5.0), ("S6", 5.0)], Level.WATCH, 5.0, id="two weak ones"),
        pytest.param([("S6", 5.0), ("S5", 2.1)], Level.FLAGGED, 5.0, id="a weak one beside a strong one"),
        pytest.param([("S1", None), ("S9", 0.2)], Level.CLEAR, 0.2, id="a rule without a part in it"),
    ],
)
def test_the_largest_excess_decides_within_the_budget_of_the_set(signals, level, score):
    assessment = verdict([signal(code, excess) for code, excess in signals], SHARED)

    assert (assessment.level, assessment.score, assessment.thresholds) == (level, score, SHARED)


def test_what_its_own_rule_finds_clear_makes_nobody_watched():
    assessment = verdict([signal("S6", 4.0, Level.CLEAR), signal("S9", 0.2, Level.CLEAR)], SHARED)

    assert (assessment.level, assessment.score) == (Level.CLEAR, SHARED.watch)


def test_thresholds_that_reviews_have_moved_decide():
    assert assess(creator(BUYER), Thresholds(50.0, 60.0, "moved by 40 reviews")).level == Level.CLEAR


def test_too_little_of_everything_is_an_answer():
    assessment = verdict([signal("S1", None, Level.INSUFFICIENT), signal("S9", None, Level.INSUFFICIENT)])

    assert (assessment.level, assessment.score) == (Level.INSUFFICIENT, None)


def test_the_deciding_signal_comes_first_and_the_next_two_are_named():
    excesses = {"S1": 0.2, "S2": None, "S5": 3.0, "S9": 1.0, "S10": 2.0, "S11": -0.3}

    assessment = verdict([signal(code, excess) for code, excess in excesses.items()], SHARED)

    assert [one.code for one in assessment.named] == ["S5", "S10", "S9"]
    assert len(assessment.signals) == 6


def test_nothing_is_named_where_nothing_is_unusual():
    assert verdict([signal("S1", 0.0)]).named == ()


@pytest.mark.parametrize(
    ("scores", "budget", "threshold"),
    [
        (range(1, 100), 0.05, 95),
        (range(1, 100), 0.02, 98),
        (range(1, 1000), 0.05, 950),
        (range(1, 11), 0.05, 10),
        ([3.0], 0.05, 3.0),
    ],
)
def test_a_threshold_lets_no_more_than_the_budget_pass(scores, budget, threshold):
    assert threshold_for(list(scores), budget) == threshold


def test_a_threshold_needs_clean_creators():
    with pytest.raises(ValueError, match="at least one"):
        threshold_for([], 0.05)


def creator(followers):
    days = tuple(Day(NOW.date() - timedelta(days=89 - place), count) for place, count in enumerate(followers))
    likes = [300, 180, 420, 260, 510, 240, 330, 150, 380, 290, 220, 460]
    posts = tuple(
        Post(number, NOW - timedelta(days=3 + 5 * number), likes=count, comments=6, views=count * 9)
        for number, count in enumerate(likes)
    )
    return Facts(Platform.INSTAGRAM, Tier.NANO, NOW, days=days, posts=posts)


HONEST = [4_000 + 5 * day + day % 4 for day in range(90)]
BUYER = [count if day < 70 else count + 1_500 for day, count in enumerate(HONEST)]


@pytest.mark.parametrize(("followers", "level"), [(HONEST, Level.CLEAR), (BUYER, Level.FLAGGED), ([], Level.CLEAR)])
def test_all_rules_together(followers, level):
    assessment = assess(creator(followers))

    assert (assessment.level, assessment.version) == (level, VERSION)
    assert len(assessment.signals) == len(RULES)


def test_nothing_known_is_insufficient_and_never_a_crash():
    assessment = assess(Facts(Platform.PINTEREST, None, NOW))

    assert assessment == Assessment(Level.INSUFFICIENT, None, assessment.signals)
    assert all(one.reason and one.version == VERSION for one in assessment.signals)


def test_the_same_facts_give_the_same_assessment():
    assert assess(creator(BUYER)) == assess(creator(BUYER))


def test_every_signal_of_a_judged_creator_can_be_explained():
    for one in assess(creator(BUYER)).signals:
        assert one.reason.endswith(".")
        if one.level in (Level.WATCH, Level.FLAGGED):
            assert one.value is not None and one.threshold is not None and one.window and one.n and one.evidence
