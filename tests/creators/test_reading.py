import pytest

from creators.logic.reading import Said, fold, is_question, language_of, lists_of, read, share_of, wants_to_buy


def lists(code):
    return [lists_of()[code], lists_of()["en"]]


def sample(*texts, **fields):
    return [Said(id=str(n), text=text, post=1, **fields) for n, text in enumerate(texts)]


@pytest.mark.parametrize(
    ("code", "text", "question", "purchase"),
    [
        ("en", "Does it work on dark hair", True, False),
        ("en", "Love it! See https://x.example/?a=1", False, False),
        ("en", "Where can I buy this?", True, True),
        ("en", "just ordered mine", False, True),
        ("en", "you're priceless", False, False),
        ("de", "Wo kann man das kaufen", True, True),
        ("de", "Wunderschön!", False, False),
        ("de", "Größentabelle gibt es?", True, False),
        ("fr", "Ça coûte combien", True, True),
        ("es", "¿Dónde lo compraste?", True, True),
        ("es", "que bonito", False, False),
        ("it", "quanto costa", True, True),
        ("pt", "Onde você comprou", True, True),
    ],
)
def test_questions_and_wishes_to_buy_by_language(code, text, question, purchase):
    assert (is_question(text, lists(code)), wants_to_buy(text, lists(code))) == (question, purchase)


@pytest.mark.parametrize(
    ("texts", "told", "code"),
    [
        (["I love the way you do this"], "", "en"), (["Das ist so schön und ich will auch"], "", "de"),
        (["C'est trop beau pour une fille"], "", "fr"), (["Me encanta, es muy bonito pero caro"], "", "es"),
        (["Che bella, non ci credo ma è così"], "", "it"), (["Eu não acredito, muito lindo você"], "", "pt"),
        (["🔥🔥🔥"], "", "en"), ([], "", "en"), (["I love the way"], "German", "de"), (["Das ist so"], "Klingon", "de"),
        (["x"], "pt-BR", "pt"), (["x"], "Français", "fr"),
    ],
)  # fmt: skip
def test_the_language_is_told_or_guessed_by_its_small_words(texts, told, code):
    assert language_of(texts, told=told) == code


def test_shares_carry_n_and_wilsons_interval():
    share = share_of(12, 60)

    assert (share.mid, share.n, share.level) == (0.2, 60, 0.95)
    assert share.low and share.high
    assert (round(share.low, 4), round(share.high, 4)) == (0.1183, 0.3178)
    assert share_of(0, 30).low == 0.0
    assert share_of(30, 30).high == 1.0


def test_too_few_comments_say_so():
    reading = read(sample("How much?", "Too expensive", "so expensive"))

    assert (reading.questions.mid, reading.objections[0].share.mid) == (None, None)
    assert reading.words == "Too little: 3 comments by others, 30 needed."
    assert reading.questions.method == "too little: 3, 30 needed"


def test_a_sample_is_read():
    texts = (
        ["How much is it?"] * 6
        + ["Way too expensive @anna https://a.example"] * 3
        + ["Overpriced!"]
        + ["Lovely"] * 20
    )
    comments = [*sample(*texts), Said("c", "Where did you get yours?", 1, reply_to="0", is_by_creator=True)]

    reading = read(comments)

    assert (reading.n, reading.posts, reading.language) == (30, 1, "en")
    assert (reading.questions.mid, reading.purchase.mid) == (0.2, 0.2)
    assert reading.replies.mid == pytest.approx(1 / 30)
    assert [(o.group, o.count, o.quotes) for o in reading.objections] == [
        ("price", 4, ("Way too expensive @… …", "Overpriced!"))
    ]


def test_without_any_reply_in_the_samples_the_reply_rate_is_not_known():
    replies = read(sample(*["Nice"] * 40)).replies

    assert (replies.mid, replies.method) == (None, "the samples hold no replies")


def test_one_comment_is_no_frequent_objection():
    assert read(sample("too expensive", *["Nice"] * 40)).objections == ()


@pytest.mark.parametrize("code", ["de", "en", "es", "fr", "it", "pt"])
def test_every_language_has_the_same_groups(code):
    words = lists_of()[code]

    assert set(words.objections) == {"price", "shipping", "trust", "size", "quality", "ingredients"}
    assert len(words.stop) >= 15


def test_folding_meets_accents_and_apostrophes():
    assert fold("Größe, ça C’EST") == "grosse, ca c'est"
