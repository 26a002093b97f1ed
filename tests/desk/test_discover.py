"""Discovery inside the roster."""

from datetime import timedelta
from typing import Any

import pytest
from psycopg.types.range import Range

from creators.enums import Track
from creators.logic.coverage import Rule
from creators.models import LifecycleSpan, Review
from creators.queries.discovery import Nearest, Town, niche_grid
from desk.actions.erase import erase
from tests.factories import NOW, make_campaign, make_creator, make_deal


def make_people(count, **fields):
    return [make_creator(**fields) for _ in range(count)]


def test_niches_stand_by_country_with_gaps_and_links(viewer, brand):
    make_people(6, country="Ireland", niches=["tea"])
    make_people(3, country="Spain", niches=["yoga"])
    make_creator(country="spain", niches=[])
    make_creator(niches=["tea"])

    page = viewer.get("/creators/discover/?elsewhere=7&people=4")

    assert "No tea in spain" in page.text or "No tea in Spain" in page.text
    assert page.context["gap_count"] == 1
    assert '<a href="/creators/?niche=tea&amp;country=Ireland">6</a>' in page.text
    assert '<a href="/creators/discover/people/?niche=tea&amp;country=unknown">1</a>' in page.text


def test_a_country_opens_to_its_regions(viewer, brand):
    make_creator(country="United Kingdom", region="Wales", niches=["tea"])
    make_creator(country="united kingdom", region="England", niches=["tea"])
    make_creator(country="Spain", region="Wales", niches=["tea"])

    page = viewer.get("/creators/discover/?country=United Kingdom")
    people = viewer.get("/creators/discover/people/?niche=tea&country=United Kingdom&region=wales")

    assert [region for region, _ in page.context["grid"].regions] == ["England", "Wales"]
    assert people.context["page"].paginator.count == 1


def test_a_region_is_one_however_its_letters_are_written(db):
    for region in ("Bavaria", "bavaria", "BAVARIA", "bavaria"):
        make_creator(country="Germany", region=region, niches=["tea"] if region == "Bavaria" else [])

    row = niche_grid(rule=Rule(elsewhere=1, people=1), country="Germany").rows[0]

    assert [(cell.count, cell.is_gap) for cell in row.cells] == [(1, False)]


def test_every_count_of_sizes_leads_to_as_many_people(viewer, brand):
    campaign = make_campaign(brand)
    for followers in (None, 500, 5_000, 6_000, 20_000, 60_000, 700_000):
        make_deal(campaign, make_creator(followers=followers))
    make_creator(followers=7_000)

    for query, counts in [("", [3, 1, 2, 1, 1]), (f"campaign={campaign.slug}", [2, 1, 2, 1, 1])]:
        mix = viewer.get(f"/creators/discover/sizes/?{query}").context["mix"]
        assert [*(share.count for share in mix.shares), mix.unknown, mix.pre_nano] == counts
        for tier, count in zip(("nano", "micro", "mid", "unknown", "pre-nano"), counts, strict=True):
            people = viewer.get(f"/creators/discover/people/?tier={tier}&{query}")
            assert people.context["page"].paginator.count == count


def test_a_campaign_of_another_brand_is_not_found(viewer, other_brand):
    campaign = make_campaign(other_brand)

    assert viewer.get(f"/creators/discover/people/?campaign={campaign.slug}").status_code == 404
    assert viewer.get(f"/creators/discover/sizes/?campaign={campaign.slug}").context["of"] == ""


def test_people_near_a_city_are_found_and_the_unplaced_told(viewer, brand):
    there: Any = {"country": "United Kingdom"}
    make_creator("leeds", city="Leeds", **there)
    make_creator("bradford", city="bradford", **there)
    make_creator("york", city="York", **there)
    make_creator("far", city="Bristol", **there)
    make_creator("either", city="Newport", **there)
    make_creator("nowhere", city="Atlantis", **there)
    make_creator("silent")

    page = viewer.get("/creators/discover/near/?city=Leeds&country=UK&km=20")
    wider = viewer.get("/creators/discover/near/?city=Leeds&country=UK")

    assert "km of Leeds, United Kingdom" in page.text
    assert [creator.name for creator, _, _ in page.context["rows"]] == ["leeds", "bradford"]
    assert [creator.name for creator, _, _ in wider.context["rows"]] == ["leeds", "bradford", "york"]
    assert "2 creators whose city we cannot place" in page.text
    assert "one of 2 places of this name" in page.text
    assert "GeoNames" in page.text
    assert page.context["places"].without_city == 1


