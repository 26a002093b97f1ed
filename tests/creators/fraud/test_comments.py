from datetime import UTC, datetime

import pytest

from creators.enums import Level, Platform
from creators.logic.fraud.comments import repeated_among, s5, s6, s7
from creators.logic.fraud.facts import Comment, Facts, Norm
from creators.logic.fraud.scale import FLAGGED_FROM
from creators.logic.fraud.words import fold, is_generic

NOW = datetime(2026, 6, 1, tzinfo=UTC)


def facts(
    *texts: str, promo: int = 0, authors: list[str] | None = None, norms: dict[str, Norm] | None = None
) -> Facts:
    """Comments by different authors unless they are named; the first `promo` of them sell something."""
    names = authors or [f"author {place}" for place in range(len(texts))]
    comments = tuple(
        Comment(place, place % 5, names[place], text, is_generic=is_generic(text), fold=fold(text),
                promo_score=0.9 if place < promo else 0.1)
        for place, text in enumerate(texts)
    )  # fmt: skip
    return Facts(Platform.INSTAGRAM, None, NOW, comments=comments, norms=norms or {})


def honest(count: int) -> list[str]:
    return [
        f"{word} {'xyzuvw'[place % 6] * 9}{chr(97 + place % 26) * 8}{place * 7919}"
        for place, word in enumerate(["I"] * count)
    ]


def repeated(*texts: str, authors: list[str] | None = None) -> list[int]:
    return [comment.id for comment in repeated_among(facts(*texts, authors=authors).comments)]


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        (["Love this", "love this!! 😍", "I made it with oats"], [0, 1]),
        (["yes", "yes"], []),  # folds under four letters
        (["Great content keep it up", "Graet content keep it up!", "Keep the receipt"], [0, 1]),
        (["lovely", "lovelz"], []),  # too short to be near
        (["🔥", "🔥"], []),
        ([], []),
    ],
)
def test_comments_repeat_when_others_wrote_the_same_or_nearly(texts, found):
    assert repeated(*texts) == found


def test_an_author_who_repeats_herself_is_one_person():
    texts = ["where is my parcel please", "where is my parcel please!", "where is my parcel pleas"]

    assert repeated(*texts, authors=["a", "a", "a"]) == []
    assert repeated(*texts, authors=["a", "a", "b"]) == [0, 1, 2]


def test_unknown_authors_are_different_people():
    assert repeated("Love this so", "Love this so", authors=["", ""]) == [0, 1]


@pytest.mark.parametrize(
    ("copies", "level"),
    [(0, Level.CLEAR), (12, Level.CLEAR), (13, Level.WATCH), (15, Level.WATCH), (16, Level.FLAGGED)],
)
def test_more_than_a_fifth_repeated_is_watched_and_more_than_a_quarter_flagged(copies, level):
    signal = s5(facts(*["which pan do you use for it"] * copies, *honest(60 - copies)))

    assert signal.level == level
    assert (signal.value, signal.threshold, signal.n) == (copies / 60, 0.2, 60)
    assert signal.evidence["comments"] == list(range(copies))


def test_repeated_and_generic_together_are_bot_praise():
    signal = s5(facts(*["Love this so much"] * 13, *["🔥"] * 10, *honest(37)))

    assert signal.level == Level.FLAGGED


@pytest.mark.parametrize("rule", [s5, s6, s7])
def test_fewer_than_forty_comments_are_insufficient(rule):
    signal = rule(facts(*["Nice pic"] * 39, promo=39))

    assert (signal.level, signal.value, signal.excess, signal.n) == (Level.INSUFFICIENT, None, None, 39)


def test_generic_comments_alone_are_never_flagged():
    emoji = ["🔥" * (1 + place) for place in range(50)]

    signal = s6(facts(*emoji))

    assert (signal.level, signal.value) == (Level.WATCH, 1.0)
    assert signal.excess == FLAGGED_FROM


def test_generic_comments_are_flagged_beside_repeated_ones():
    assert s6(facts(*["Love this"] * 50)).level == Level.FLAGGED


@pytest.mark.parametrize(
    ("sold", "level"), [(9, Level.CLEAR), (10, Level.WATCH), (11, Level.WATCH), (12, Level.FLAGGED)]
)
def test_promotion_is_watched_above_eighteen_percent(sold, level):
    assert s7(facts(*honest(50), promo=sold)).level == level


def test_the_place_among_clean_peers_comes_from_their_norm_where_there_is_one():
    norm = Norm(0, 0, 0.1, 0.2, 0.3, n=240, basis="own creators")

    assert s7(facts(*honest(50), promo=20, norms={"S7": norm})).excess == pytest.approx(1.5)
