"""Settings, Data providers: keys are added, tested over HTTP, changed and removed, and never shown again."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from creators.actions.payloads import drop_old_payloads, keep_failure, keep_payloads
from creators.enums import Failure, Platform, Source
from creators.models import RawPayload, Spending
from creators.providers.demo_server import Said, running
from creators.providers.errors import ProviderError
from creators.providers.registry import Key, keys_for, provider_for
from creators.queries.providers import keys_in_use
from team.enums import Role
from team.models import Membership, ProviderKey
from tests.conftest import signed_in
from tests.factories import NOW, make_creator, make_payload, make_provider_key, make_user

SECRET = "sk_live_not_a_real_one"


@pytest.fixture
def chief(brand):
    """Who owns every brand."""
    user = make_user("chief@example.com")
    Membership.objects.create(user=user, brand=None, role=Role.OWNER)
    return signed_in(user)


def test_without_a_key_the_page_says_what_to_do(chief):
    page = chief.get("/settings/providers/").content.decode()

    assert "No data provider yet" in page
    assert (
        page.count('aria-current="page"') == 3
    )  # the tab, and one place of the navigation beside the page and in its menu
    assert 'href="/settings/providers/add/"' in page


def test_a_key_is_added_and_never_shown_again(chief):
    response = chief.post(
        "/settings/providers/add/", {"provider": "sociavault", "secret": SECRET, "monthly_budget": "500"}
    )
    page = chief.get("/settings/providers/").content.decode()
    form = chief.get(f"/settings/providers/{ProviderKey.objects.get().pk}/").content.decode()

    assert response.status_code == 302
    assert ProviderKey.objects.get().secret == SECRET
    assert ProviderKey.objects.get().made_by == chief.user
    assert "ends in _one" in page and "not tested" in page
    assert SECRET not in page + form


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"provider": "sociavault"}, "Paste the key that the provider gave you."),
        ({"provider": "sociavault", "secret": "two words"}, "This is no key"),
        ({"provider": "instagram", "secret": SECRET}, "Instagram needs the id of your own account"),
        ({"provider": "youtube", "secret": SECRET, "monthly_budget": "0"}, "A budget is at least 1."),
        (
            {"provider": "youtube", "secret": SECRET, "base_address": "http://x.com"},
            "The address begins with https://",
        ),
        ({"provider": "youtube", "secret": SECRET, "base_address": "https://a:b@x.com"}, "Leave out names"),
        ({"provider": "x", "secret": SECRET}, "Select a valid choice"),
    ],
)
def test_what_cannot_be_is_refused_in_words(chief, data, sentence):
    response = chief.post("/settings/providers/add/", data)

    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert SECRET not in response.content.decode()
    assert not ProviderKey.objects.exists()


def test_a_second_key_of_a_provider_is_refused(chief):
    make_provider_key()

    response = chief.post("/settings/providers/add/", {"provider": "sociavault", "secret": SECRET})

    assert response.status_code == 422
    assert "There is a key for this provider already." in response.content.decode()


def test_the_budget_changes_and_the_key_stays(chief):
    key = make_provider_key()

    chief.post(f"/settings/providers/{key.pk}/", {"secret": "", "monthly_budget": "9"})

    key.refresh_from_db()
    assert (key.secret, key.monthly_budget, key.provider) == (SECRET, 9, "sociavault")


def test_a_key_does_not_follow_to_another_address(chief):
    key = make_provider_key()

    response = chief.post(f"/settings/providers/{key.pk}/", {"base_address": "https://elsewhere.example"})

    assert response.status_code == 422
    assert "since it would be sent to another address" in response.content.decode()


def test_the_test_button_asks_the_provider_and_keeps_what_it_said(chief, settings):
    with running(lambda asked: Said({"success": True, "data": {"credits": 4200}})) as server:
        settings.PROVIDER_PRIVATE_HOSTS = [server.host]
        key = make_provider_key(base_address=f"{server.address}/v1")

        chief.post(f"/settings/providers/{key.pk}/test/")
        page = chief.get("/settings/providers/").content.decode()

        assert server.asked[0].headers["x-api-key"] == SECRET
    assert "4,200" in page
    assert ">works<" in page


def test_a_key_that_is_refused_says_so(chief, settings):
    with running(lambda asked: Said({"message": f"Invalid API key {SECRET}"}, 401)) as server:
        settings.PROVIDER_PRIVATE_HOSTS = [server.host]
        key = make_provider_key(base_address=f"{server.address}/v1")

        page = chief.post(f"/settings/providers/{key.pk}/test/", follow=True).content.decode()

    assert "does not work" in page
    assert "The provider refused the key." in page
    assert SECRET not in page


def test_a_key_whose_seal_is_broken_asks_to_be_entered_again(chief, settings):
    key = make_provider_key()
    settings.SEALING_KEY = "another"

    page = chief.post(f"/settings/providers/{key.pk}/test/", follow=True).content.decode()

    assert "Enter it again." in page
    assert keys_in_use() == []


def test_a_key_is_removed_after_a_question(chief):
    key = make_provider_key()

    question = chief.get(f"/settings/providers/{key.pk}/remove/").content.decode()
    chief.post(f"/settings/providers/{key.pk}/remove/")

    assert "Remove the key of SociaVault" in question
    assert not ProviderKey.objects.exists()


def test_what_this_month_has_taken_stands_beside_the_budget(chief, django_assert_max_num_queries):
    make_provider_key(monthly_budget=500)
    today = NOW.date()
    Spending.objects.create(
        source="sociavault",
        begins_on=today.replace(year=2000),
        ends_on=today.replace(year=2100),
        used=120,
        reserved=7,
    )

    with django_assert_max_num_queries(12):
        page = chief.get("/settings/providers/").content.decode()

    assert "120 of 500" in page
    assert "7 more under way" in page


def test_the_owner_of_one_brand_sees_neither_tab_nor_page(owner):
    assert "Data providers" not in owner.get("/settings/brands/").content.decode()
    assert owner.get("/settings/providers/").status_code == 403


def test_answers_of_unknown_shape_are_listed_with_their_keys(chief):
    payload = make_payload(b'{"odd": 1}', failure=Failure.SHAPE, keys=["odd", "data.even"])
    make_payload(b'{"fine": 1}')

    page = chief.get("/settings/providers/").content.decode()
    download = chief.get(f"/settings/providers/answers/{payload.pk}/")

    assert "odd, data.even" in page
    assert "1 answer<" in page
    assert download.content == b'{"odd": 1}'
    assert download["Content-Disposition"].startswith("attachment")


@pytest.mark.django_db
def test_answers_are_kept_compressed_and_dropped_after_their_time():
    profile = make_creator().profiles.get()
    told: Any = {"source": Source.SOCIAVAULT, "platform": Platform.TIKTOK, "question": "profile", "profile": profile}
    keep_payloads([b"a" * 5000, b"b"], now=NOW - timedelta(days=31), **told)
    keep_failure(
        ProviderError(Failure.SHAPE, "?", keys=("x" * 200,), payload=b'{"x": 1}'),
        now=NOW - timedelta(days=29),
        **told,
    )

    gone = drop_old_payloads(now=NOW)

    left = RawPayload.objects.get()
    assert gone == 2
    assert (left.body, left.keys, left.failure, left.profile) == (b'{"x": 1}', ["x" * 80], Failure.SHAPE, profile)


@pytest.mark.django_db
def test_an_answer_is_never_changed():
    payload = make_payload()

    with pytest.raises(DatabaseError), transaction.atomic():
        RawPayload.objects.filter(pk=payload.pk).update(question="posts")


def test_which_provider_answers():
    vault, youtube = Key(Source.SOCIAVAULT, "a" * 20), Key(Source.YOUTUBE, "b" * 20)
    instagram = Key(Source.INSTAGRAM, "c" * 20, account="1")
    keys = [vault, youtube, instagram]

    assert [key.source for key in keys_for(Platform.YOUTUBE, "posts", keys)] == [Source.YOUTUBE, Source.SOCIAVAULT]
    assert provider_for(Platform.INSTAGRAM, "profile", keys).source == Source.INSTAGRAM
    assert provider_for(Platform.INSTAGRAM, "comments", keys).source == Source.SOCIAVAULT
    with pytest.raises(ProviderError) as caught:
        provider_for(Platform.LINKEDIN, "profile", keys)
    assert caught.value.failure is Failure.NOT_OFFERED
    assert "a" * 20 not in repr(vault)