@pytest.mark.parametrize(
    "query", ["city=Atlantis&country=UK&km=5", "city=Leeds&country=&km=5", "city=Leeds&country=UK&km=x", "city=%00"]
)
def test_a_place_that_nobody_knows_is_asked_again(viewer, brand, query):
    assert viewer.get(f"/creators/discover/near/?{query}").status_code == 422


def test_lookalikes_of_one_creator_come_with_reasons(manager, brand):
    make_creator("model", niches=["tea", "books"], country="Ireland", language="English")
    make_creator("close", niches=["tea", "books"], country="Ireland", name="Close")
    make_creator("less", niches=["tea"], followers=None, platform="x", name="Less")
    make_creator("gone", niches=["tea"], no_contact_on=NOW.date())
    fake = make_creator("fake", niches=["tea"])
    confirm(fake)
    make_creator("other", niches=["cars"])

    page = manager.get("/creators/discover/alike/?like=model")

    assert [(like.of.name, like.points) for like in page.context["page"]] == [("Close", 10), ("Less", 3)]
    assert "shares books, tea (6); same size, nano (2); same country, Ireland (1)" in page.text
    assert 'Close</a> <span class="muted">close</span>' in page.text


def confirm(creator):
    profile = creator.profiles.get()
    finding = profile.assessments.create(level="flagged", version="1", made_at=NOW, checked_at=NOW)
    Review.objects.create(assessment=finding, profile=profile, ruling="confirmed", reason="Bought", made_at=NOW)


def test_nobody_credibly_good_is_said(viewer, brand):
    make_campaign(brand, target_cac=20)

    page = viewer.get("/creators/discover/alike/")

    assert "Nobody is credibly good yet" in page.text
    assert viewer.get("/creators/discover/alike/?like=nobody").status_code == 422


def test_top_performers_are_models_too(viewer, brand):
    star, like = make_people(2, niches=["tea"])
    known = make_creator(niches=["tea"])
    since = Range(NOW - timedelta(days=9), None)
    LifecycleSpan.objects.create(
        creator=star, brand=brand, track=Track.TOP_PERFORMER, during=since, why="Rule", made_at=NOW
    )
    LifecycleSpan.objects.create(
        creator=known, brand=brand, track=Track.STAGE, stage="live", during=since, why="Post", made_at=NOW
    )

    everybody = viewer.get("/creators/discover/alike/?campaign=top")
    fresh = viewer.get("/creators/discover/alike/?campaign=top&fresh=on")

    assert {row.of.id for row in everybody.context["page"]} == {like.pk, known.pk}
    assert f'<a href="/creators/{star.pk}/">{star.name}</a>' in everybody.text
    assert {row.of.id for row in fresh.context["page"]} == {like.pk}


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    "address",
    ["", "?country=Ireland", "sizes/", "people/?niche=tea", "near/?city=Cork&country=Ireland&km=50", "alike/?like=first"],
)  # fmt: skip
def test_the_pages_take_the_same_queries(viewer, brand, address, count, django_assert_max_num_queries):
    make_creator("first", country="Ireland", city="Cork", niches=["tea"])
    make_people(count, country="Ireland", city="Cork", niches=["tea"])

    with django_assert_max_num_queries(12):
        assert viewer.get(f"/creators/discover/{address}").status_code == 200


@pytest.mark.parametrize(("part", "names"), [((0, 2), "ab"), ((1, 4), "bcd"), ((2, 9), "cde"), ((5, 9), "")])
def test_a_page_of_those_near_may_begin_within_a_town(db, part, names):
    for name, city in zip("abcde", ("Leeds", "Leeds", "York", "Hull", "Hull"), strict=True):
        make_creator(name=name, country="UK", city=city)
    towns = [Town("UK", "", city, count) for city, count in (("Leeds", 2), ("York", 1), ("Hull", 2))]

    page = Nearest(towns)[slice(*part)]

    assert "".join(creator.name for creator in page) == names
    assert len(Nearest(towns)) == 5


def test_who_was_erased_is_counted_nowhere(viewer):
    make_people(2, country="Ireland", city="Cork", niches=["tea"])
    gone = make_creator("gone", country="Ireland", city="Cork", niches=["tea"], followers=5_000)
    erase(gone, by=viewer.user, today=NOW.date(), now=NOW)

    pages = {name: viewer.get(f"/creators/discover/{name}") for name in ("", "sizes/", "people/?city=unknown")}
    near = viewer.get("/creators/discover/near/?city=Cork&country=Ireland&km=50")

    assert [region for region, _ in pages[""].context["grid"].regions] == ["Ireland"]
    assert (pages["sizes/"].context["mix"].total, pages["sizes/"].context["mix"].unknown) == (2, 0)
    assert pages["people/?city=unknown"].context["page"].paginator.count == 0
    assert near.context["places"].without_city == 0
