import csv

import numpy as np
import pytest

from benchmarks.signal_bars import audience, comments
from benchmarks.signal_bars.account_fit import accounts_in, fit_accounts
from benchmarks.signal_bars.bar import Bar
from benchmarks.signal_bars.learn import auc, folds_of, recall_at, table_of
from benchmarks.signal_bars.praise import bot_comments
from benchmarks.signal_bars.promo_fit import comments_in, fit_promo
from config.testing import data_folder
from creators.enums import Platform
from creators.logic.fraud.promo import GRAM, PROMOTIONAL, promo_score, weights_for
from creators.logic.fraud.words import DATA

FILES = {"comments.csv": ("text", "is_spam", "source", "licence"),
         "accounts.csv": ("followers", "following", "posts", "pic", "private", "digits", "is_fake", "source")}  # fmt: skip


def folder(path, **rows):
    for name, columns in FILES.items():
        with (path / name).open("w", newline="") as file:
            csv.writer(file).writerows([columns, *rows.get(name.removesuffix(".csv"), [])])
    return path


@pytest.mark.parametrize(
    ("bar", "line"),
    [
        (Bar("recall", 0.9512, 0.95, True, "20 of 21"), "recall 0.9512 0.95 ok  # 20 of 21"),
        (Bar("recall", 0.94, 0.95, True), "recall 0.9400 0.95 short"),
        (Bar("false", 0.03, 0.02, False), "false 0.0300 0.02 short"),
        (Bar("false", None, 0.02, False, "no rows"), "false - 0.02 unmeasured  # no rows"),
    ],
)
def test_a_bar_is_a_line(bar, line):
    assert str(bar) == line


def test_a_folder_without_rows_is_unmeasured_and_no_crash(tmp_path):
    missing = [*comments.bars(tmp_path, 1, cross_fit=False), *audience.bars(tmp_path, 1, cross_fit=True)]
    empty = [*comments.bars(folder(tmp_path), 1, cross_fit=True), *audience.bars(tmp_path, 1, cross_fit=False)]

    assert {bar.value for bar in missing} == {bar.value for bar in empty} == {None}
    assert len(missing) == len(empty) == 11


def test_unknown_sources_and_blank_cells_are_read(tmp_path):
    rows = folder(
        tmp_path,
        comments=[("hello", "0", "TT:Somebody", ""), ("hi", "1", "YT:Song", "")],
        accounts=[(10, 20, 3, "", "", "", "1", "Else"), (10, "", 3, "1.0", "0.0", "0.5", "0", "Else")],
    )

    assert [one.platform for one in comments_in(rows)] == [Platform.INSTAGRAM, Platform.YOUTUBE]
    assert [(one.follower.has_picture, one.is_fake) for one in accounts_in(rows)] == [(None, True)]


def test_weights_learn_to_tell_what_they_were_shown(tmp_path):
    said = [
        (f"{word} number {n}", spam, "YT:A", "")
        for n in range(30)
        for word, spam in (("buy pills", 1), ("sweet tune", 0))
    ]

    weights = fit_promo(comments_in(folder(tmp_path, comments=said)), Platform.YOUTUBE)

    assert promo_score("buy pills number 99", weights) > 0.5 > promo_score("sweet tune number 99", weights)
    assert max(map(len, weights.grams)) <= GRAM


def test_accounts_are_fitted_with_a_trial_of_their_own(tmp_path):
    draw = np.random.default_rng(1)
    people = [
        (draw.integers(200, 900), draw.integers(100, 600), draw.integers(20, 300), 1, 0, 0, 0, "SRF")
        for _ in range(60)
    ]
    fakes = [(draw.integers(0, 40), draw.integers(2_000, 7_000), 0, 0, 0, 0.4, 1, "SRF") for _ in range(30)]

    weights = fit_accounts(accounts_in(folder(tmp_path, accounts=people + fakes)))

    assert (weights.trial.fakes, weights.trial.genuine, weights.trial.found) == (30, 60, 30)


def test_figures_of_a_score():
    scores, labels = np.array([0.1, 0.2, 0.3, 0.9, 0.8]), np.array([0, 0, 1, 1, 0])

    table = table_of(scores > 0.25, labels)

    assert auc(scores, labels) == pytest.approx(5 / 6)
    assert recall_at(scores, labels, false_share=0.5) == 1
    assert (table.hits, table.false, table.f1) == (2, 1, pytest.approx(0.8))
    assert sorted(folds_of(labels, 2, seed=1)[labels == 1]) == [0, 1]


def test_bot_praise_is_the_same_for_the_same_seed():
    one, two = (bot_comments(18, np.random.default_rng(5)) for _ in range(2))

    assert one == two
    assert len(one) == 18


def test_shipped_weights_are_small_and_name_their_licence():
    shipped = list((DATA / "weights").glob("*.json"))

    assert len(shipped) == 3
    assert sum(path.stat().st_size for path in shipped) < 500_000
    assert all('"licence"' in path.read_text() for path in shipped)


@pytest.mark.data
def test_public_accounts_are_told_apart_by_the_shipped_weights():
    found = list(audience.bars(data_folder() / "fraud", 1, cross_fit=False))

    assert [str(bar) for bar in found if bar.value is None or bar.is_short] == []


@pytest.mark.data
@pytest.mark.parametrize("platform", [Platform.YOUTUBE, Platform.INSTAGRAM])
def test_public_comments_are_told_apart_by_the_shipped_weights(platform):
    rows = [row for row in comments_in(data_folder() / "fraud") if row.platform == platform][::6]
    scores = np.array([promo_score(row.text, weights_for(platform)) for row in rows])

    table = table_of(scores >= PROMOTIONAL, np.array([row.is_spam for row in rows]))

    assert table.f1 > 0.95
    assert table.false_share < 0.05
