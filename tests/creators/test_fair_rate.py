from decimal import Decimal as D

import pytest

from creators.logic.fair_rate import Goal, Paid, Question, engagement_factor, fair_rate, place, weight_of
from creators.logic.fees import fees, formats_on, published
from creators.logic.usage import Usage, uplift_for


def ask(**changes):
    """A reel on TikTok by 10,000 followers less one, unless told otherwise."""
    return fair_rate(Question(**{"platform": "tiktok", "format": "reel", "followers": 9_999, **changes}))


def paid(*amounts, currency="USD"):
    return [Paid(D(amount), currency) for amount in amounts]


def said(rate):
    return " ".join(rate.reasons)


@pytest.mark.parametrize(
    ("platform", "format", "low", "high"),
    [
        ("instagram", "post", 50, 250), ("instagram", "reel", 75, 500), ("tiktok", "reel", 75, 500),
        ("instagram", "story", 10, 50), ("youtube", "short", 100, 600),
    ],
)  # fmt: skip
def test_the_band_of_the_sources_runs_from_1000_to_10000_followers(platform, format, low, high):
    at_start = ask(platform=platform, format=format, followers=1_000)
    at_end = ask(platform=platform, format=format, followers=10_000)

    assert (at_start.mid, at_end.mid) == (low, high)
    assert at_start.currency == "USD"
    assert "onvert" not in said(at_start)
    assert "Watsspace" in said(at_start)


def test_between_the_ends_it_is_geometric():
    rate = ask(platform="instagram", format="post", followers=3_162)

    assert rate.mid == pytest.approx(D("111.80"), abs=D("0.02"))  # the root of 50 times 250
    assert (rate.low, rate.high) == (
        pytest.approx(D("74.53"), abs=D("0.02")),
        pytest.approx(D("149.06"), abs=D("0.02")),
    )


@pytest.mark.parametrize(("followers", "where"), [(1, 0), (999, 0), (1_000, 0), (10_000, 1), (49_999, 1)])
def test_outside_of_the_band_the_nearer_end_is_taken(followers, where):
    assert place(followers) == where


def test_pre_nano_and_micro_are_told_that_they_lie_outside():
    assert "999 lie below" in said(ask(followers=999))
    assert "1,000 followers make $75" in said(ask(followers=1_000))
    assert "10,000 followers make $500" in said(ask(followers=10_000))
    assert "30,000 lie above" in said(ask(followers=30_000))


@pytest.mark.parametrize(
    ("engagement", "factor"),
    [(7.84, 1), (9.408, 1.2), (20, 4 / 3), (5.88, 0.75), (0.1, 2 / 3), (0, 2 / 3)],
)
def test_engagement_moves_by_at_most_a_third(engagement, factor):
    assert engagement_factor(engagement, 7.84) == pytest.approx(factor)


def test_engagement_moves_the_middle_and_not_the_ends():
    plain, moved = ask(followers=1_000), ask(followers=1_000, engagement=9.408, benchmark=7.84)

    assert moved.mid == 90
    assert (moved.low, moved.high) == (plain.low, plain.high) == (50, 100)
    assert "9.41% against 7.84%, 1.20 times: the middle goes with it" in said(moved)
    assert "is not known, so it moves nothing" in said(plain)


@pytest.mark.parametrize(("engagement", "held"), [(20, "a third over"), (1, "a third under")])
def test_engagement_that_is_held_says_so(engagement, held):
    assert f"times, held at {held}: the middle" in said(ask(engagement=engagement, benchmark=7.84))


@pytest.mark.parametrize("told", [{"engagement": 9.4}, {"engagement": 9.4, "benchmark": 0.0}, {"benchmark": 7.84}])
def test_engagement_without_its_benchmark_moves_nothing(told):
    rate = ask(followers=1_000, **told)

    assert rate.mid == 75
    assert "is not known, so it moves nothing" in said(rate)


