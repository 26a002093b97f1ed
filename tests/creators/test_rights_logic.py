"""May this run, and do the three clocks agree? First and last days, worldwide, all content, codes that die."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from creators.enums import RightState
from creators.logic.renewals import Base, Bought, renewal, renewal_text
from creators.logic.rights import Held, Question, Span, clocks, left_words, may_run, state_on

FIRST, END = date(2026, 1, 1), date(2026, 4, 1)  # 90 days
LAST = date(2026, 3, 31)
PAID = Held(kind="paid", place="tiktok", held=Span(FIRST, END), pk=7)
ADS = replace(PAID, kind="whitelisting")
SPARK_60 = Span(FIRST, date(2026, 3, 2))
SPARK_AFTER_60 = Span(date(2026, 3, 2), END)


def asked(day=FIRST, kind="paid", place="tiktok", **fields):
    return Question(kind=kind, place=place, day=day, **fields)


@pytest.mark.parametrize(
    ("question", "right", "may"),
    [
        (asked(FIRST), PAID, True),
        (asked(LAST), PAID, True),
        (asked(END), PAID, False),
        (asked(FIRST - timedelta(days=1)), PAID, False),
        (asked(date(2090, 1, 1)), replace(PAID, held=Span(FIRST)), True),
        (asked(place="instagram"), PAID, False),
        (asked(kind="organic"), PAID, False),
        (asked(territory="DE"), PAID, True),
        (asked(territory="DE"), replace(PAID, territory="DE"), True),
        (asked(territory="FR"), replace(PAID, territory="DE"), False),
        (asked(), replace(PAID, territory="DE"), False),
        (asked(content=3), PAID, True),
        (asked(content=3), replace(PAID, content=3), True),
        (asked(content=3), replace(PAID, content=4), False),
        (asked(), replace(PAID, content=3), False),
        (asked(), replace(PAID, held=None, revoked_on=FIRST), False),
    ],
)
def test_a_right_allows_what_it_names_while_it_lasts(question, right, may):
    answer = may_run(question, [right])

    assert answer.may is may
    assert answer.reason.endswith(".")


@pytest.mark.parametrize(
    ("question", "rights", "reason"),
    [
        (asked(), [], "No right covers this: Paid usage on TikTok, worldwide."),
        (asked(END, territory="DE"), [PAID], "The right to this ended; its last day was 31 Mar 2026."),
        (
            asked(END),
            [replace(PAID, revoked_on=END)],
            "The right to this was revoked; its last day was 31 Mar 2026.",
        ),
        (
            asked(END),
            [PAID, replace(PAID, held=Span(FIRST, date(2026, 2, 1)))],
            "The right to this ended; its last day was 31 Mar 2026.",
        ),
        (asked(date(2025, 1, 1)), [PAID], "The right to this begins on 1 Jan 2026."),
        (
            asked(date(2025, 1, 1)),
            [replace(PAID, held=Span(END)), replace(PAID, held=Span(FIRST))],
            "The right to this begins on 1 Jan 2026.",
        ),
        (asked(END), [replace(PAID, content=3)], "No right covers this: Paid usage on TikTok, worldwide."),
        (
            asked(content=3),
            [replace(PAID, content=4)],
            "No right covers this: Paid usage on TikTok, worldwide.",
        ),
        (
            asked(territory="FR"),
            [replace(PAID, territory="DE")],
            "No right covers this: Paid usage on TikTok, FR.",
        ),
        (asked(), [PAID], "The contract allows it until 31 Mar 2026."),
        (asked(), [replace(PAID, held=Span(FIRST))], "The contract allows it with no end."),
        (
            asked(kind="whitelisting"),
            [ADS],
            "The contract allows it until 31 Mar 2026, but no Spark code is recorded, and the platform asks for one.",
        ),
        (
            asked(date(2026, 3, 2), kind="whitelisting"),
            [replace(ADS, permissions=(SPARK_60,))],
            "The contract allows it until 31 Mar 2026, but the Spark code died: its last day was 1 Mar 2026.",
        ),
        (
            asked(FIRST, kind="whitelisting"),
            [replace(ADS, permissions=(Span(date(2026, 1, 9)),))],
            "The contract allows it until 31 Mar 2026, but the Spark code begins on 9 Jan 2026.",
        ),
        (
            asked(date(2026, 3, 2), kind="whitelisting"),
            [replace(ADS, permissions=(SPARK_60, Span(date(2026, 3, 9))))],
            "The contract allows it until 31 Mar 2026, but the Spark code begins on 9 Mar 2026.",
        ),
    ],
)
def test_the_answer_says_why(question, rights, reason):
    assert may_run(question, rights).reason == reason


def test_a_yes_lasts_as_long_as_contract_and_permission_do():
    answer = may_run(asked(kind="whitelisting"), [replace(ADS, permissions=(SPARK_60,))])

    assert (answer.may, answer.last_on, answer.right) == (True, date(2026, 3, 1), 7)
    assert answer.warnings == (
        "90 days bought, Spark code dies on day 60 (1 Mar 2026). Ask the creator for a new one before then.",
    )


@pytest.mark.parametrize("permissions", [(), (SPARK_60,), (Span(date(2026, 3, 9)),)])
def test_an_ad_from_the_handle_never_runs_without_the_permission_of_the_platform(permissions):
    answer = may_run(asked(date(2026, 3, 2), kind="whitelisting"), [replace(ADS, permissions=permissions)])

    assert (answer.may, answer.last_on, answer.right) == (False, None, 7)


def test_of_several_rights_the_one_that_lasts_longest_answers():
    for_ever = replace(PAID, held=Span(FIRST), pk=8)

    answer = may_run(asked(), [PAID, for_ever, replace(PAID, held=Span(FIRST, date(2026, 2, 1)), pk=9)])

    assert (answer.last_on, answer.right) == (None, 8)


def test_a_permission_that_nobody_asks_for_shortens_no_yes():
    answer = may_run(asked(), [replace(PAID, permissions=(SPARK_60,))])

    assert (answer.may, answer.last_on) == (True, LAST)


def test_a_no_says_what_to_name_where_a_narrower_right_is_held():
    one_piece, one_country = replace(PAID, territory="", content=3), replace(PAID, territory="DE", content=None)

    for_a_piece, for_a_country = may_run(asked(), [one_piece]), may_run(asked(), [one_country])

    assert for_a_piece.reason.endswith("One is held for a single piece: name it as content.")
    assert for_a_country.reason.endswith("One is held for single countries: name the territory.")


def test_a_right_with_a_living_permission_answers_before_one_without():
    longer = replace(ADS, territory="", held=Span(FIRST, date(2027, 1, 1)), pk=8)
    permitted = replace(ADS, territory="DE", permissions=(Span(FIRST),))

    answer = may_run(asked(kind="whitelisting", territory="DE"), [longer, permitted])

    assert (answer.may, answer.right) == (True, 7)


@pytest.mark.parametrize(
    ("right", "seen_on", "today", "warnings"),
    [
        (PAID, None, FIRST, ()),
        (PAID, LAST, FIRST, ()),
        (PAID, LAST, LAST, ("An ad was seen on 31 Mar 2026. Stop it after 31 Mar 2026, or renew.",)),
        (PAID, LAST, END, ()),
        (
            PAID,
            LAST - timedelta(days=7),
            LAST,
            ("An ad was seen on 24 Mar 2026. Stop it after 31 Mar 2026, or renew.",),
        ),
        (PAID, LAST - timedelta(days=8), LAST, ()),  # seen too long ago to be running still
        (
            PAID,
            END - timedelta(days=4),
            END - timedelta(days=3),
            ("An ad was seen on 28 Mar 2026. Stop it after 31 Mar 2026, or renew.",),
        ),
        (PAID, END - timedelta(days=4), END - timedelta(days=4), ()),  # four days are time enough
        (replace(PAID, held=Span(FIRST)), LAST, LAST, ()),
        (
            PAID,
            END,
            END,
            ("An ad was seen on 1 Apr 2026, 1 day after the right’s last day. Have it taken down, or renew.",),
        ),
        (
            PAID,
            date(2026, 4, 12),
            END,
            ("An ad was seen on 12 Apr 2026, 12 days after the right’s last day. Have it taken down, or renew.",),
        ),
        (PAID, date(2025, 12, 31), FIRST, ("An ad was seen on 31 Dec 2025, before the right began.",)),
        (
            replace(PAID, held=None, revoked_on=FIRST),
            FIRST,
            FIRST,
            ("An ad was seen on 1 Jan 2026, 1 day after the right’s last day. Have it taken down, or renew.",),
        ),
        (ADS, None, FIRST, ("No Spark code holds now, so the platform runs no ad. Ask the creator for one.",)),
        (replace(ADS, permissions=(Span(FIRST, END),)), None, FIRST, ()),
        (replace(ADS, permissions=(Span(FIRST),)), None, FIRST, ()),
        (replace(ADS, permissions=(SPARK_60, SPARK_AFTER_60)), None, FIRST, ()),
        (replace(ADS, permissions=(SPARK_AFTER_60, SPARK_60)), None, FIRST, ()),
        (replace(ADS, permissions=(SPARK_60, Span(FIRST))), None, FIRST, ()),
        (replace(ADS, permissions=(Span(FIRST, END),)), None, FIRST - timedelta(days=9), ()),
        (
            replace(ADS, held=Span(FIRST), permissions=(SPARK_60,)),
            None,
            FIRST,
            (
                "The right has no end, Spark code dies on day 60 (1 Mar 2026). "
                "Ask the creator for a new one before then.",
            ),
        ),
        (
            replace(ADS, held=Span(FIRST)),
            None,
            FIRST,
            ("No Spark code holds now, so the platform runs no ad. Ask the creator for one.",),
        ),
        (replace(ADS, held=None, revoked_on=FIRST), None, FIRST, ()),
        (
            replace(ADS, permissions=(Span(FIRST, FIRST + timedelta(days=365)),)),
            None,
            FIRST,
            ("The Spark code outlives the right by 275 days: the platform will not stop the ad, so you must.",),
        ),
        (ADS, None, END, ()),
        (replace(ADS, place="youtube"), None, FIRST, ()),
    ],
)
def test_clocks_that_disagree_are_told(right, seen_on, today, warnings):
    assert clocks(right, seen_on=seen_on, today=today).warnings == warnings


def test_the_clocks_are_last_days():
    two_codes = (Span(FIRST, date(2026, 2, 1)), SPARK_60)

    told = clocks(replace(ADS, permissions=two_codes), seen_on=date(2026, 2, 1), today=FIRST)

    assert (told.contract_on, told.permission_on, told.seen_on) == (LAST, date(2026, 3, 1), date(2026, 2, 1))


@pytest.mark.parametrize(
    ("today", "state", "words"),
    [
        (FIRST - timedelta(days=1), RightState.PLANNED, "begins in 1 day"),
        (FIRST, RightState.RUNNING, "90 days left"),
        (END - timedelta(days=31), RightState.RUNNING, "31 days left"),
        (END - timedelta(days=30), RightState.ENDS_30, "30 days left"),
        (END - timedelta(days=15), RightState.ENDS_30, "15 days left"),
        (END - timedelta(days=14), RightState.ENDS_14, "14 days left"),
        (END - timedelta(days=4), RightState.ENDS_14, "4 days left"),
        (END - timedelta(days=3), RightState.ENDS_3, "3 days left"),
        (END - timedelta(days=2), RightState.ENDS_3, "2 days left"),
        (LAST, RightState.ENDS_3, "last day today"),
        (END, RightState.ENDED, "ended 1 day ago"),
        (END + timedelta(days=3), RightState.ENDED, "ended 4 days ago"),
    ],
)
def test_a_right_stands_somewhere_on_each_day(today, state, words):
    assert state_on(PAID, is_seen_after=False, today=today) == state
    assert left_words(PAID, today) == words


@pytest.mark.parametrize(
    ("right", "state", "words"),
    [
        (replace(PAID, held=Span(FIRST)), RightState.RUNNING, "no end"),
        (replace(PAID, revoked_on=END), RightState.RUNNING, "90 days left"),  # not yet
        (replace(PAID, held=None, revoked_on=END), RightState.REVOKED, "revoked before it began"),
    ],
)
def test_a_right_without_an_end_runs_and_one_that_is_revoked_runs_until_then(right, state, words):
    assert state_on(right, is_seen_after=False, today=FIRST) == state
    assert left_words(right, FIRST) == words


def test_an_ad_seen_after_the_end_comes_before_everything():
    assert state_on(PAID, is_seen_after=True, today=END) == RightState.OVERRUN
    assert state_on(replace(PAID, revoked_on=END), is_seen_after=False, today=END) == RightState.REVOKED


FEE = Base(Decimal(400), "GBP", "what was last paid")
UNPRICED = Bought(None, None, "GBP")


@pytest.mark.parametrize(
    ("kind", "days", "price"),
    [
        ("paid", 30, "80.00"),  # 20 %
        ("paid", 7, "80.00"),  # under 30 days counts as 30
        ("paid", 90, "240.00"),  # 20 + 80 / 2 = 60 %
        ("whitelisting", 30, "160.00"),  # 20 + 80 / 4 = 40 %
        ("whitelisting", 90, "320.00"),  # 80 %
    ],
)
def test_a_renewal_is_a_percentage_of_the_fee(kind, days, price):
    offer = renewal(kind=kind, end=END, days=days, base=FEE, bought=UNPRICED, today=FIRST)

    assert offer.price == Decimal(price)
    assert "The fee is what was last paid: £400.00." in offer.reason


def test_a_right_without_a_price_of_its_own_goes_on_in_the_currency_of_the_fee():
    offer = renewal(kind="paid", end=END, days=30, base=FEE, bought=Bought(None, 90, "EUR"), today=FIRST)

    assert (offer.price, offer.currency) == (Decimal("80.00"), "GBP")


def test_what_was_paid_for_ever_says_nothing_about_a_day():
    for_ever = Bought(Decimal(90), None, "GBP")

    offer = renewal(kind="organic", end=END, days=30, base=FEE, bought=for_ever, today=FIRST)

    assert (offer.price, offer.reason) == (None, "No price is recorded for this right, so name one.")


def test_what_the_right_cost_is_said_beside_the_percentage():
    bought = Bought(Decimal(100), 90, "GBP")

    offer = renewal(kind="paid", end=END, days=60, base=FEE, bought=bought, today=FIRST)

    assert (offer.first, offer.last_on, offer.price) == (END, date(2026, 5, 30), Decimal("160.00"))
    assert offer.reason.endswith("This right cost £100.00 for 90 days.")


@pytest.mark.parametrize(
    ("kind", "days", "base", "why"),
    [
        ("organic", 60, FEE, ""),
        ("paid", 120, FEE, "More than 90 days has no published figure: ask, nothing is computed. "),
        ("paid", 60, None, "No fee of this creator is known that usage could be a percentage of. "),
    ],
)
def test_else_a_renewal_costs_the_same_for_each_day(kind, days, base, why):
    bought = Bought(Decimal(90), 90, "GBP")

    offer = renewal(kind=kind, end=END, days=days, base=base, bought=bought, today=FIRST)

    assert offer.price == Decimal(days)
    assert offer.reason == why + "This right cost £90.00 for 90 days. The same for each day."


def test_a_right_that_was_paid_in_another_currency_than_the_fee_costs_the_same_for_each_day():
    offer = renewal(kind="paid", end=END, days=30, base=FEE, bought=Bought(Decimal(90), 90, "EUR"), today=FIRST)

    assert (offer.price, offer.currency) == (Decimal(30), "EUR")
    assert "The fee is what was last paid: £400.00." in offer.reason
    assert "That is in another currency than the right, whose own price counts." in offer.reason
    assert offer.reason.endswith("This right cost €90.00 for 90 days. The same for each day.")


def test_a_renewal_without_a_price_asks_for_one_and_begins_today_where_the_right_is_over():
    offer = renewal(kind="organic", end=END, days=30, base=None, bought=UNPRICED, today=date(2026, 5, 1))

    assert (offer.first, offer.price) == (date(2026, 5, 1), None)
    assert offer.reason == "No price is recorded for this right, so name one."
    text = renewal_text(
        offer, name="Anna", use="Whitelisting on TikTok", piece="Unboxing", territory="", end=END,
        needs="Spark code", is_over=True,
    )  # fmt: skip
    assert text == (
        "Hi Anna,\n\nOur right to use “Unboxing” (Whitelisting on TikTok, worldwide) ended on 31 Mar 2026. We would "
        "like to have it for 30 more days, from 1 May 2026 to 30 May 2026, for [price].\n\nWe would also need a new "
        "Spark code for that time.\n\nIs that all right with you?"
    )
