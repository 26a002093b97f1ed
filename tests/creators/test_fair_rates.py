"""What a whole selection is worth together: the same rates as one by one, added up."""

from decimal import Decimal as D

import pytest
from django_scopes import scope

from creators.logic.fair_rate import FairRate
from creators.logic.rate_totals import Total, Totals, totals_of
from creators.models import Profile
from creators.queries.fair_rate import Terms, fair_rates
from creators.queries.fair_rates import fair_rates_of, format_of
from results.models import ExchangeRate
from tests.creators.assessing import make_posts
from tests.creators.test_rates import make_rate
from tests.factories import NOW, TODAY, make_campaign, make_creator


def rate(low, mid, high, currency="GBP"):
    return FairRate(D(low), D(mid), D(high), currency, 0, ())


UNKNOWN = FairRate(None, None, None, "GBP", 0, ())


@pytest.mark.parametrize(
    ("rates", "expected"),
    [
        ([], Totals((), 0)),
        ([UNKNOWN], Totals((), 1)),
        ([rate(1, 2, 4), UNKNOWN, rate(10, 20, 40)], Totals((Total(D(11), D(22), D(44), "GBP", 2),), 1)),
        (
            [rate(1, 2, 4), rate(5, 6, 7, "USD")],
            Totals((Total(D(1), D(2), D(4), "GBP", 1), Total(D(5), D(6), D(7), "USD", 1)), 0),
        ),
    ],
)
def test_rates_are_added_by_currency_and_unknown_ones_are_counted(rates, expected):
    assert totals_of(rates) == expected


@pytest.mark.django_db
def test_many_rates_are_those_of_each_alone_in_three_statements(brand, django_assert_num_queries):
    makes = [("tiktok", 5_000), ("tiktok", 6_000), ("instagram", 12_000), ("youtube", 70_000), ("tiktok", None)]
    creators = [make_creator(platform=platform, followers=followers) for platform, followers in makes]
    make_posts(creators[0].profiles.get(), [400] * 8)
    for number, creator in enumerate([*creators[:2], make_creator(), make_creator(), make_creator()]):
        make_rate(brand, creator, amount=D(100 + 10 * number), quoted_on=TODAY)
    profiles = list(Profile.objects.filter(creator__in=creators).order_by("pk"))
    terms = Terms("GBP", {"USD": D("0.8")})

    with scope(brand=brand):
        alone = [fair_rates(profile, [format_of(profile)], terms, now=NOW)[0][1] for profile in profiles]
        with django_assert_num_queries(3):
            together = fair_rates_of(profiles, terms, now=NOW)

    assert [(each.low, each.mid, each.high, each.n) for each in together] == [
        (each.low, each.mid, each.high, each.n) for each in alone
    ]
    assert [each.n for each in together] == [4, 4, 0, 0, 0]
    assert [each.is_known for each in together] == [True, True, True, False, False]


@pytest.mark.django_db
def test_the_page_that_adds_many_says_what_they_are_worth_together(manager, brand):
    campaign = make_campaign(brand)
    for followers in (1_000, 1_000, None):
        make_creator(followers=followers, niches=["tea"])
    ExchangeRate.objects.create(brand=brand, currency="USD", starts_on=TODAY, rate=D("0.8"))
    address, asked = f"/campaigns/{campaign.slug}/fair-rates/", {"niche": "tea"}

    page = manager.post(f"/campaigns/{campaign.slug}/deals/add-many/", asked)
    totals = manager.post(address, asked).text

    assert f'hx-post="{address}"' in page.text
    assert "Fair for 2 together: <strong>£120</strong>, from £80 to £160, one piece each." in totals
    assert "1 has no fair rate and is in no sum." in totals
