"""Everything that happened with a creator, with who did it, and only what the person may see."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django_scopes import scope

from briefs.actions.briefs import accept, brief_of, make_versions, see
from briefs.models import BriefVersion
from campaigns.actions.status import move_deals
from campaigns.models import Deal
from creators.actions.lifecycle import move
from creators.actions.notes import add_note
from creators.enums import RightKind
from creators.models import Alert, Exclusivity, Post, Rate, Refresh, Right
from desk.queries.events import Asked, Kind
from desk.queries.timeline import SOURCES, timeline_of
from results.models import Credit
from tests.factories import (
    NOW,
    TODAY,
    make_campaign,
    make_code,
    make_cost,
    make_creator,
    make_deal,
    make_link,
    make_order,
)


@pytest.fixture
def creator(db):
    return make_creator("anna", name="Anna", created_at=NOW - timedelta(days=90))


def fill(creator, brand, user, times=1):
    """Something of nearly every source."""
    profile = creator.profiles.get()
    Alert.objects.create(profile=profile, kind="jump", key=f"jump-{brand.pk}", words="Jumped", raised_at=NOW)
    with scope(brand=brand):
        move([creator.pk], brand=brand, stage="live", why="Posted twice", by=user, now=NOW)
        for number in range(times):
            deal = make_deal(make_campaign(brand, f"{brand.slug}{number}"), creator, fee=Decimal(120))
            move_deals(Deal.objects.filter(pk=deal.pk), "live", by=user, now=NOW)
            make_cost(deal, "75", made_by=user)
            make_link(deal)
            make_code(deal)
            make_versions(brief_of(deal.campaign), [deal], now=NOW)
            version = BriefVersion.objects.get(deal=deal)
            see(version, now=NOW)
            accept(version, typed_name="Anna B.", now=NOW)
            Credit.objects.create(brand=brand, order=make_order(brand), deal=deal, rule="code", policy="code-first-1")
            add_note(creator, brand=brand, kind="call", text=f"Rang {number}", told_at=NOW, by=user, now=NOW)
            Post.objects.create(profile=profile, platform_id=f"{deal.pk}", posted_at=NOW, is_campaign=bool(number))
            Rate.objects.create(
                brand=brand, profile=profile, format="reel", kind="ask", amount=200, currency="GBP", quoted_on=TODAY
            )
            Right.objects.create(
                brand=brand, creator=creator, kind=RightKind.PAID, place="tiktok", during=(TODAY, None),
                territory=["DE", "FR", "GB"][number], made_by=user,
            )  # fmt: skip
        Exclusivity.objects.create(brand=brand, creator=creator, category=brand.slug, during=(TODAY, None))


def told(creator, *brands, **wanted):
    with scope(brand=list(brands)):
        return timeline_of(Asked(creator, brands, brands), **wanted).events


def test_every_source_has_a_name_of_its_own():
    names = [source.name for source in SOURCES]

    assert len(names) == len(set(names))
    assert {source.kind for source in SOURCES} == set(Kind)


def test_it_tells_who_did_what(manager, brand, creator):
    fill(creator, brand, manager.user)

    said = {(event.text, event.more, event.who) for event in told(creator, brand)}

    who = str(manager.user)
    assert said >= {
        ("Live", "Posted twice", who),
        ("Call", "Rang 0", who),
        ("Deal in acme0", "", ""),
        ("Changed the deal in acme0", "Status: Live, was Planned", ""),
        ("Fee £75.00, acme0", "", who),
        ("1 order credited, £50.00 net", "acme0", ""),
        ("Got brief 1 of acme0", "", ""),
        ("Opened brief 1 of acme0", "", ""),
        ("Accepted brief 1 of acme0", "", "Anna B."),
        ("Right: Paid usage on TikTok, DE", "2 Nov 2026 with no end", who),
        ("Exclusive in acme", "2 Nov 2026 with no end", ""),
        ("Asked by the creator: £200.00 for Reel or TikTok", "TikTok, 2 Nov 2026", ""),
        ("1 other post on TikTok in November 2026", "", ""),
        ("Alert: follower jump", "Jumped", ""),
        ("Came onto the roster", "", ""),
    }


def test_an_edit_says_who_changed_what_from_what(manager, brand, creator):
    profile = creator.profiles.get()
    data = {
        "name": "Anna B", "country": "Germany", "profiles-TOTAL_FORMS": 1, "profiles-INITIAL_FORMS": 1,
        "profiles-0-id": profile.pk, "profiles-0-platform": "tiktok", "profiles-0-handle": "anna",
        "profiles-0-is_main": "on", "contacts-TOTAL_FORMS": 0, "contacts-INITIAL_FORMS": 0,
    }  # fmt: skip

    manager.post(f"/creators/{creator.pk}/edit/", data)
    manager.post(f"/creators/{creator.pk}/availability/", {"formats": ["reel"]})
    manager.post(f"/creators/{creator.pk}/relationship/", {"brand": brand.pk, "tags": "warm"})
    manager.post(f"/creators/{creator.pk}/relationship/", {"brand": brand.pk, "tags": "hot"})
    events = told(creator, brand, kind=Kind.EDITS)

    # One test is one transaction, and so one moment for the history tables.
    assert {event.more for event in events if event.who == str(manager.user)} == {
        "Tags: hot, was warm",
        "Tags: warm, was empty",
        "Preferred formats: Reel or TikTok, was empty",
        "Name: Anna B, was Anna; Country: Germany, was empty",
    }


def test_another_brand_is_not_told_of(manager, neighbour, brand, other_brand, creator):
    fill(creator, other_brand, neighbour.user)
    neighbour.post(f"/creators/{creator.pk}/availability/", {"availability": "Weekends"})

    events = told(creator, brand)
    page = manager.get(f"/creators/{creator.pk}/timeline/").content.decode()

    assert {event.kind for event in events} == {Kind.SIGNALS, Kind.POSTS, Kind.EDITS}
    assert "somebody of another brand" in {event.who for event in events}
    assert str(neighbour.user) not in page


def test_a_text_written_in_one_scope_is_not_run_in_another(manager, brand, other_brand, creator):
    fill(creator, other_brand, manager.user)
    assert told(creator, other_brand, kind=Kind.BRIEFS)

    with scope(brand=[brand]):
        hidden = timeline_of(Asked(creator, [other_brand], [other_brand]), kind=Kind.BRIEFS)

    assert hidden.events == []


def test_it_is_searched_narrowed_and_shown_in_parts(manager, brand, creator):
    fill(creator, brand, manager.user)
    url = f"/creators/{creator.pk}/timeline/"

    found = manager.get(url, {"q": "rang manager@"}, headers={"HX-Request": "true"}).content.decode()
    briefs = told(creator, brand, kind=Kind.BRIEFS)
    first = manager.get(url, {"shown": 2}).content.decode()

    assert "Rang 0" in found
    assert "Posted twice" not in found
    assert len(briefs) == 3
    assert "?shown=52" in first


def test_a_failure_to_refresh_is_told(brand, creator):
    profile = creator.profiles.get()
    Refresh.objects.create(
        profile=profile, platform="tiktok", question="posts", every=timedelta(days=7), due_at=NOW, failure="private",
        failure_words="It is private.", failed_at=NOW, stopped_at=NOW,
    )  # fmt: skip

    events = told(creator, brand, kind=Kind.SIGNALS)

    assert [(event.text, event.more) for event in events] == [
        ("Posts on TikTok: the account is private", "It is private.; not asked again")
    ]


@pytest.mark.parametrize("times", [1, 3])
def test_it_takes_two_statements_however_much_happened(manager, brand, creator, times, django_assert_max_num_queries):
    fill(creator, brand, manager.user, times)

    with django_assert_max_num_queries(2):
        told(creator, brand)
