"""A creator's stage follows deals, contracts, posts and contacts, at once and in the sweep."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django_scopes import scope

from campaigns.actions import posts
from campaigns.actions.deals import Terms, add_deals
from campaigns.actions.lifecycle import settle
from campaigns.actions.status import move_deals
from campaigns.models import Deal, Shipment
from campaigns.tasks import follow_posts
from creators.actions import lifecycle
from creators.actions.notes import add_note
from creators.actions.posts import store_posts
from creators.actions.reports import add_story
from creators.enums import ContentKind, Source
from creators.models import Content, LifecycleSpan, Note, Post
from creators.providers.records import Answer, PostRecord
from creators.queries.lifecycle import history_of, present_stages
from tests.factories import NOW, TODAY, make_campaign, make_creator, make_deal

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


@pytest.fixture
def campaign(brand):
    return make_campaign(brand, "spring", name="Spring")


def stage_of(creator, brand):
    with scope(brand=brand):
        return present_stages([creator.pk], brand=brand).get(creator.pk)


def rules_of(creator, brand):
    with scope(brand=brand):
        return [(span.stage, span.rule) for span in reversed(history_of(creator))]


def move_to(deal, status, now=NOW):
    with scope(brand=deal.brand):
        move_deals(Deal.objects.filter(pk=deal.pk), status, now=now)


def sweep(brand, now=NOW, **more):
    with scope(brand=brand):
        return settle(brand, now=now, **more)


def follow(brand, now):
    with scope(brand=brand):
        return posts.follow_posts(brand, since=now - HOUR, now=now)


def test_a_stage_follows_a_deal_from_its_first_day_to_its_end(campaign, brand):
    anna = make_creator("anna")
    with scope(brand=brand):
        add_deals(campaign, {anna.pk: Terms()}, by=None, now=NOW)
        deal = Deal.objects.get()

    for hours, status in enumerate(["accepted", "live", "completed"], start=1):
        move_to(deal, status, NOW + hours * HOUR)

    expected = [("prospect", "deal-1"), ("contacted", "reply-1"), ("live", "live-1"), ("contracted", "completed-1")]
    assert rules_of(anna, brand) == expected
    assert sweep(brand, NOW + DAY) == 0


def test_with_another_live_deal_the_creator_stays_live(campaign, brand):
    deal = make_deal(campaign, created_at=NOW)
    other = make_deal(make_campaign(brand), deal.creator, created_at=NOW)
    for each in (deal, other):
        move_to(each, "live", NOW + HOUR)

    move_to(deal, "completed", NOW + 2 * HOUR)

    assert stage_of(deal.creator, brand) == "live"


def test_a_live_deal_that_is_taken_back_or_cancelled_lets_the_stage_fall_back(campaign, brand):
    deal = make_deal(campaign, created_at=NOW, signed_on=TODAY - DAY)
    bare = make_deal(campaign, created_at=NOW)
    for each in (deal, bare):
        move_to(each, "live", NOW + HOUR)

    move_to(deal, "accepted", NOW + 2 * HOUR)
    move_to(bare, "cancelled", NOW + 2 * HOUR)

    assert rules_of(deal.creator, brand) == [("live", "live-1"), ("contracted", "withdrawn-1")]
    assert rules_of(bare.creator, brand) == [("live", "live-1"), ("contacted", "withdrawn-1")]


def test_the_sweep_mends_what_was_lost_and_then_rests(campaign, brand):
    deal = make_deal(campaign, created_at=NOW - DAY, status="live", status_at=NOW - HOUR)
    make_deal(campaign, created_at=NOW - DAY)

    assert sweep(brand) == 2
    assert sweep(brand) == 0
    assert stage_of(deal.creator, brand) == "live"


def test_a_persons_decision_stands_until_a_newer_fact(campaign, brand):
    deal = make_deal(campaign, created_at=NOW - DAY, status="live", status_at=NOW - DAY)
    lifecycle.move([deal.creator_id], brand=brand, stage="seeded", why="Posted for somebody else", by=None, now=NOW)

    assert sweep(brand, NOW + HOUR) == 0
    Post.objects.create(profile=deal.profile, platform_id="1", posted_at=NOW + HOUR, is_campaign=True)

    assert sweep(brand, NOW + DAY) == 1
    assert rules_of(deal.creator, brand) == [("seeded", ""), ("live", "live-1")]


@pytest.mark.parametrize(
    ("post", "stage"),
    [
        ({}, "live"),
        ({"is_campaign": False}, "prospect"),
        ({"removed_at": NOW}, "prospect"),
        ({"posted_at": NOW - 3 * DAY}, "prospect"),
    ],
)
def test_a_post_made_for_the_brand_is_live(campaign, brand, post, stage):
    deal = make_deal(campaign, created_at=NOW - 2 * DAY)
    fields = {"platform_id": "1", "posted_at": NOW - DAY, "is_campaign": True, **post}
    Post.objects.create(profile=deal.profile, **fields)

    sweep(brand)

    assert stage_of(deal.creator, brand) == stage


def test_a_post_that_two_brands_might_have_paid_for_tells_neither(campaign, brand, other_brand):
    deal = make_deal(campaign, created_at=NOW - 2 * DAY)
    make_deal(make_campaign(other_brand), deal.creator, created_at=NOW - 2 * DAY)
    Post.objects.create(profile=deal.profile, platform_id="1", posted_at=NOW - DAY, is_campaign=True)

    sweep(brand)

    assert stage_of(deal.creator, brand) == "prospect"


def test_a_piece_of_content_that_was_posted_is_live_while_a_deal_is_open(campaign, brand):
    deal, done = (
        make_deal(campaign, created_at=NOW - 2 * DAY),
        make_deal(campaign, created_at=NOW, status="completed"),
    )
    for each in (deal, done):
        Content.objects.create(
            brand=brand, creator=each.creator, title="Unboxing", status="posted", made_at=NOW - DAY
        )

    sweep(brand)

    assert (stage_of(deal.creator, brand), stage_of(done.creator, brand)) == ("live", "contracted")


@pytest.mark.parametrize(("kind", "stage"), [("call", "contacted"), ("note", None)])
def test_a_contact_that_was_noted_is_a_reply(brand, kind, stage):
    anna = make_creator("anna")
    Note.objects.create(brand=brand, creator=anna, kind=kind, text="She likes tea", told_at=NOW - DAY)

    sweep(brand)

    assert stage_of(anna, brand) == stage


@pytest.mark.parametrize(
    ("kind", "days_ago", "stage"), [("call", 1, "contacted"), ("note", 1, None), ("call", 100, None)]
)
def test_a_contact_moves_at_once_unless_it_was_long_ago(brand, kind, days_ago, stage):
    anna = make_creator("anna")

    with scope(brand=brand):
        add_note(anna, brand=brand, kind=kind, text="Rang", told_at=NOW - days_ago * DAY, by=None, now=NOW)

    assert stage_of(anna, brand) == stage


def test_a_parcel_that_was_sent_is_seeded(brand):
    sent, planned = make_creator("sent"), make_creator("planned")
    Shipment.objects.create(brand=brand, creator=sent, state="returned", sent_on=TODAY, ended_on=TODAY)
    Shipment.objects.create(brand=brand, creator=planned)

    sweep(brand)

    assert (stage_of(sent, brand), stage_of(planned, brand)) == ("seeded", None)
    assert sweep(brand, NOW + 89 * DAY, inactive_after=90 * DAY) == 0


def test_marking_a_post_moves_at_once_and_back(campaign, brand, manager):
    deal = make_deal(campaign, created_at=timezone.now() - 2 * DAY)
    post = Post.objects.create(profile=deal.profile, platform_id="1", posted_at=timezone.now() - DAY)
    stages = []

    for answer in ("yes", "no"):
        manager.post(f"/creators/posts/{post.pk}/campaign/", {"is_campaign": answer})
        stages.append(stage_of(deal.creator, brand))

    assert stages == ["live", "contacted"]


def test_a_post_that_a_provider_tells_of_moves_within_half_a_minute_and_back_when_it_is_removed(campaign, brand):
    deal = make_deal(campaign, created_at=NOW - 9 * DAY)
    other = make_deal(campaign, created_at=NOW - 9 * DAY)
    told = PostRecord("1", ContentKind.REEL, posted_at=NOW - DAY, is_paid_partnership=True)
    store_posts(deal.profile, Answer([told], Source.DEMO, credits=0, calls=1), now=NOW)
    Post.objects.create(profile=other.profile, platform_id="1", posted_at=NOW - DAY, first_seen_at=NOW)
    moved = [follow(brand, NOW), follow(brand, NOW)]

    Post.objects.filter(profile=deal.profile).update(removed_at=NOW + DAY)
    moved += [follow(brand, NOW + DAY), follow(brand, NOW + 2 * DAY)]

    assert moved == [1, 0, 1, 0]
    assert rules_of(deal.creator, brand) == [("live", "live-1"), ("contacted", "withdrawn-1")]


def test_a_story_that_was_reported_moves_within_half_a_minute(campaign, brand):
    deal = make_deal(campaign, created_at=timezone.now() - 2 * DAY)
    add_story(deal.profile, posted_at=timezone.now() - DAY)

    assert follow_posts() == 1
    assert stage_of(deal.creator, brand) == "live"


def test_who_is_quiet_for_the_brands_days_is_inactive_until_a_new_deal(campaign, brand):
    deal = make_deal(campaign, created_at=NOW - 89 * DAY, status="completed")
    quiet = {"inactive_after": 90 * DAY}
    sweep(brand, NOW - 89 * DAY)

    assert sweep(brand, **quiet) == 0
    assert sweep(brand, NOW + DAY, orders={deal.creator_id: NOW}, **quiet) == 0
    assert sweep(brand, NOW + DAY, **quiet) == 1
    assert sweep(brand, NOW + 2 * DAY, **quiet) == 0
    with scope(brand=brand):
        add_deals(make_campaign(brand), {deal.creator_id: Terms()}, by=None, now=NOW + 3 * DAY)
    assert sweep(brand, NOW + 4 * DAY, **quiet) == 0

    assert rules_of(deal.creator, brand)[-2:] == [("inactive", "quiet-1"), ("contacted", "return-1")]


def test_an_open_deal_is_something_going_on_until_its_last_day(campaign, brand):
    make_deal(campaign, created_at=NOW - 200 * DAY, ends_on=TODAY)
    sweep(brand, NOW - 200 * DAY)

    assert sweep(brand, NOW + 90 * DAY, inactive_after=90 * DAY) == 0
    assert sweep(brand, NOW + 91 * DAY, inactive_after=90 * DAY) == 1


def test_a_neighbours_deals_move_nobody_here(brand, other_brand):
    deal = make_deal(make_campaign(other_brand), status="live")

    sweep(brand)

    assert stage_of(deal.creator, brand) is None


@pytest.mark.parametrize("people", [1, 3])
def test_the_sweep_takes_as_many_statements_for_one_as_for_many(campaign, brand, people, django_assert_num_queries):
    for _ in range(people):
        make_deal(campaign, created_at=NOW)
    with django_assert_num_queries(13):
        assert sweep(brand) == people
    with django_assert_num_queries(4):
        assert sweep(brand) == 0
    with scope(brand=brand):
        assert LifecycleSpan.objects.count() == people
