from datetime import UTC, date, datetime, time

import pytest
from django_scopes import scope

from campaigns.models import TrackingLink
from creators.logic.reported import ClickRate
from creators.models import CreatorReport, Post
from results.models import ClickDay
from results.queries.click_rates import click_rates
from tests.factories import NOW, TODAY, make_campaign, make_creator, make_deal, make_link

pytestmark = pytest.mark.django_db


def make_clicks(link, clicks=30):
    ClickDay.objects.create(brand=link.brand, link=link, day_on=TODAY, clicks=clicks, unique_clicks=clicks, bots=500)


def make_report(deal, name="p1", *, on=date(2026, 11, 1), brand=None, seen_at=NOW, **numbers):
    posted_at = datetime.combine(on, time(12), UTC)
    post, _ = Post.objects.get_or_create(profile=deal.profile, platform_id=name, defaults={"posted_at": posted_at})
    return CreatorReport.objects.create(brand=brand or deal.brand, post=post, seen_at=seen_at, **numbers)


def rates(deal, *others):
    with scope(brand=deal.brand):
        return click_rates([deal, *others])


@pytest.fixture
def deal(brand):
    return make_deal(make_campaign(brand), starts_on=date(2026, 10, 1), ends_on=date(2026, 11, 30))


def test_clicks_of_people_over_impressions(deal):
    make_clicks(make_link(deal))
    make_report(deal, impressions=1_500, reach=900)
    make_report(deal, impressions=2_000, reach=1_000, seen_at=NOW.replace(hour=20))

    assert rates(deal) == {deal.pk: ClickRate(30, 1.5, "impressions", 2_000, 1)}


def test_a_boosted_link_is_in_no_rate(deal):
    make_clicks(make_link(deal, medium="paid_social"), 900)
    make_clicks(make_link(deal))
    make_report(deal, reach=1_000)

    assert rates(deal)[deal.pk] == ClickRate(30, 3.0, "reach", 1_000, 1)


def test_a_clicked_link_whose_post_nobody_reported_makes_the_rate_unknown(deal):
    make_clicks(make_link(deal))
    make_clicks(make_link(deal, post=2))
    make_report(deal, impressions=1_000)

    assert rates(deal)[deal.pk].rate is None


def test_posts_outside_the_deals_days_and_reports_to_others_do_not_count(deal, other_brand):
    make_clicks(make_link(deal))
    make_report(deal, "old", on=date(2026, 9, 30), impressions=1_000)
    make_report(deal, "theirs", brand=other_brand, impressions=1_000)

    assert rates(deal)[deal.pk] == ClickRate(30, None, "", None, 1)


def test_of_overlapping_deals_the_later_one_has_the_post(deal):
    later = make_deal(make_campaign(deal.brand), deal.creator, starts_on=date(2026, 10, 20))
    make_report(deal, impressions=1_000)

    assert set(rates(deal, later)) == {later.pk}


def test_nothing_known_is_no_row(deal):
    assert rates(deal) == {}


def test_the_creator_page_shows_the_rate_with_what_it_rests_on(viewer, deal):
    make_clicks(make_link(deal))
    make_report(deal, impressions=2_000)

    page = viewer.get(f"/creators/{deal.creator_id}/money/").content.decode()

    assert "1.5%" in page
    assert "30 clicks</a> of 2,000 impressions" in page
    with scope(brand=deal.brand):
        assert f"/clicks/?kind=human&amp;q={TrackingLink.objects.get().slug}" in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_deals_of_a_creator_take_the_same_queries_for_any_number(
    viewer, brand, count, django_assert_max_num_queries
):
    creator = make_creator()
    for number in range(count):
        deal = make_deal(make_campaign(brand), creator)
        make_clicks(make_link(deal))
        make_report(deal, f"p{number}", impressions=2_000)

    with django_assert_max_num_queries(16):
        viewer.get(f"/creators/{creator.pk}/money/")
