import math
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from creators.enums import Level, Platform
from creators.logic.fraud.accounts import NEVER_INNOCENT, account_features, score_account, shipped_weights
from creators.logic.fraud.audience import benford_distance, count_audience, s13, s14
from creators.logic.fraud.facts import AudienceCounts, Facts, Follower, Norm
from creators.logic.fraud.prevalence import Trial, true_share

NOW = datetime(2026, 6, 1, tzinfo=UTC)
PERSON = Follower(420, 380, 96, has_picture=True, digit_share=0.0)
BOUGHT = Follower(12, 5_400, 0, has_picture=False, digit_share=0.4)


def facts(suspicious: int, n: int = 300, digits: tuple[int, ...] = (), norms: dict[str, Norm] | None = None) -> Facts:
    return Facts(Platform.INSTAGRAM, None, NOW, audience=AudienceCounts(n, suspicious, digits), norms=norms or {})


def test_who_follows_thousands_and_posts_nothing_looks_bought():
    weights = shipped_weights()

    scores = {name: score_account(one, weights) for name, one in (("person", PERSON), ("bought", BOUGHT))}

    assert scores["person"] and scores["bought"]
    assert scores["person"] < 0.05 < weights.threshold < 0.9 < scores["bought"]


@pytest.mark.parametrize("missing", ["followers", "following", "posts"])
def test_an_unknown_count_is_no_zero(missing):
    unknown = replace(PERSON, **{missing: None})

    assert account_features(unknown) is None
    assert score_account(unknown, shipped_weights()) is None


def test_an_unknown_picture_or_name_counts_as_ordinary():
    unknown = replace(PERSON, has_picture=None, digit_share=None)

    assert account_features(unknown) == account_features(PERSON)


def test_shipped_weights_fit_the_features_and_never_excuse_what_is_never_innocent():
    weights = shipped_weights()

    assert set(weights.features) == set(account_features(PERSON) or {})
    assert all(weights.features[name] >= 0 for name in NEVER_INNOCENT)


def test_a_sample_is_counted_once_for_storing():
    sample = [PERSON, BOUGHT, replace(PERSON, posts=None), replace(PERSON, following=0)]

    counts = count_audience(sample)

    assert (counts.n, counts.suspicious) == (3, 1)
    assert counts.digits == (0, 0, 2, 0, 1, 0, 0, 0, 0)


def test_rogan_gladen_takes_out_what_the_test_gets_wrong():
    trial = Trial(found=80, fakes=100, cleared=900, genuine=1_000)

    exact = true_share(300, 1_000, trial)

    assert exact is not None
    assert exact.value == pytest.approx((0.3 + 0.9 - 1) / (0.8 + 0.9 - 1))
    assert exact.low < exact.value < exact.high


@pytest.mark.parametrize(("positives", "low", "value"), [(0, 0, 0), (10, 0, 0), (300, 1, 1)])
def test_shares_stay_between_nothing_and_all(positives, low, value):
    share = true_share(positives, 300, Trial(800, 1_000, 9_500, 10_000))

    assert share is not None
    assert share.value == value
    assert 0 <= share.low <= share.high <= 1
    assert (share.low > 0.9) == bool(low)


def test_a_smaller_trial_widens_the_interval():
    wide, narrow = true_share(90, 300, Trial(8, 10, 90, 100)), true_share(90, 300, Trial(800, 1_000, 9_000, 10_000))

    assert wide and narrow
    assert wide.high - wide.low > 1.5 * (narrow.high - narrow.low)


@pytest.mark.parametrize(
    ("n", "trial"), [(0, Trial(9, 10, 9, 10)), (100, Trial(5, 10, 5, 10)), (100, Trial(1, 10, 2, 10))]
)
def test_no_sample_or_a_useless_test_tells_nothing(n, trial):
    assert true_share(0, n, trial) is None


@pytest.mark.parametrize(
    ("suspicious", "level"), [(60, Level.CLEAR), (85, Level.CLEAR), (110, Level.WATCH), (180, Level.FLAGGED)]
)
def test_the_audience_is_judged_by_the_lower_end(suspicious, level):
    signal = s13(facts(suspicious))

    assert signal.level == level
    assert signal.value == signal.evidence["low"] <= signal.evidence["share"] < signal.evidence["high"]
    assert (signal.n, signal.threshold) == (300, 0.2)


def test_fewer_than_a_hundred_followers_are_not_enough():
    signal = s13(facts(90, n=99))

    assert (signal.level, signal.value, signal.excess) == (Level.INSUFFICIENT, None, None)


def test_sampled_followers_are_scored_where_no_counts_are_stored():
    sampled = Facts(Platform.INSTAGRAM, None, NOW, followers=(PERSON,) * 30 + (BOUGHT,) * 90)

    signal = s13(sampled)

    assert (signal.level, signal.evidence["suspicious"], signal.n) == (Level.FLAGGED, 90, 120)


def test_own_norms_place_the_audience_among_its_peers():
    own = Norm(0, 0, 0.1, 0.2, 0.3, n=300, basis="own creators")

    signal = s13(facts(150, norms={"S13": own}))

    assert signal.value is not None
    assert signal.excess == pytest.approx((signal.value - 0.1) / 0.2)


def test_benford_advises_and_is_held_against_nobody():
    benford = tuple(round(1_000 * math.log10(1 + 1 / digit)) for digit in range(1, 10))

    usual, odd = s14(facts(0, digits=benford)), s14(facts(0, digits=(0, 0, 0, 0, 0, 0, 0, 0, 400)))

    assert benford_distance(benford) < 0.001
    assert (usual.level, odd.level) == (Level.CLEAR, Level.CLEAR)
    assert odd.value and odd.threshold and usual.value
    assert odd.value > odd.threshold > usual.value
    assert odd.excess is None
    assert s14(facts(0, digits=(299,) + (0,) * 8)).level == Level.INSUFFICIENT
