"""The pages of refreshing: what is due, what failed, and asking now after seeing what it costs."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope

from campaigns.models import Deal
from creators.actions import refresh
from creators.enums import Failure, Source
from creators.models import Breaker, Refresh
from creators.providers import demo_server
from team.enums import JobState, ProviderName
from team.models import Job, ProviderKey
from tests.creators.refreshing import plan_and_work, provider
from tests.factories import make_campaign, make_creator, make_deal

pytestmark = pytest.mark.django_db
NOW_URL = reverse("creators:refresh_now")


@pytest.fixture
def demo(settings):
    """The demo provider with a stored key and a budget of ten credits a month."""
    with demo_server.running() as server:
        settings.PROVIDER_PRIVATE_HOSTS = [server.host]
        key = ProviderKey(provider=ProviderName.DEMO, base_address=f"{server.address}/v1", monthly_budget=10)
        key.secret = "a key of the demo"
        key.save()
        yield key


def failed(settings, *handles):
    """Creators whom the provider calls gone."""
    creators = [make_creator(f"gone_{handle}") for handle in handles]
    with provider(settings) as (suppliers, _):
        plan_and_work(suppliers)
    return creators


def test_without_a_key_the_page_says_what_to_do(viewer):
    page = viewer.get(reverse("creators:refresh"))

    assert page.status_code == 200
    assert "No data provider yet" in page.content.decode()


def test_the_page_shows_budget_forecast_and_causes(viewer, settings, demo):
    failed(settings, "ada", "bob")

    page = viewer.get(reverse("creators:refresh")).content.decode()

    assert "Demo provider" in page and "The account is gone" in page
    assert f"{reverse('creators:refresh_failures')}?cause=gone" in page


@pytest.mark.parametrize(
    ("query", "there", "missing"),
    [
        ("?cause=gone", ["gone_ada", "gone_bob"], []),
        ("?cause=shape", [], ["gone_ada"]),
        ("?q=ada", ["gone_ada"], ["gone_bob"]),
        ("?q=@ADA&platform=tiktok", ["gone_ada"], ["gone_bob"]),
        ("?cause=nonsense&platform=%00", ["gone_ada"], []),
    ],
)
def test_failures_are_searched_and_filtered(viewer, settings, query, there, missing):
    failed(settings, "ada", "bob")

    page = viewer.get(reverse("creators:refresh_failures") + query).content.decode()

    assert all(handle in page for handle in there)
    assert not any(handle in page for handle in missing)


def test_failures_as_a_file(viewer, settings):
    failed(settings, "ada")

    answer = viewer.get(reverse("creators:refresh_failures_csv"))

    assert b"gone_ada" in b"".join(answer.streaming_content)


def test_the_list_of_failures_asks_as_much_for_three_as_for_one(
    viewer, settings, django_assert_num_queries, django_assert_max_num_queries
):
    failed(settings, "ada")
    with django_assert_max_num_queries(12) as one:
        viewer.get(reverse("creators:refresh_failures"))
    failed(settings, "bob", "cem")

    with django_assert_num_queries(len(one)):
        viewer.get(reverse("creators:refresh_failures"))


def test_refresh_now_says_first_what_it_costs(manager, demo):
    creators = [make_creator(), make_creator()]

    page = manager.post(NOW_URL, {"ids": [creator.pk for creator in creators]})

    assert page.status_code == 200
    assert "2 profiles, at most 8 credits of 10 left" in page.content.decode()
    assert not Refresh.objects.exists()


def test_refresh_now_warns_where_the_budget_holds_only_a_part(manager, demo):
    ids = [make_creator().pk for _ in range(4)]

    page = manager.post(NOW_URL, {"ids": ids}).content.decode()

    assert "more than is left" in page


def test_refresh_now_makes_a_job(manager, demo):
    creator = make_creator()

    answer = manager.post(NOW_URL, {"ids": [creator.pk], "sure": "yes", "back": f"/creators/{creator.pk}/"})

    job = Job.objects.get()
    assert answer.url == reverse("team:job", args=[job.pk])
    assert (job.state, job.made_by) == (JobState.RUNNING, manager.user)
    assert job.options["result_url"] == f"/creators/{creator.pk}/"
    assert Refresh.objects.filter(job=job).count() == 2


def test_refresh_now_never_leads_elsewhere(manager, demo):
    manager.post(NOW_URL, {"ids": [make_creator().pk], "sure": "yes", "back": "//evil.example/"})

    assert Job.objects.get().options["result_url"] == reverse("desk:creators")


def test_without_a_provider_nothing_is_asked(manager):
    page = manager.post(NOW_URL, {"ids": [make_creator().pk], "sure": "yes"})

    assert "Nobody to ask" in page.content.decode()
    assert not Job.objects.exists()


def test_a_campaign_is_refreshed_with_the_profiles_of_its_deals(manager, brand, demo):
    campaign = make_campaign(brand)
    deal, _ = make_deal(campaign), make_creator()

    manager.post(reverse("campaigns:refresh", args=[campaign.slug]), {"sure": "yes"})

    with scope(brand=brand):
        assert set(Refresh.objects.values_list("profile", flat=True)) == {Deal.objects.get(pk=deal.pk).profile_id}


def test_a_cause_is_tried_again(manager, settings, demo):
    failed(settings, "ada")

    answer = manager.post(reverse("creators:refresh_retry"), {"cause": "gone"})

    assert answer.status_code == 302
    assert not refresh.failed_with(Failure.GONE).filter(stopped_at__isnull=False, question="profile").exists()


def test_an_unknown_cause_is_refused(manager):
    assert manager.post(reverse("creators:refresh_retry"), {"cause": "x"}).status_code == 400


def test_the_creator_page_says_what_happened(viewer, settings):
    creator = failed(settings, "ada")[0]

    page = viewer.get(reverse("desk:creator_panels", args=[creator.pk])).content.decode()

    assert "the account is gone" in page and "not asked again" in page


def test_a_provider_that_is_left_alone_is_asked_again_by_hand(manager, demo):
    Breaker.objects.create(
        source=Source.DEMO,
        failures=5,
        open_until_at=timezone.now() + timedelta(hours=1),
        words="The key was refused.",
    )
    page = manager.get(reverse("creators:refresh")).content.decode()

    manager.post(reverse("creators:refresh_retry"), {"source": "demo"})

    assert "left alone until" in page and "The key was refused." in page
    assert Breaker.objects.get().open_until_at is None


def test_a_viewer_is_offered_no_retry_a_manager_is(viewer, manager, settings, demo):
    failed(settings, "ada")

    assert reverse("creators:refresh_retry") not in viewer.get(reverse("creators:refresh")).content.decode()
    assert reverse("creators:refresh_retry") in manager.get(reverse("creators:refresh")).content.decode()