def test_dollars_per_1000_followers_stand_apart_where_they_disagree():
    rate = ask(platform="instagram", format="post", followers=2_000)

    apart = {each.words.split(" (")[0]: (each.low, each.mid, each.high) for each in rate.apart}
    assert apart == {"$10–$25 per 1,000 followers": (20, D("31.62"), 50)}  # 31.62 is the root of 20 times 50
    assert rate.mid == pytest.approx(D("81.22"), abs=D("0.1"))


def test_where_they_agree_it_is_a_reason():
    rate = ask(platform="instagram", format="post", followers=10_000, currency="USD")

    assert rate.apart == ()
    assert "agrees: $10–$25 per 1,000 followers" in said(rate)
    assert said(rate).count("Another way to reckon") == 1  # the band does not vouch for itself


def test_what_stands_apart_is_converted_as_well():
    rate = ask(platform="instagram", format="post", followers=2_000, currency="GBP", worth={"USD": D("0.8")})

    assert [(each.low, each.high, each.currency) for each in rate.apart] == [(16, 40, "GBP")]


def test_a_contradicting_example_stays_a_row_of_its_own():
    rate = ask(platform="instagram", format="post", followers=5_000)

    assert [(each.low, each.high) for each in rate.apart if "SociaVault" in each.words] == [(25, 25)]
    assert any(each.words.startswith("$25 at 5,000 followers (SociaVault") for each in rate.apart)


@pytest.mark.parametrize(("followers", "speaks"), [(3_333, False), (3_334, True), (7_500, True), (7_501, False)])
def test_an_example_speaks_up_to_half_as_much_away(followers, speaks):
    rate = ask(platform="instagram", format="post", followers=followers)

    assert any("SociaVault" in each.words for each in rate.apart) is speaks


def test_a_post_without_a_band_goes_by_the_rule_of_thumb_alone():
    rate = ask(platform="linkedin", format="post", followers=4_000)

    assert rate.mid == pytest.approx(D("63.25"), abs=D("0.01"))  # 4 times the root of 10 times 25
    assert "no band by piece" in said(rate)


def test_video_has_no_rule_of_thumb():
    assert ask(platform="instagram", format="reel").apart == ()


@pytest.mark.parametrize(
    ("usage", "added"),
    [
        (Usage(30), 20), (Usage(90, everywhere=True, whitelisting=True), 100), (Usage(60), 40), (Usage(90), 60),
        (Usage(7), 20), (Usage(30, everywhere=True, whitelisting=True), 60), (Usage(60, whitelisting=True), 60),
        (Usage(None), None), (Usage(91), None),
    ],
)  # fmt: skip
def test_the_uplift_runs_straight_from_20_to_100_percent(usage, added):
    assert uplift_for(usage).percent == added


def test_the_uplift_names_what_it_is_for():
    widest, least = uplift_for(Usage(90, everywhere=True, whitelisting=True)), uplift_for(Usage())

    assert widest.reason.startswith(
        "Usage adds 100% of the fee: 90 days, all platforms, with whitelisting (Watsspace"
    )
    assert least.reason.startswith(
        "Usage adds 20% of the fee: 30 days, one platform, without whitelisting (Watsspace"
    )


def test_usage_adds_to_all_three_and_perpetual_is_asked():
    base, month, ever = ask(), ask(usage=Usage(30)), ask(usage=Usage(None))

    assert month.mid == pytest.approx(base.mid * D("1.2"), abs=D("0.01"))
    assert month.high == pytest.approx(base.high * D("1.2"), abs=D("0.01"))
    assert ever.mid == base.mid
    assert not ask(followers=50_000, usage=Usage(30)).is_known
    assert "ask the creator" in said(ever)


@pytest.mark.parametrize(("n", "weight"), [(0, 0), (2, 0), (3, 1 / 3), (6, 0.5), (24, 0.8)])
def test_the_weight_of_comparables_is_n_over_n_plus_6(n, weight):
    assert weight_of(n) == pytest.approx(weight)


