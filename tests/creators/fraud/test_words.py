import pytest

from creators.enums import Platform
from creators.logic.fraud.comments import score_comment
from creators.logic.fraud.promo import GRAM, features, grams, weights_for
from creators.logic.fraud.words import fold, is_generic


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Love this!!! 😍😍", "lovethis"),
        ("@anna.b  LOVE   this", "lovethis"),
        ("ｌｏｖｅ 𝓽𝓱𝓲𝓼", "lovethis"),
        ("love<br />this\ufeff", "lovethis"),
        ("I &lt;3 it, isn&#39;t it", "i3itisntit"),
        ("😍🔥", ""),
        ("@anna @ben", ""),
        ("Спасибо, очень вкусно!", "спасибооченьвкусно"),
        ("", ""),
    ],
)
def test_a_fold_keeps_letters_and_digits_of_what_was_said(text, folded):
    assert fold(text) == folded


@pytest.mark.parametrize(
    "text",
    [
        "🔥🔥🔥",
        "!!!",
        "@anna",
        "Love it!",
        "Sooooo beautifullll 😍",
        "coool",
        "Great content bro",
        "Que linda",
        "Wow",
    ],
)
def test_praise_and_emoji_are_generic(text):
    assert is_generic(text)


@pytest.mark.parametrize(
    "text",
    ["this is the one", "Which shade is it?", "Does it melt in the sun", "love this so much it made my day", "first"],
)
def test_what_asks_or_tells_is_not_generic(text):
    assert not is_generic(text)


@pytest.mark.parametrize(
    ("platform", "text"),
    [
        (Platform.YOUTUBE, "Hey guys, please check out my channel and subscribe, I upload covers every week!"),
        (Platform.YOUTUBE, "free gift cards at http://www.example.com/win"),
        (Platform.INSTAGRAM, "I invested $500 and got a profit of $6,000 in bitcoin thanks to @trader_example"),
        (Platform.INSTAGRAM, "𝗗𝗠 me to earn daily with crypto trading"),
        (Platform.TIKTOK, "Invest with her platform, I withdrew £9,000 in a week"),
    ],
)
def test_what_sells_is_promotional(platform, text):
    assert score_comment(text, platform)[2] >= 0.5


@pytest.mark.parametrize(
    ("platform", "text"),
    [
        (Platform.YOUTUBE, "I still listen to this song every summer"),
        (Platform.YOUTUBE, "lol"),
        (Platform.INSTAGRAM, "My hair has never been this soft, which conditioner is it?"),
        (Platform.INSTAGRAM, "❤️❤️"),
        (Platform.INSTAGRAM, ""),
        (Platform.PINTEREST, "Made this for my sister's birthday and she loved it"),
    ],
)
def test_what_does_not_sell_is_not_promotional(platform, text):
    assert score_comment(text, platform)[2] < 0.5


def test_a_stored_comment_gets_fold_generic_and_score_at_once():
    folded, generic, score = score_comment("Love it 😍", Platform.INSTAGRAM)

    assert (folded, generic) == ("loveit", True)
    assert 0 <= score < 0.5


def test_a_wall_of_text_is_scored_by_its_beginning():
    assert 0 <= score_comment("my channel " * 100_000, Platform.YOUTUBE)[2] <= 1


def test_phrases_count_as_whole_words_with_any_ending_where_starred():
    counted = features("Subscribers, subscribe! My channel; a dmg dm")

    assert (counted["follow"], counted["contact"], counted["own"]) == (2, 1, 1)


@pytest.mark.parametrize("platform", [Platform.YOUTUBE, Platform.INSTAGRAM])
def test_shipped_weights_know_every_feature_and_no_long_n_gram(platform):
    weights = weights_for(platform)

    assert set(weights.features) == set(features("any"))
    assert max(map(len, weights.grams)) <= GRAM
    assert max(map(len, grams("a longer text"))) == GRAM
