"""Links and codes in one press."""

import time
from dataclasses import replace
from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django_scopes import scope

from campaigns.actions.codes import note_seen_codes
from campaigns.actions.destinations import lead_to
from campaigns.actions.links import CannotMake, LinkWish, make, plan, switch
from campaigns.logic.channels import ga4_channel
from campaigns.logic.links import DealFacts, LinkFacts, PlannedLink, planned_links
from campaigns.models import Code, Deal, TrackingLink
from config.lib.refusals import refusal_of
from creators.models import Creator, Profile
from tests.factories import NOW, make_campaign, make_code, make_creator, make_deal, make_link


@pytest.fixture
def campaign(brand):
    return make_campaign(brand, "spring", destination="https://shop.example/p?v=1#buy")


@pytest.fixture(autouse=True)
def in_the_brand(request):
    if "campaign" not in request.fixturenames:
        yield
        return
    with scope(brand=request.getfixturevalue("brand")):
        yield


def facts(handle: str, **fields) -> DealFacts:
    return DealFacts(**{
        "deal_id": 1, "creator_id": 1, "handle": handle, "platform": "tiktok", "brief_path": "/b/x/", **fields
    })  # fmt: skip


def decide(*deals: DealFacts, owners=None, seen=(), **options) -> list[PlannedLink]:
    return planned_links(deals, percent=Decimal(10), owners=owners or {}, seen=seen, **options)


def test_a_deal_without_anything_gets_its_first_link_and_a_code():
    deal = facts("ana")

    assert decide(deal) == [PlannedLink(deal=deal, post=1, link=None, code="ANA10", code_is_new=True, new=True)]


def test_a_deal_that_has_both_gets_nothing_new():
    link = LinkFacts(link_id=7, post=1, slug="abc2345", destination="https://a.b/", target="https://a.b/?x")
    deal = facts("ana", links=(link,), code="Ana10")

    assert decide(deal) == [PlannedLink(deal=deal, post=1, link=link, code="Ana10", code_is_new=False, new=False)]
    assert [row.post for row in decide(deal, another_post=True)] == [1, 2]
    gap = replace(deal, links=(link, replace(link, post=4)))
    assert [row.post for row in decide(gap, another_post=True)] == [1, 4, 5]


def test_collisions_are_told_before_anything_is_written():
    first, second = facts("ana", creator_id=1), facts("a.n.a", creator_id=2)

    taken = decide(first, owners={"ANA10": "Bo"})
    seen = decide(first, seen={"ANA10"})
    each_other = decide(first, second)

    assert (taken[0].code, taken[0].notes) == ("ANA210", ("ANA10 belongs to Bo, so ANA210.",))
    assert (seen[0].code, seen[0].notes) == ("ANA210", ("ANA10 was seen on orders as nobody's code, so ANA210.",))
    assert [(row.deal.handle, row.code) for row in each_other] == [("a.n.a", "ANA10"), ("ana", "ANA210")]


@pytest.mark.parametrize(
    ("platform", "medium", "channel"),
    [
        ("instagram", "influencer", "Organic Social"),
        ("tiktok", "paid_social", "Paid Social"),
        ("youtube", "influencer", "Organic Video"),
        ("newsletter", "influencer", "Unassigned"),
        ("podcast", "paid_social", "Unassigned"),
    ],
)
def test_the_channel_of_google_analytics_is_foretold(platform, medium, channel):
    assert ga4_channel(platform, medium) == channel


def test_one_press_makes_links_and_codes_and_a_second_makes_nothing(campaign):
    ana = make_deal(campaign, make_creator("ana.b"))
    make_deal(campaign, make_creator("bo"), status="cancelled")
    kept = make_code(make_deal(campaign, make_creator("cy")), "Cy-Roster")

    foreseen = plan(campaign, LinkWish())
    assert (len(foreseen.new_links), len(foreseen.new_codes)) == (2, 1)
    assert not TrackingLink.objects.exists()
    made = make(campaign, LinkWish(), now=NOW)
    again = make(campaign, LinkWish(), now=NOW)

    link = TrackingLink.objects.get(deal=ana)
    assert link.target == (
        "https://shop.example/p?v=1&utm_source=tiktok&utm_medium=influencer&utm_campaign=spring"
        f"&utm_content=ana.b_post1&utm_id={link.pk}#buy"
    )
    assert [(row.deal.handle, row.code) for row in made.rows] == [("ana.b", "ANAB10"), ("cy", kept.code)]
    assert next(row.link.slug for row in made.rows if row.link) == link.slug
    assert (again.new_links, again.new_codes) == ([], [])
    assert [row.link for row in again.rows] == [row.link for row in made.rows]
    assert Code.objects.get(creator=ana.creator).percent == 10


def test_another_post_has_the_next_number(campaign):
    deal, other = make_deal(campaign), make_deal(campaign)
    make(campaign, LinkWish(), now=NOW)

    make(campaign, LinkWish(another_post=True, deal_ids=[deal.pk]), now=NOW)

    assert list(TrackingLink.objects.filter(deal=deal).values_list("post", flat=True)) == [1, 2]
    assert TrackingLink.objects.filter(deal=other).count() == 1