def test_it_is_drawn_to_the_median_paid():
    rate = ask(followers=1_000, comparables=paid(105, 105, 105))

    assert rate.mid == 85  # two thirds of 75 and one third of 105
    assert rate.n == 3
    assert "33% = n / (n + 6)" in said(rate)


def test_two_comparables_are_too_few_and_said_to_be():
    rate = ask(followers=1_000, comparables=paid(900, 900))

    assert (rate.mid, rate.n) == (75, 0)
    assert "2 comparables paid" in said(rate)
    assert "the band stands alone" in said(rate)


def test_above_micro_only_comparables_speak():
    alone = ask(followers=50_000)
    among = ask(followers=50_000, comparables=paid(800, 1000, 1200, 1400))

    assert not alone.is_known
    assert "Mid is above micro" in said(alone)
    assert (among.low, among.mid, among.high) == (950, 1100, 1250)


@pytest.mark.parametrize("format", ["video", "newsletter", "webinar", "mixed"])
def test_formats_nobody_publishes_a_fee_for_have_comparables_alone(format):
    assert not ask(platform="youtube", format=format).is_known
    assert ask(platform="youtube", format=format, comparables=paid(1, 2, 3)).mid == 2


def test_unknown_followers_make_no_band():
    assert "Nobody knows how many followers" in said(ask(followers=None))


def test_dollars_are_converted_with_a_known_rate_only():
    pounds = ask(followers=1_000, currency="GBP", worth={"USD": D("0.8")})
    dollars = ask(followers=1_000, currency="GBP", comparables=paid(100, 100, 100, currency="GBP"))

    assert (pounds.mid, pounds.currency) == (60, "GBP")
    assert "0.8 GBP a dollar" in said(pounds)
    assert (dollars.mid, dollars.currency, dollars.n) == (75, "USD", 0)
    assert "no exchange rate from USD to GBP" in said(dollars)
    assert "3 paid in GBP left out" in said(dollars)


def test_only_those_who_cannot_be_converted_are_left_out():
    rate = ask(followers=1_000, comparables=paid(105, 105, 105) + paid(900, currency="GBP") + paid(9, currency="EUR"))

    assert (rate.mid, rate.n) == (85, 3)
    assert "2 paid in EUR, GBP left out: no exchange rate to USD is known." in said(rate)


def test_comparables_alone_need_no_dollars():
    rate = ask(followers=50_000, currency="GBP", comparables=paid(1, 2, 3, currency="GBP"))

    assert (rate.mid, rate.currency) == (2, "GBP")


def test_what_comparables_were_paid_is_converted():
    rate = ask(followers=50_000, currency="GBP", comparables=paid(100, 200, 300), worth={"USD": D("0.8")})

    assert (rate.low, rate.mid, rate.high, rate.n) == (120, 160, 200, 3)


def test_the_fee_that_meets_the_target():
    met = ask(goal=Goal(D(20), (2.0, 4.0, 7.0), D(15), "4 a deal"), currency="GBP").at_target
    none_left = ask(goal=Goal(D(1), (0.1, 0.2, 0.3), D(15), "0.2 a deal")).at_target
    unknown = ask(goal=Goal(D(20), None, why="no deal has ended"))

    assert (met.low, met.mid, met.high, met.currency) == (25, 65, 125, "GBP")
    assert ask(goal=Goal(D(20), (1.0, 1.0, 1.0), why="1 a deal")).at_target.mid == 20
    assert (none_left.low, none_left.high) == (0, 0)
    assert unknown.at_target is None
    assert "not known: no deal has ended" in said(unknown)


def test_every_published_fee_has_its_source_and_fits_a_platform():
    known = {each.value for each in formats_on("instagram") + formats_on("youtube")}

    assert all(fee.source and fee.year and fee.low <= fee.high for fee in fees())
    assert all(set(fee.formats) <= known for fee in fees())
    assert published("youtube", "newsletter") == []
