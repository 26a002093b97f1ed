from datetime import timedelta

import pytest
from django.utils import timezone
from django_scopes import scope
from redis import Redis

from briefs.models import Acceptance, BriefVersion, Viewing
from campaigns.enums import DealStatus
from desk.queries.today import Running, found, running
from results.actions.salts import LOST_KEY, tell_lost
from results.enums import NotCounted
from team.enums import JobState
from team.models import Job
from tests.factories import (
    NOW,
    TODAY,
    make_campaign,
    make_code,
    make_creator,
    make_deal,
    make_link,
    make_order,
)


def test_today_asks_strangers_to_sign_in(stranger):
    response = stranger.get("/")

    assert response.status_code == 302
    assert response.url == "/accounts/login/?next=/"


def test_health_answers_ok(stranger):
    response = stranger.get("/healthz")

    assert (response.status_code, response.content) == (200, b"ok")


def test_clicks_lost_to_a_full_disk_are_told(viewer, settings):
    today = timezone.now().date()
    valkey = Redis.from_url(settings.REDIS_URL)
    valkey.delete(f"{LOST_KEY}:{today.isoformat()}")
    before = viewer.get("/").content.decode()
    tell_lost(valkey, 1, today=today)

    page = viewer.get("/").content.decode()

    valkey.delete(f"{LOST_KEY}:{today.isoformat()}")
    assert "1 click of the last 30 days was lost" in page
    assert "was lost" not in before


def test_a_new_installation_is_told_its_first_steps(owner):
    response = owner.get("/")

    assert response.context["started"].complete is False
    assert b"Bring in your creators" in response.content
    assert b"Running campaigns" not in response.content


def test_today_lists_what_is_missing_in_a_running_campaign(owner, brand):
    campaign = make_campaign(brand, "spring")
    linked, bare = make_deal(campaign), make_deal(campaign)
    make_link(linked)
    make_code(linked)
    make_deal(campaign, status=DealStatus.CANCELLED)
    version = BriefVersion.objects.create(brand=brand, deal=linked, number=1, content={})
    newest = BriefVersion.objects.create(brand=brand, deal=linked, number=2, content={})
    Viewing.objects.create(brand=brand, version=version, seen_at=NOW)

    with scope(brand=[brand]):
        before = running(today=TODAY)
    Viewing.objects.create(brand=brand, version=newest, seen_at=NOW)
    Acceptance.objects.create(brand=brand, version=newest, typed_name="Ada", accepted_at=NOW)
    with scope(brand=[brand]):
        after = running(today=TODAY)

    assert bare.pk
    assert before == [Running(campaign, deals=2, without_link=1, without_code=1, briefs=1, unseen=1, unaccepted=1)]
    assert after == [Running(campaign, deals=2, without_link=1, without_code=1, briefs=1)]
    assert (after[0].accepted, after[0].without_brief) == (1, 1)


@pytest.mark.parametrize(
    ("starts_in", "ends_in", "runs"), [(None, None, 1), (0, 0, 1), (-9, None, 1), (1, None, 0), (None, -1, 0)]
)
def test_a_campaign_runs_from_its_first_to_its_last_day(brand, starts_in, ends_in, runs):
    day = lambda n: None if n is None else TODAY + timedelta(days=n)  # noqa: E731
    make_campaign(brand, starts_on=day(starts_in), ends_on=day(ends_in))

    with scope(brand=[brand]):
        assert len(running(today=TODAY)) == runs


def test_today_names_failed_jobs_and_orders_without_a_rate(owner, brand):
    Job.objects.create(kind="import_creators", brand=brand, state=JobState.FAILED, file_name="roster.csv")
    make_order(brand, currency="SEK", rate=None, gross=None, net=None, not_counted=NotCounted.NO_RATE)

    page = owner.get("/").content.decode()

    assert "Import creators of roster.csv failed" in page
    assert "1 order waits for an exchange rate" in page


@pytest.mark.parametrize("campaigns", [1, 3])
def test_today_asks_few_queries_however_much_runs(owner, brand, django_assert_max_num_queries, campaigns):
    for _ in range(campaigns):
        make_link(make_deal(make_campaign(brand)))

    with django_assert_max_num_queries(12):
        assert owner.get("/").status_code == 200


def test_a_neighbour_sees_none_of_it(neighbour, brand):
    make_deal(make_campaign(brand, "spring", name="Spring colours"))

    assert b"Spring colours" not in neighbour.get("/").content


@pytest.mark.parametrize("words", ["SPRING", "colours", "spr"])
def test_the_palette_finds_campaigns_of_my_brands(owner, neighbour, brand, words):
    make_campaign(brand, "spring", name="Spring colours")

    with scope(brand=[brand]):
        assert [hit.label for hit in found(words)] == ["Spring colours"]
    assert b"Spring colours" not in neighbour.get("/search/", {"q": words}).content


@pytest.mark.parametrize("words", ["@maya.b", "Maya Ün", "maya"])
def test_the_palette_finds_a_creator_once(brand, words):
    make_creator("maya.bakes", name="Maya Ünal")

    with scope(brand=[brand]):
        assert [hit.label for hit in found(words)] == ["Maya Ünal (@maya.bakes)"]


def test_the_palette_lists_pages_and_is_a_page_without_script(owner):
    fragment = owner.get("/search/", {"q": "tod"}, headers={"HX-Request": "true"}).content.decode()
    page = owner.get("/search/", {"q": "tod"}).content.decode()

    assert 'role="option"' in fragment and "Today" in fragment and "<html" not in fragment
    assert "<h1>Search</h1>" in page