def test_a_boost_has_a_link_of_its_own(campaign):
    deal = make_deal(campaign)

    make(campaign, LinkWish(), now=NOW)
    make(campaign, LinkWish(medium="paid_social"), now=NOW)

    boost = TrackingLink.objects.get(deal=deal, medium="paid_social")
    assert (boost.post, "utm_medium=paid_social" in boost.target) == (1, True)


def test_a_slug_that_is_taken_is_drawn_again(campaign):
    make_link(make_deal(campaign), "abc2345")
    make_deal(campaign)
    drawn = iter(["abc2345", "xyz6789"])

    make(campaign, LinkWish(), now=NOW, slug=lambda: next(drawn))

    assert set(TrackingLink.objects.values_list("slug", flat=True)) == {"abc2345", "xyz6789"}


def test_seen_codes_are_never_given_to_anybody(campaign):
    make_deal(campaign, make_creator("welcome"))
    note_seen_codes(campaign.brand, ["welcome10"])

    assert make(campaign, LinkWish(), now=NOW).rows[0].code == "WELCOME210"


def test_without_a_destination_links_lead_to_the_example_and_say_so(brand, campaign):
    campaign.destination = ""

    assert plan(campaign, LinkWish()).warnings[0].startswith("Neither the campaign nor the brand names a page")
    brand.shop_address = "https://acme.example/"
    assert plan(campaign, LinkWish()).destination == "https://acme.example/"
    assert plan(campaign, LinkWish(destination="https://other.example")).destination == "https://other.example/"


def test_nothing_is_made_with_a_destination_that_leads_nowhere(campaign):
    make_deal(campaign)

    with pytest.raises(CannotMake, match="is not a web address"):
        make(campaign, LinkWish(destination="shop"), now=NOW)

    assert not TrackingLink.objects.exists()
    assert not Code.objects.exists()


def test_all_links_can_lead_elsewhere_and_history_keeps_where_they_led(campaign):
    deal = make_deal(campaign)
    make(campaign, LinkWish(), now=NOW)
    before = TrackingLink.objects.get()

    changed = lead_to(campaign, "https://shop.example/new")
    unchanged = lead_to(campaign, "https://shop.example/new")

    after = TrackingLink.objects.get()
    assert (changed, unchanged) == (1, 0)
    assert after.slug == before.slug
    assert after.target.startswith("https://shop.example/new?utm_source=tiktok&")
    assert f"utm_id={after.pk}" in after.target
    assert deal.campaign.destination == "https://shop.example/new"
    assert [event.target for event in _history(after)] == [before.target]


def _history(link):
    return link.events.all()


def test_a_link_is_switched_off_and_on(campaign):
    link = make_link(make_deal(campaign))

    switch(link, on=False, now=NOW)
    assert not TrackingLink.objects.active_at(NOW).exists()

    switch(link, on=True, now=NOW)
    assert TrackingLink.objects.active_at(NOW).exists()


def test_the_brief_path_opens_only_for_its_deal(campaign):
    deal = make_deal(campaign)
    path = deal.brief_path

    deal.brief_key += 1

    assert path.startswith("/b/")
    assert deal.brief_path != path


def test_a_thousand_deals_take_less_than_two_seconds(campaign):
    """The bar is two seconds on an idle machine; measured in processor time, since other tests run beside it."""
    creators = Creator.objects.bulk_create(Creator(name=f"c{n}", sort_name=f"c{n}") for n in range(1000))
    profiles = Profile.objects.bulk_create(
        Profile(creator=creator, platform="tiktok", handle=creator.name, is_main=True) for creator in creators
    )
    Deal.objects.bulk_create(
        Deal(brand=campaign.brand, campaign=campaign, creator=profile.creator, profile=profile)
        for profile in profiles
    )

    began = time.process_time()
    made = make(campaign, LinkWish(), now=NOW)
    took = time.process_time() - began

    assert (len(made.new_links), len(made.new_codes)) == (1000, 1000)
    assert took < 1.2


def test_a_press_asks_as_many_queries_for_three_deals_as_for_one(campaign, django_assert_num_queries):
    make_deal(campaign)
    with django_assert_num_queries(11):
        make(campaign, LinkWish(), now=NOW)
    for _ in range(3):
        make_deal(campaign)
    with django_assert_num_queries(11):
        make(campaign, LinkWish(), now=NOW)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"slug": "TOOLONGX"}, None),
        ({"slug": "abc1234"}, "A short link has seven characters without look-alikes."),
        ({"post": 0}, "Posts are numbered from 1."),
        ({"medium": "banner"}, "Choose an organic or a boosted post."),
        ({"post": 1}, "This post already has a link."),
    ],
)
def test_the_database_refuses_odd_links(campaign, fields, words):
    deal = make_deal(campaign)
    make_link(deal)

    with pytest.raises(DatabaseError) as caught, transaction.atomic():
        make_link(deal, **{"post": 2, **fields})

    assert words is None or refusal_of(caught.value, TrackingLink) == words


def test_a_link_belongs_to_the_brand_of_its_deal(campaign, other_brand):
    deal = make_deal(campaign)

    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        TrackingLink.objects.create(
            brand=other_brand, deal=deal, slug="abc2345", destination="https://a.b/", target="https://a.b/"
        )

    assert refusal_of(caught.value) == "A link and its deal belong to the same brand."
